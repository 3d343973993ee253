"""The builder by forms alone, in both languages: a draft edited, previewed, published, compared, sent out and in."""

import io

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from portal.actions import checklists
from portal.core import checklist_text, editing
from portal.core.actor import SYSTEM
from portal.core.templates import Question, Template
from portal.models import TemplateDraft
from portal.queries import checklists as shelf
from portal.store.cellar import Cellar
from portal.store.shelf import catalogue
from portal.web.desk.checklists import asked
from portal.web.desk.checklists.forms import QuestionForm
from tests.cast import Cast
from tests.sheets import books
from tests.web.test_walk import enter
from tests.web.walk import Walk

LIBRARY = catalogue().templates


def on_shelf(cellar: Cellar, code: str = "LAB") -> str:
    """The library published; gives the public id of one list."""
    with cellar.work() as work:
        return next(row for row in checklists.publish_library(work, SYSTEM) if row.code == code).public_id


def posted(question: Question, **other: str | list[str]) -> dict[str, str | list[str]]:
    """The form of a question as a browser sends it, with some fields typed otherwise."""
    fields = {name: value for name, value in asked.fields(question).items() if value or value in ("", 0)}
    fields = {name: value for name, value in fields.items() if value is not False}
    fields = {name: value if isinstance(value, list) else "y" if value is True else str(value)
              for name, value in fields.items()}
    for name, rows in (("choice", asked.choice_rows(question)), ("column", asked.column_rows(question))):
        fields |= {f"{name}.{key}.{number}": cell for number, row in enumerate(rows)
                   for key, cell in row.items() if cell}
    return fields | {"mark": editing.mark(question)} | other


def drafted(cellar: Cellar, people: Cast, draft: str) -> Template:
    """What stands in a draft."""
    with cellar.read() as rows:
        return shelf.drafted(rows, shelf.draft(rows, people.lead.actor, draft))


@pytest.mark.parametrize("template", LIBRARY.values(), ids=LIBRARY)
def test_the_form_of_a_question_gives_the_same_question(app: Flask, template: Template) -> None:
    with app.test_request_context("/desk/"):
        for place, question in enumerate(template.questions):
            fields = MultiDict(posted(question))
            form = QuestionForm(formdata=fields, meta={"csrf": False})
            form.offer(template, [row.id for row in template.questions[:place]])
            assert form.validate(), form.errors
            assert asked.question(form, fields, question) == question


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_list_is_edited_and_published(app: Flask, cellar: Cellar, people: Cast, language: str) -> None:
    first = on_shelf(cellar)
    lead = enter(app, cellar, people.lead, language)
    for path in ("/desk/checklists/", f"/desk/checklists/{first}", f"/desk/checklists/{first}/preview"):
        lead.get(path)
    draft = lead.post(f"/desk/checklists/{first}/edit")
    assert lead.post(f"/desk/checklists/{first}/edit") == draft
    name = draft.rpartition("/")[2]
    question = drafted(cellar, people, name).question("LAB-02")
    lead.get(f"{draft}/questions/LAB-02")
    lead.get(f"{draft}/questions/new?section=TEC")
    lead.post(f"{draft}/questions/LAB-02", go="list", **posted(question, question_en="Is it registered?"))
    lead.post(f"{draft}/questions/LAB-03/move", to="up")
    lead.post(f"{draft}/questions/LAB-04/remove")
    lead.get(draft)
    edit_head(lead, draft, drafted(cellar, people, name))
    page = lead.get(f"{draft}/publish")
    assert "<ins>" in page and "<del>" in page and f'<p lang="ja">{question_of("LAB-04")}</p>' in page
    against = page.partition('name="against" type="hidden" value="')[2].partition('"')[0]
    assert lead.post(f"{draft}/publish", 422, note="", against=against)
    second = lead.post(f"{draft}/publish", note="文言を改めました。", against=against).rpartition("/")[2]
    assert "文言を改めました。" in lead.get(f"/desk/checklists/{second}")
    for path in (f"{first}", f"{first}/compare/{second}", f"{second}/library"):
        lead.get(f"/desk/checklists/{path}")
    assert lead.post(f"/desk/checklists/{second}/library").startswith("/desk/checklists/drafts/")


