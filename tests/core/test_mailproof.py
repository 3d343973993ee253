"""What keeps a written text of a mail from being used, in words, and what its writer should look at once more."""

import pytest

from portal.core import mailproof, mailtext
from portal.core.mailproof import (
    BODY,
    BRACE,
    CONTROL,
    GREETING,
    MISSING,
    PASSAGE,
    SENDER,
    SUBJECT,
    UNKNOWN,
    WIDE_BRACE,
)
from portal.core.mailtext import Opened
from tests.core.test_mailtext import SOURCE

GOOD = "{party}\n{name}　様\n{link} {note}\n{signature}\n"
ENGLISH = """Subject {{ attestation.number }}
Dear {{ reader.name }},
{{ long(attestation.due_on) }}
{% include "signature.en.txt" %}
"""


def shipped(source: str = SOURCE, language: str = "ja") -> Opened:
    """A shipped text opened for writing."""
    found = mailtext.opened(source, language)
    assert found is not None
    return found


@pytest.mark.parametrize(("subject", "body", "told"), [
    ("件名 {number}", GOOD, []),
    ("件名", "{number}" + GOOD, []),
    ("{number}\u3000{name}", GOOD.replace("　様", "先生"), []),
    ("件名 {number} {secret}", GOOD, [("subject", UNKNOWN)]),
    ("件名 {number}", "{{ name }}" + GOOD, [("body", BRACE)]),
    ("件名 {number}", "{name.__class__}" + GOOD, [("body", BRACE)]),
    ("件名 {number}", "{% if note %}" + GOOD, [("body", BRACE)]),
    ("件名 {number}", GOOD.replace("{link}", "{link"), [("body", BRACE), ("body", MISSING)]),
    ("件名 {number}", "｛party｝" + GOOD, [("body", WIDE_BRACE)]),
    ("件名 {number}", "\x00" + GOOD, [("body", CONTROL)]),
    ("件名 {number}\x0b", GOOD, [("subject", CONTROL)]),
    ("件名 {number} {note}", GOOD, [("subject", PASSAGE)]),
    ("件名 {number} {signature}", GOOD.replace("{signature}", ""), [("subject", PASSAGE), ("body", SENDER)]),
    ("件名 {number}", GOOD.replace("　様", ""), [("body", GREETING["ja"])]),
    ("件名 {number} {name}様", GOOD.replace("{name}　様", ""), [("body", GREETING["ja"])]),
    ("件名 {number}", GOOD.replace("\n{signature}", " {signature}"), [("body", SENDER)]),
    (" ", "{number}" + GOOD, [("subject", SUBJECT)]),
    ("a\nb", "{number}" + GOOD, [("subject", SUBJECT)]),
    ("あ" * 201, "{number}" + GOOD, [("subject", SUBJECT)]),
    ("{number}", " ", [("body", BODY)]),
    ("{number}", GOOD + "a" * 10_000, [("body", BODY)]),
])
def test_what_is_wrong_is_told_in_words(subject: str, body: str, told: list[tuple[str, str]]) -> None:
    assert [(one.place, one.sentence) for one in mailproof.problems(shipped(), subject, body)] == told


def test_an_english_text_greets_in_english() -> None:
    text = shipped(ENGLISH, "en")
    assert mailproof.problems(text, "{number}", "Dear {name},\n{signature}") == []
    assert [one.sentence for one in mailproof.problems(text, "{number}", "{name}様\n{signature}")] == [GREETING["en"]]


def test_the_refusal_names_the_placeholders() -> None:
    unknown, missing = mailproof.problems(shipped(), "x {wonder}", GOOD.replace("{link} {note}", ""))
    assert unknown.values["unknown"] == "{wonder}" and "{reader_title}" in unknown.values["allowed"]
    assert missing.values["missing"] == "{number} {note} {link}"


def test_both_languages_are_judged_together() -> None:
    other = shipped(ENGLISH, "en")
    assert mailproof.left_out(shipped(), other, "{name}", "{number} {name} {due_day}") == ["number"]
    assert mailproof.left_out(other, shipped(), "{number} {name} {due_day}", "{name}") == []


def test_brackets_of_which_a_side_is_missing() -> None:
    assert mailproof.unpaired("【点検（A）」") == ["「」", "【】"] and mailproof.unpaired("1) 【点検】（A）") == []


def test_lines_are_measured_in_half_widths() -> None:
    text = "あ" * 35 + "\n" + "あ" * 36 + "\n" + "a" * 71 + "\nhttps://" + "a" * 99
    assert mailproof.too_wide(text, "ja") == [(2, 72), (3, 71)] and mailproof.too_wide(text, "en") == []
