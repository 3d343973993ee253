"""Reads the usual check sheets of others: which row is the head, which column is what, which question is meant.

Nothing here decides: every guess is shown to a person, who may choose otherwise.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Literal

from msgspec import Struct

from portal.core.answer_book import Sent
from portal.core.answers import read_mark, tidy
from portal.core.bilingual import Text
from portal.core.folding import fold
from portal.core.sheet import Book, Sheet
from portal.core.templates import Question

Field = Literal["number", "section", "question", "criterion", "answer", "comment", "evidence", "plan"]

HEADS: dict[Field, str] = {
    "number": "no № 項番 番号 通番 id 設問番号 管理番号",
    "section": "分類 区分 大項目 中項目 小項目 カテゴリ カテゴリー 管理策区分 category",
    "question": "確認項目 点検項目 設問 質問 質問事項 質問内容 チェック項目 要求事項 question requirement",
    "criterion": "判定基準 評価基準 確認内容 確認ポイント 達成条件 達成基準 criterion",
    "answer": "回答 回答欄 実施状況 評価 自己評価 自己点検 判定 結果 対応状況 適否 answer status",
    "comment": "備考 備考欄 補足 コメント 具体的内容 具体的な内容 状況詳細 特記事項 理由 comment comments remarks",
    "evidence": "根拠資料 証跡 エビデンス 添付資料 関連文書 規程名 evidence",
    "plan": "是正予定 改善予定 対応予定日 完了予定日 改善計画 改善予定日 planneddate",
}
TITLES: dict[Field, Text] = {
    "number": Text("番号", "Number"), "section": Text("分類", "Category"), "question": Text("設問", "Question"),
    "criterion": Text("判定基準", "Criterion"), "answer": Text("回答", "Answer"), "comment": Text("備考", "Remarks"),
    "evidence": Text("根拠資料", "Evidence"), "plan": Text("是正予定", "Planned date"),
}
SEARCHED = 60
"""Rows in which the head is looked for; covers and notes stand above it."""

MOST = 1_000
"""Questions of a sheet that are looked at."""

ALIKE = 0.55
"""From this likeness on (Dice, pairs of letters) a question is proposed."""

CONTAINED_LESS, LEAST_PAIRS = 0.2, 10

TURNED = frozenset({"有", "無", "有り", "無し", "あり", "なし", "有無", "ある", "ない"})
"""Words whose meaning hangs on how the question is put: 事故「なし」 is well, 規程「なし」 is not."""


class Layout(Struct, frozen=True):
    """Where things stand in a check sheet: the sheet, the last row of its head (from 0), the column of each field."""

    sheet: str
    head: int
    columns: Mapping[Field, int]


class Item(Struct, frozen=True):
    """One row of a check sheet that asks something."""

    row: int
    number: str
    section: str
    question: str
    answer: str
    comment: str
    criterion: str = ""


def plain(text: str) -> str:
    """Give a head's text as it is compared: narrow letters, no blanks, dots or brackets, small."""
    return re.sub(r"[\s.．。:：()（）【】\[\]「」※*・]+", "", unicodedata.normalize("NFKC", text)).casefold()


def field_of(text: str) -> Field | None:
    """Give what a head's text names, or nothing."""
    name = plain(text)
    for field, words in HEADS.items():
        if name and name in [plain(word) for word in words.split(" ")]:
            return field
    return None


def guess(book: Book) -> Layout | None:
    """Give the likeliest layout: the row that names most fields, questions and answers among them; or nothing.

    A head of two rows counts as one; hidden sheets are lists, not questions.
    """
    best: Layout | None = None
    for sheet in book.sheets:
        for number, row in enumerate([] if sheet.hidden else sheet.rows[:SEARCHED]):
            found = columns_of(row)
            below = columns_of(sheet.rows[number + 1]) if number + 1 < len(sheet.rows) else {}
            head = number + 1 if len(below) > 1 else number
            found = {**below, **found}
            if {"question", "answer"} <= found.keys() and (best is None or len(found) > len(best.columns)):
                best = Layout(sheet.sheet, head, found)
    return best


