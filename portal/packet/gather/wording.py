"""Words of the rows as they stand on paper, in both languages at once."""

from portal.core import saying
from portal.core.bilingual import Text
from portal.core.templates import Question
from portal.core.words import word
from portal.models import Template
from portal.packet.answers import Answer
from portal.packet.value import Words

ISSUER = Words("公益財団法人日本骨髄バンク", "Japan Marrow Donor Program")


def words(text: Text) -> Words:
    """Give a text of the catalogue."""
    return Words(text.ja, text.en)


def state(process: str, name: str) -> Words:
    """Give the word of a state."""
    found = word(process, name)
    return Words(found.ja, found.en[:1].upper() + found.en[1:])


def title_of(template: Template) -> Words:
    """Give a checklist's title."""
    return Words(template.title_ja, template.title_en)


def answer(question: Question, value: object, comment: str, *, not_applicable: bool) -> Answer:
    """Give an answer: what was picked as a label in both languages, what was written as text."""
    given = dict(value) if isinstance(value, dict) else {}
    in_words = {lang: saying.answer(question, given, not_applicable=not_applicable, language=lang)
                for lang in ("ja", "en")}
    if question.answer_type == "text" and not not_applicable:
        return Answer(text=in_words["ja"], comment=comment)
    if question.answer_type == "table" and given.get("rows"):
        return Answer(text=in_words["ja"], comment=comment)
    return Answer(label=Words(in_words["ja"], in_words["en"]), comment=comment)