def question_of(id: str) -> str:
    """The Japanese wording of a question of the library."""
    return LIBRARY["LAB"].question(id).question.ja


def edit_head(lead: Walk, draft: str, template: Template) -> None:
    """Change how often a list is asked; what has no shape is refused with what was typed."""
    lead.get(f"{draft}/head")
    head = {**asked.head_fields(template.checklist), "mark": editing.mark(template.checklist)}
    assert 'value="often"' in lead.post(f"{draft}/head", 422, **head | {"interval_months": "often"})
    lead.post(f"{draft}/head", **head | {"interval_months": "6"})
    assert "6" in lead.post(f"{draft}/head", 409, **head | {"interval_months": "9"})


def test_what_has_no_shape_is_refused_and_what_is_unfit_is_kept(app: Flask, cellar: Cellar, people: Cast) -> None:
    lead = enter(app, cellar, people.lead, "en")
    draft = lead.post(f"/desk/checklists/{on_shelf(cellar)}/edit")
    template = drafted(cellar, people, draft.rpartition("/")[2])
    question = template.question("LAB-02")
    page = lead.post(f"{draft}/questions/LAB-02", 422, **posted(question, validity_months="long", question_en="Typed"))
    assert "Typed" in page and 'value="long"' in page
    lead.post(f"{draft}/questions/LAB-02", **posted(question, question_en=""))
    assert "both languages" in lead.get(f"{draft}/questions/LAB-02")
    assert "both languages" in lead.get(draft) and "Publish as" not in lead.get(f"{draft}/publish")
    stale = lead.post(f"{draft}/questions/LAB-02", 409, **posted(question, question_en="Mine"))
    assert "A colleague was first." in stale and "Mine" in stale
    taken = lead.post(f"{draft}/questions/new", 409, **posted(question, mark=""))
    assert "This number is taken" in taken


def test_the_preview_shows_what_then_appears(app: Flask, cellar: Cellar, people: Cast) -> None:
    reviewer = enter(app, cellar, people.reviewer, "en")
    place = f"/desk/checklists/{on_shelf(cellar, 'MED')}/preview"
    hanging = next(question for question in LIBRARY["MED"].questions if question.visible_when)
    assert hanging.visible_when is not None
    plain = reviewer.get(place)
    answer = f"{hanging.visible_when.question}.text={hanging.visible_when.any_of[0]}"
    shown = reviewer.get(f"{place}?{answer}&kind=testing_lab")
    assert f'id="{hanging.id}"' not in plain and f'id="{hanging.id}"' in shown
    assert "points would be open" in shown and "points would be open" not in plain


def test_a_list_goes_out_and_comes_in_as_a_file(app: Flask, cellar: Cellar, people: Cast) -> None:
    place = on_shelf(cellar)
    lead = enter(app, cellar, people.lead)
    file = lead.client.get(f"/desk/checklists/{place}/checklist.toml")
    assert file.headers["Content-Disposition"].startswith('attachment; filename="LAB_1.toml"')
    assert file.data.decode() == checklist_text.write(LIBRARY["LAB"])
    other = file.data.replace(b"LAB", b"VIS")
    lead.get("/desk/checklists/take")
    draft = lead.post("/desk/checklists/take", file=(io.BytesIO(b"\xef\xbb\xbf" + other), "vis.toml"))
    assert drafted(cellar, people, draft.rpartition("/")[2]).checklist.code == "VIS"
    for data, name in ((other, "vis.toml"), (b"", "vis.toml"), (other, "vis.xls"), (b"\xff\xfe", "vis.toml"),
                       (file.data.replace(b"allow_na", b"allow"), "lab.toml"), (b"[" * 9000, "deep.toml"),
                       (b"x" * (3 << 20), "large.toml")):
        assert "problems-title" in lead.post("/desk/checklists/take", 422, file=(io.BytesIO(data), name))


