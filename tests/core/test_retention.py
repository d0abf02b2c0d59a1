"""How long things are kept: what staff say counts, what waits is never forgotten, and files go with their rows."""

import logging
from datetime import date, timedelta

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from aapm_site.core import retention, roles
from aapm_site.core.models import Count, Retention
from aapm_site.core.retention import RetentionRule, forget_old, retention_rules, write_missing_rows
from aapm_site.mail.domain.queue import queue_email
from aapm_site.mail.models import OutgoingEmail
from content.models import Question
from content.states import QuestionStatus
from membership.models import Application, ApplicationPaper
from membership.states import ApplicationStatus
from tests import factories
from tests.membership.factories import make_application

pytestmark = pytest.mark.django_db
NAMES = {
    *(
        "trash",
        "questions",
        "letter-texts",
        "letters",
        "imported-lines",
        "application-drafts",
        "application-papers",
        "counts",
        "staff-log",
    ),
    *("unknown-places", "alert-finds", "job-reports", "profile-looks", "profile-contacts", "job-applications"),
    *("directory-messages", "directory-unsent", "profile-finds", "service-tokens", "viewings", "journal-usage"),
    "newsletter-readers",
}


@pytest.fixture(autouse=True)
def rows(db):
    """As a start of the site leaves them."""
    write_missing_rows()


def keep(name: str, days: int) -> None:
    assert Retention.objects.filter(name=name).update(days=days) == 1


def ago(days: float):
    return timezone.now() - timedelta(days=days)


def test_there_is_a_row_for_each_rule_and_what_staff_chose_stays():
    assert set(Retention.objects.values_list("name", flat=True)) == {rule.name for rule in retention_rules} == NAMES
    keep("letters", 500)
    Retention.objects.filter(name="questions").delete()
    write_missing_rows()
    assert Retention.objects.get(name="letters").days == 500
    assert Retention.objects.get(name="questions").days == 730


@pytest.mark.parametrize(
    ("status", "days", "forgotten"),
    [
        (QuestionStatus.ANSWERED, 41, True), (QuestionStatus.CLOSED, 41, True), (QuestionStatus.SPAM, 41, True),
        (QuestionStatus.ANSWERED, 39, False), (QuestionStatus.NEW, 4_000, False),
    ],
)  # fmt: skip
def test_questions(status, days, forgotten):
    keep("questions", 40)
    moments = {"answered_at": ago(1), "closed_at": ago(1)} if status != QuestionStatus.NEW else {}
    asked = Question.objects.create(
        name="Ada", email="ada@visitors.example", question="Why?", status=status, asked_at=ago(days), **moments
    )
    assert forget_old(timezone.now())["questions"] == int(forgotten)
    asked.refresh_from_db()
    assert (asked.question, asked.erased_at is None) == (("", False) if forgotten else ("Why?", True))
    assert forget_old(timezone.now())["questions"] == 0


def test_letters_lose_their_text_first_and_then_go():
    keep("letter-texts", 20)
    keep("letters", 40)
    for days, state in ((10, "sent"), (30, "sent"), (50, "sent"), (30, "queued")):
        email = queue_email(f"ada{days}{state}@visitors.example", "mail/test_letter", {}, kind="account")
        OutgoingEmail.objects.filter(pk=email.pk).update(
            created_at=ago(days), why_not_sent="", state=state, sent_at=ago(days) if state == "sent" else None
        )
    counts = forget_old(timezone.now())
    assert (counts["letter-texts"], counts["letters"]) == (2, 1)
    left = OutgoingEmail.objects.order_by("created_at", "pk").values_list("state", "text")
    assert [(state, bool(text)) for state, text in left] == [("sent", False), ("queued", True), ("sent", True)]


@pytest.mark.parametrize(
    ("status", "days", "goes"),
    [
        (ApplicationStatus.DECLINED, 61, True),
        (ApplicationStatus.DECLINED, 59, False),
        (ApplicationStatus.SUBMITTED, 900, False),
    ],
)
def test_papers_of_applicants_go_with_their_files(status, days, goes, django_capture_on_commit_callbacks):
    keep("application-papers", 60)
    application = make_application()
    paper = ApplicationPaper.objects.create(
        application=application, file=ContentFile(b"%PDF-1.7", "cv.pdf"), name="CV.pdf", size=8
    )
    decided_at = None if status == ApplicationStatus.SUBMITTED else ago(days)
    Application.objects.update(status=status, submitted_at=ago(days), decided_at=decided_at)
    with django_capture_on_commit_callbacks(execute=True):
        forget_old(timezone.now())
    assert ApplicationPaper.objects.exists() is not goes
    assert paper.file.storage.exists(paper.file.name) is not goes
    assert Application.objects.count() == 1


def test_numbers_and_the_log_of_staff():
    keep("counts", 30)
    keep("staff-log", 400)
    staff = factories.staff_user()
    for days in (29, 31):
        Count.objects.create(kind="view", key="1", on=timezone.localdate() - timedelta(days=days), times=1)
    for days in (399, 401):
        kind = ContentType.objects.get_for_model(Count)
        entry = LogEntry.objects.create(user=staff, content_type=kind, object_id="1", action_flag=CHANGE)
        LogEntry.objects.filter(pk=entry.pk).update(action_time=ago(days))
    counts = forget_old(timezone.now())
    assert (counts["counts"], counts["staff-log"]) == (1, 1)
    assert (Count.objects.count(), LogEntry.objects.count()) == (1, 1)


def test_many_are_forgotten_in_batches(monkeypatch):
    monkeypatch.setattr(retention, "MOST_BATCHES", 3)
    keep("counts", 30)
    Count.objects.bulk_create(
        Count(kind="view", key=str(number), on=date(2020, 1, 1), times=1) for number in range(retention.BATCH * 3 + 5)
    )
    assert forget_old(timezone.now())["counts"] == retention.BATCH * 3
    assert forget_old(timezone.now())["counts"] == 5


def test_a_rule_that_fails_keeps_no_other_back(caplog):
    def fails(before):
        raise RuntimeError("no")

    rule = RetentionRule("a-broken-one", "Broken", "Nothing.", 30, 1, fails, order=1)
    retention_rules.register(rule)
    try:
        Count.objects.create(kind="view", key="1", on=date(2020, 1, 1), times=1)
        with caplog.at_level(logging.ERROR):
            counts = forget_old(timezone.now())
    finally:
        del retention_rules._items[rule.name]
    assert (counts["a-broken-one"], counts["counts"]) == (0, 1)
    assert "retention.failed" in caplog.text


@pytest.mark.parametrize(("days", "said"), [("29", "from 30 to 36,500"), ("40000", "from 30 to 36,500"), ("90", "")])
def test_administrators_change_the_days(days, said):
    client = factories.staff_client(roles.ADMINISTRATOR)
    row = Retention.objects.get(name="questions")
    page = client.get(reverse("admin:core_retention_changelist")).text
    assert "Questions of “Ask us anything”" in page
    answer = client.post(reverse("admin:core_retention_change", args=[row.pk]), {"days": days})
    row.refresh_from_db()
    if said:
        assert (said in answer.text, row.days) == (True, 730)
    else:
        assert (answer.status_code, row.days) == (302, 90)
