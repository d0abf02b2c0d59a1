"""What “Ask us anything” promises is a number of the staff's, said wherever it is said, and watched by their queue."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from aapm_site.core import roles
from aapm_site.mail.models import OutgoingEmail
from content.domain import pages, questions
from content.models import AnswerPromise, Page, Question
from content.states import PageKind
from content.text.promise import promised_before, within
from tests.content.asking import answered, asked
from tests.factories import staff_client

pytestmark = pytest.mark.django_db

CHICAGO = ZoneInfo("America/Chicago")
CHANGE = "/admin/content/answerpromise/1/change/"
LIST = "/admin/content/question/"


def moment(day: int, hour: int = 10) -> datetime:
    """In November 2026, whose first is a Sunday."""
    return datetime(2026, 11, day, hour, tzinfo=CHICAGO)


def test_it_is_two_working_days_until_staff_say_another(client):
    assert AnswerPromise.days() == 2
    assert "usually within two working days." in " ".join(client.get("/ask/").text.split())


def test_another_number_is_said_everywhere(client):
    page = pages.save_page(
        Page(title="May I drive?", summary="Ask.", kind=PageKind.ANSWER, slug="may-i-drive", body="<p>Ask.</p>")
    )
    pages.publish_page(page, by=None)
    editor = staff_client(roles.CONTENT_EDITOR)
    assert editor.get("/admin/content/answerpromise/").url == "/admin/content/answerpromise/add/"
    editor.post("/admin/content/answerpromise/add/", {"working_days": "5"})
    assert editor.get("/admin/content/answerpromise/").url == CHANGE
    made = asked()

    said = "within five working days"
    for address in ("/ask/", page.path, made.get_tracking_url()):
        assert said in " ".join(client.get(address).text.split()), address
    receipt = OutgoingEmail.objects.get(to=made.email)
    assert said in " ".join(receipt.text.split())
    AnswerPromise.objects.update(working_days=1)
    assert "within one working day." in " ".join(client.get("/ask/").text.split())


@pytest.mark.parametrize(("typed", "words"), [("0", "at least one"), ("31", "at most 30"), ("soon", "whole number")])
def test_what_is_no_promise_is_refused(typed, words):
    AnswerPromise.objects.create(working_days=4)
    page = staff_client(roles.CONTENT_EDITOR).post(CHANGE, {"working_days": typed})
    assert words in page.text
    assert AnswerPromise.days() == 4


@pytest.mark.parametrize(
    ("now", "days", "before"),
    [
        (moment(25), 2, moment(23)),  # Wednesday, from Monday
        (moment(24), 2, moment(20)),  # Tuesday, from Friday
        (moment(23), 1, moment(20)),
        (moment(22), 1, moment(20, 0)),  # on Sunday as at the end of Friday
        (moment(21, 1), 3, moment(18, 0)),
    ],
)
def test_a_weekend_counts_nothing(now, days, before):
    assert promised_before(now, days) == before


def test_the_words_fit_the_number():
    assert [within(1), within(2), within(12)] == [
        "within one working day", "within two working days", "within 12 working days",
    ]  # fmt: skip


def overdue(at: datetime) -> list[str]:
    return list(Question.objects.overdue(at).values_list("name", flat=True))


def test_a_question_is_overdue_after_as_many_working_days_as_are_promised():
    with time_machine.travel(moment(20), tick=False):  # a Friday
        asked(name="Ida")
    with time_machine.travel(moment(23), tick=False):
        asked(name="Rosa", question="Who pays for it?")
        answered(name="Noor", question="May I drive?")

    assert overdue(moment(24, 9)) == []
    assert overdue(moment(24, 11)) == ["Ida"]
    assert sorted(overdue(moment(25, 11))) == ["Ida", "Rosa"]
    AnswerPromise.objects.create(working_days=3)
    assert overdue(moment(25, 11)) == ["Ida"]


def test_who_writes_again_waits_from_then():
    with time_machine.travel(moment(9), tick=False):
        made = answered()
    with time_machine.travel(moment(23), tick=False):
        questions.follow_up_question(made, "And at night?")

    assert overdue(moment(24)) == []
    assert overdue(moment(26)) == [made.name]


def test_the_list_and_the_front_page_name_what_is_overdue(django_assert_num_queries):
    with time_machine.travel(timezone.now() - timedelta(days=9)):
        late = asked(name="Late Lou")
    draft = asked(name="Drafted Dee", question="Is it dear?")
    questions.keep_answer_draft(draft, "<p>Half an</p>")
    editor = staff_client(roles.CONTENT_EDITOR)

    page = editor.get(LIST).text
    rows = {name: page[page.index(name) :].split("</tr>")[0] for name in (late.name, draft.name)}
    assert ["Overdue" in rows[late.name], "Draft kept" in rows[late.name]] == [True, False]
    assert ["Overdue" in rows[draft.name], "Draft kept" in rows[draft.name]] == [False, True]

    found = editor.get(f"{LIST}?waits=overdue")
    assert [row.name for row in found.context["cl"].result_list] == [late.name]
    assert f"{LIST}?waits=overdue" in editor.get("/admin/").text
    found = editor.get(f"{LIST}?answer_draft__isempty=0")
    assert [row.name for row in found.context["cl"].result_list] == [draft.name]


def test_only_editors_change_it():
    AnswerPromise.objects.create(working_days=4)
    for role in (roles.CAREERS_STAFF, roles.FINANCE):
        assert staff_client(role).get(CHANGE).status_code == 403
    boss = staff_client()
    assert boss.get(reverse("admin:content_answerpromise_delete", args=[1])).status_code == 403
    assert boss.get("/admin/content/answerpromise/add/").status_code == 403