def test_a_list_goes_out_and_comes_in_as_a_workbook(app: Flask, cellar: Cellar, people: Cast) -> None:
    place = on_shelf(cellar)
    lead = enter(app, cellar, people.lead, "en")
    file = lead.client.get(f"/desk/checklists/{place}/checklist.xlsx")
    assert file.headers["Content-Disposition"].startswith('attachment; filename="LAB_1.xlsx"')
    draft = lead.post("/desk/checklists/take", file=(io.BytesIO(file.data), "lab.xlsx"))
    assert drafted(cellar, people, draft.rpartition("/")[2]).questions == LIBRARY["LAB"].questions
    assert lead.client.get(f"{draft}/checklist.xlsx").data[:2] == b"PK"
    own = books.sheet(["No.", "確認項目", "回答"], ["1", "責任者を定めていますか。", ""])
    page = lead.post("/desk/checklists/take", 422, file=(io.BytesIO(own), "own.xlsx"), title_ja="自社点検")
    assert "check sheet of somebody else" in page and 'value="自社点検"' in page
    taken = lead.post("/desk/checklists/take", file=(io.BytesIO(own), "own.xlsx"), code="own", title_ja="自社点検")
    assert "責任者を定めていますか。" in lead.get(taken)
    for data, name in ((books.sheet(["a"]), "none.xlsx"), (b"PK", "torn.xlsx"), (b"", "empty.csv")):
        assert "problems-title" in lead.post("/desk/checklists/take", 422, code="abc", title_ja="甲",
                                             file=(io.BytesIO(data), name))
    enter(app, cellar, people.reviewer).get("/desk/checklists/take", 403)


def test_new_lists_and_drafts_thrown_away(app: Flask, cellar: Cellar, people: Cast) -> None:
    on_shelf(cellar)
    lead = enter(app, cellar, people.lead, "en")
    lead.get("/desk/checklists/new")
    assert "This code is taken" in lead.post("/desk/checklists/new", 422, code="lab", title_ja="検査", title_en="Lab")
    draft = lead.post("/desk/checklists/new", code="vis", title_ja="来訪", title_en="Visits")
    assert "at least one question" in lead.get(draft)
    lead.get("/desk/checklists/")
    lead.post(f"{draft}/questions/new", go="new", **posted(LIBRARY["LAB"].question("LAB-03"), id="VIS-01", mark=""))
    lead.post(f"{draft}/discard")
    with cellar.read() as rows:
        assert rows.query(TemplateDraft).count() == 0


def test_doors_of_the_builder(app: Flask, cellar: Cellar, people: Cast) -> None:
    place = on_shelf(cellar)
    lead = enter(app, cellar, people.lead)
    draft = lead.post(f"/desk/checklists/{place}/edit")
    reviewer, clerk = enter(app, cellar, people.reviewer), enter(app, cellar, people.clerk)
    reviewer.get(f"/desk/checklists/{place}")
    for path in (draft, f"{draft}/publish", f"{draft}/questions/LAB-02", f"{draft}/head"):
        reviewer.get(path, 403)
        clerk.get(path, 404)
    reviewer.post(f"{draft}/discard", 403)
    clerk.get(f"/desk/checklists/{place}/preview", 404)
    lead.get("/desk/checklists/unknown", 404)
    lead.post(f"/desk/checklists/{place}/retire")
    assert "使用を再開する" in lead.get(f"/desk/checklists/{place}")
    lead.post(f"/desk/checklists/{place}/restore")
    assert "使用を終える" in lead.get(f"/desk/checklists/{place}")
