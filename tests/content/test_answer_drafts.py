"""Half an answer is kept while it is written and when its page is left; two who write at once hear of each other."""

import json

import pytest
from django.core.cache import cache

from aapm_site.core import roles
from content.domain import questions
from content.forms.question_record import draft_mark
from content.models import Question
from tests.content.asking import ANSWER, answered, asked
from tests.factories import staff_client, staff_user
from tests.house.pages import Page

pytestmark = pytest.mark.django_db

HALF = "<p>Often it is.</p>"


@pytest.fixture(autouse=True)
def nobody_here():
    cache.clear()


@pytest.fixture
def editor():
    return staff_client(roles.CONTENT_EDITOR)


def change(made: Question) -> str:
    return f"/admin/content/question/{made.pk}/change/"


def draft(made: Question) -> str:
    return f"/admin/content/question/{made.pk}/draft/"


def kept(made: Question) -> str:
    return Question.objects.get(pk=made.pk).answer_draft


def test_the_first_button_sends_the_answer(editor):
    page = editor.get(change(asked())).text
    shown = [
        part.split("</button>")[0].rpartition(">")[2].strip()
        for part in page.split('<div id="content"')[1].split("<button")[1:]
        if " hidden" not in part.split(">")[0]
    ]
    assert shown[0] == "Send the answer…"
    assert shown[1:] == ["Keep it as a draft", "Mark as answered…", "Close without an answer…", "This is spam…"]
    assert page.index("Send the answer…") < page.index('id="decide-heading"')


def test_a_draft_is_kept_at_a_pause_and_stands_in_the_list(editor):
    made = asked()
    said = editor.post(draft(made), {"answer": HALF, "drafted": ""})

    assert (said.status_code, json.loads(said.text)) == (
        200, {"others": [], "drafted": draft_mark(HALF), "problem": ""},
    )  # fmt: skip
    assert kept(made) == HALF
    page = editor.get(change(made)).text
    assert "A draft of the answer is kept" in page
    assert f'value="{draft_mark(HALF)}"' in page
    assert "Draft kept" in editor.get("/admin/content/question/").text

    editor.post(draft(made), {"answer": "<p></p>", "drafted": draft_mark(HALF)})
    assert kept(made) == ""


def test_it_is_kept_as_clean_as_what_is_sent(editor):
    made = asked()
    editor.post(draft(made), {"answer": f"{HALF}<script>alert(1)</script>", "drafted": ""})
    assert kept(made) == HALF


def test_a_colleagues_draft_is_not_lost(editor):
    made = asked()
    questions.keep_answer_draft(made, "<p>By a colleague.</p>")

    said = editor.post(draft(made), {"answer": HALF, "drafted": ""})

    assert said.status_code == 409
    assert "A colleague has kept another draft" in json.loads(said.text)["problem"]
    assert kept(made) == "<p>By a colleague.</p>"
    # The same words twice are no conflict: what the browser kept before a press is not a colleague's.
    questions.keep_answer_draft(made, HALF)
    assert editor.post(draft(made), {"answer": HALF, "drafted": ""}).status_code == 200


@pytest.mark.parametrize("ends", [questions.close_question, questions.mark_spam])
def test_nothing_is_kept_below_what_is_decided(editor, ends):
    made = asked()
    ends(made, by=None, reason="Nobody answers this.")
    said = editor.post(draft(made), {"answer": HALF, "drafted": ""})
    assert (said.status_code, "decided meanwhile" in json.loads(said.text)["problem"]) == (409, True)
    assert kept(made) == ""


def test_nothing_is_kept_for_somebody_who_has_been_forgotten(editor):
    made = answered(html=ANSWER)
    questions.forget_question(made)
    assert editor.post(draft(made), {"answer": HALF, "drafted": ""}).status_code == 409
    assert kept(made) == ""


def test_two_who_have_it_open_are_told_of_each_other(editor):
    made = asked()
    ida = staff_client(person=staff_user(roles.CONTENT_EDITOR, first_name="Ida", last_name="Vale"))
    alone = " ".join(ida.get(change(made)).text.split())
    assert "has this question open too" not in alone

    assert "Ida Vale has this question open too." in " ".join(editor.get(change(made)).text.split())
    assert json.loads(editor.post(draft(made)).text)["others"] == ["Ida Vale"]
    ida.post(draft(made), {"leave": "1", "answer": HALF, "drafted": ""})
    assert json.loads(editor.post(draft(made)).text)["others"] == []
    assert kept(made) == HALF  # what was typed when the page was left


def test_a_page_and_a_question_with_one_number_are_two_things(editor):
    made = asked()
    assert json.loads(editor.post(draft(made)).text)["others"] == []
    other = staff_client(roles.CONTENT_EDITOR)
    assert other.post(f"/admin/content/page/{made.pk}/editing/").status_code == 404
    assert json.loads(other.post(draft(made)).text)["others"] == [editor.user.display_name]


def test_only_those_who_answer_keep_drafts(editor, client):
    made = asked()
    assert editor.get(draft(made)).status_code == 405
    assert staff_client(roles.CAREERS_STAFF).post(draft(made), {"answer": HALF}).status_code == 403
    assert client.post(draft(made)).status_code == 302
    assert editor.post("/admin/content/question/999999/draft/").status_code == 404
    assert kept(made) == ""


def test_the_page_of_a_question_has_no_faults(editor):
    made = asked()
    assert Page(editor.get(change(made)).text, change(made)).faults() == []
