"""A checklist written as TOML is the same checklist when it is read back, whatever its texts hold."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from portal.core import checklist_text
from portal.core.bilingual import Text
from portal.core.templates import Shown, Template, read_template
from portal.store import shelf

LIBRARY = shelf.catalogue().templates
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@pytest.mark.parametrize("template", LIBRARY.values(), ids=LIBRARY)
def test_the_library_comes_back(template: Template) -> None:
    assert read_template(checklist_text.write(template)) == template


@settings(max_examples=60, deadline=None)
@given(ja=TEXT, en=TEXT, guide=st.none() | st.builds(Text, TEXT, TEXT), kinds=st.lists(TEXT, max_size=3))
def test_any_text_comes_back(ja: str, en: str, guide: Text | None, kinds: list[str]) -> None:
    template = LIBRARY["JNT"]
    odd = replace(template.questions[0], question=Text(ja, en), guide=guide, party_kinds=tuple(kinds),
                  visible_when=Shown(ja, (en,)), individual=True)
    head = replace(template.checklist, title=Text(en, ja), party_kinds=tuple(kinds))
    made = replace(template, checklist=head, questions=(odd, *template.questions[1:]))
    assert read_template(checklist_text.write(made)) == made


def test_it_is_laid_out_as_the_library_is() -> None:
    """A file of the library, written again, keeps its lines but for comments and the order of keys."""
    file = Path(shelf.__file__).parents[1] / "catalogue" / "checklists" / "lab.toml"
    kept = {line for line in file.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")}
    written = set(checklist_text.write(LIBRARY["LAB"]).splitlines())
    assert len(kept - written) < len(kept) / 20


def test_a_foreign_key_is_refused() -> None:
    text = checklist_text.write(LIBRARY["LAB"]).replace("allow_na", "allow_all", 1)
    with pytest.raises(msgspec.ValidationError, match="allow_all"):
        read_template(text)