def columns_of(row: Sequence[str]) -> dict[Field, int]:
    """Give the column of each field that a row names, the first of each."""
    found: dict[Field, int] = {}
    for place, text in enumerate(row):
        field = field_of(text)
        if field is not None:
            found.setdefault(field, place)
    return found


def items(sheet: Sheet, layout: Layout) -> list[Item]:
    """Give the rows below the head that ask something, at most MOST; evidence and plans go with the comment."""
    found = []
    for number, row in enumerate(sheet.rows):
        cells = {field: row[place].strip().strip("\u3000") for field, place in layout.columns.items()
                 if place < len(row)}
        question, answer = cells.get("question", ""), cells.get("answer", "")
        if number <= layout.head or not question or field_of(question) or answer == question:
            continue  # above the table, between its parts, or a heading that spans the sheet
        beside = [f"{TITLES[field].ja}：{cells[field]}" for field in ("evidence", "plan") if cells.get(field)]
        comment = "\n".join(filter(None, [cells.get("comment", ""), *beside]))
        found.append(Item(number, cells.get("number", ""), cells.get("section", ""), question, answer, comment,
                          cells.get("criterion", "")))
    return found[:MOST]


def pairs_of(text: str) -> Counter[tuple[str, str]]:
    """Give the pairs of letters of a text, folded as for search."""
    return Counter(pairwise(fold(text)))


def likeness(one: Counter[tuple[str, str]], other: Counter[tuple[str, str]]) -> float:
    """Give how alike two texts are by their pairs of letters, from 0 to 1 (Dice).

    A text that stands in a longer one is alike too, but less; a few words that any question might hold are not.
    """
    common, total = (one & other).total(), one.total() + other.total()
    shorter = min(one.total(), other.total())
    within = common / shorter - CONTAINED_LESS if shorter >= LEAST_PAIRS else 0.0
    return max(2 * common / total if total else 0.0, within)


def match(found: Iterable[Item], questions: Sequence[Question]) -> dict[int, str]:
    """Give by row the question it seems to ask, each once: by our number where it stands there, else by likeness."""
    rows = list(found)
    ids = {question.id for question in questions}
    meant = {item.row: tidy(item.number).upper() for item in rows if tidy(item.number).upper() in ids}
    taken = set(meant.values())
    texts = [(question.id, pairs_of(text)) for question in questions if question.id not in taken
             for text in (question.question.ja, question.question.en)]
    asked = [(item.row, pairs_of(item.question)) for item in rows if item.row not in meant]
    alike = [(likeness(said, text), -row, id) for row, said in asked for id, text in texts]
    for _, back, id in sorted((pair for pair in alike if pair[0] >= ALIKE), reverse=True):
        if -back not in meant and id not in taken:
            meant[-back] = id
            taken.add(id)
    return meant


def is_marked(question: Question) -> bool:
    """Whether a question is answered by a mark, whose meaning may hang on the sheet."""
    return question.answer_type in ("yes_no", "yes_no_partial_na")


def unclear(text: str) -> bool:
    """Whether a mark must be explained by a person: unknown, a score, or one whose meaning hangs on the question."""
    return bool(text) and (tidy(text) in TURNED or tidy(text).isdecimal() or read_mark(text) is None)


def sent(found: Iterable[Item], meant: Mapping[int, str], questions: Mapping[str, Question], marks: Mapping[str, str],
         ) -> Iterator[Sent]:
    """Give what the rows say of our questions; an unclear mark says only what a person let it mean."""
    for item in found:
        question = questions.get(meant.get(item.row, ""))
        if question is None:
            continue
        answer = item.answer
        if is_marked(question) and unclear(answer):
            answer = marks.get(tidy(answer), "")
        if answer:
            yield Sent(question.id, answer, item.comment)


def to_explain(found: Iterable[Item], meant: Mapping[int, str], questions: Mapping[str, Question]) -> dict[str, int]:
    """Give the marks that a person must explain, with how often each stands there."""
    said = Counter(tidy(item.answer) for item in found if (question := questions.get(meant.get(item.row, "")))
                   and is_marked(question) and unclear(item.answer))
    return dict(said.most_common())
