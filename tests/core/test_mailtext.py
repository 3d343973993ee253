"""Texts of mails opened for writing: names for code and back again, and nothing written is ever run."""

import pytest

from portal.core import mailtext

SOURCE = """件名（{{ attestation.number }}）

{{ reader.party }}
{% if reader.title %}{{ reader.title }}　{% endif %}{{ reader.name }}　様

{% if note %}

{{ note }}
{% endif %}
{{ address }}/my/attestations/{{ attestation.public_id }}
{% include "signature.ja.txt" %}
"""
NAMES = ["number", "party", "reader_title", "name", "note", "link", "signature"]


def test_code_becomes_names() -> None:
    found = mailtext.opened(SOURCE, "ja")
    assert found is not None and list(found.pieces) == NAMES and found.subject == "件名（{number}）"
    assert found.body == "{party}\n{reader_title}{name}　様\n\n{note}\n{link}\n{signature}\n"
    assert found.pieces["note"] == "{% if note %}\n\n{{ note }}\n{% endif %}\n"
    assert found.pieces["reader_title"] == "{% if reader.title %}{{ reader.title }}　{% endif %}"


@pytest.mark.parametrize("source", ["x {{ attestation.secret }}", "x\n{% set a = 1 %}",
                                    "{% for row in wonders %}{% endfor %}",
                                    "{% if note %}a{% endif %}\n{% if note %}b{% endif %}"])
def test_code_without_a_name_stays_closed(source: str) -> None:
    assert mailtext.opened(source, "ja") is None


def test_values_are_put_in_once_and_whole_lines_vanish() -> None:
    values = {"name": "{link} {{ 7*7 }}", "note": "", "link": "https://portal.example", "signature": "\n--\n"}
    assert mailtext.fill("{name}様\n{note}\n{link}\n{signature}\n", values) == "{link} {{ 7*7 }}様\nhttps://portal.example\n\n--\n"
    with pytest.raises(KeyError):
        mailtext.fill("{wonder}", values)
