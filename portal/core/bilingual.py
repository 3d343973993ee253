"""A text that exists in Japanese and in English, as every label of the catalogue does."""

from msgspec import Struct


class Text(Struct, frozen=True, forbid_unknown_fields=True):
    """One wording in both languages of the portal."""

    ja: str
    en: str

    def get(self, lang: str) -> str:
        """Take a language tag such as "ja" or "en-GB"; give Japanese for Japanese, English for any other."""
        return self.ja if lang.partition("-")[0].partition("_")[0] == "ja" else self.en
