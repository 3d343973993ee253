"""Counts on paper: verdicts by section, the bar above them, and the findings a director should see first."""

from portal.packet.answers import Question
from portal.packet.contents import Contents
from portal.packet.speech import pgettext

FILLS = {"ok": "#115a36", "after": "#5f9e7c", "finding": "#b80000", "na": "#9aa0a8", "open": "#ac3e00"}
GRAVEST_FIRST = ("grave", "high", "medium", "low")


def kind(question: Question) -> str:
    """Give the column a question counts in; one that conforms only after a return counts apart."""
    if question.verdict == "conforms":
        return "after" if question.exchange else "ok"
    return {"finding": "finding", "not_applicable": "na"}.get(question.verdict, "open")


def count(questions: tuple[Question, ...]) -> list[int]:
    """Give how many questions there are, were changed, and fall into each column."""
    kinds = [kind(question) for question in questions]
    changed = sum(1 for question in questions if question.earlier and not question.earlier.same)
    return [len(questions), changed, *(kinds.count(column) for column in FILLS)]


def figures(contents: Contents) -> dict[str, object]:
    """Give the summary page's figures, its bar in thousandths, its sentence, and the weightiest open findings."""
    totals = count(tuple(contents.questions()))
    numbers = dict(zip(FILLS, totals[2:], strict=True))
    bar, start = [], 0
    for column, number in numbers.items():
        end = start + number
        if number:
            left, right = start * 1000 // totals[0], end * 1000 // totals[0]
            bar.append({"x": left, "width": right - left, "fill": FILLS[column]})
        start = end
    open_findings = [finding for finding in contents.findings if finding.open]
    return {
        "rows": [{"title": part.title, "figures": count(part.questions)} for part in contents.sections],
        "totals": totals,
        "bar": bar,
        "tally_words": pgettext(
            "packet",
            "%(all)s questions: %(ok)s conform, %(after)s conform after return, %(finding)s with a finding, "
            "%(na)s not applicable, %(open)s open",
            all=totals[0],
            **numbers,
        ),
        "weighty": sorted(open_findings, key=lambda finding: GRAVEST_FIRST.index(finding.severity))[:3],
    }
