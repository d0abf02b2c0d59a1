"""The page of one's own question: seen by its address alone, added to, taken back, deleted; twice is once."""

import re
import threading

import pytest
import time_machine
from django.db import connection, transaction

from aapm_site.core.ids import public_id
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.models import OutgoingEmail
from content import privacy
from content.domain import answers, pages, questions
from content.models import Page, Question, QuestionMessage, Topic
from tests.content.asking import ANSWER, HERE, WORDS, answered, asked, shown
from tests.factories import staff_user, user
from tests.racing import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def typed():
    """More words, in a form that was shown a minute ago."""
    with time_machine.travel("2026-11-23 10:00:00", tick=False):
        stamp = shown()
    with time_machine.travel("2026-11-23 10:01:00", tick=True):
        yield {"text": "And how long does it last?", "shown_at": stamp, "website": ""}


def test_the_link_stands_in_the_receipt_and_opens_the_question(client):
    made = asked()

    receipt = OutgoingEmail.objects.get(to="ida@example.org")
    link = re.search(r"http://localhost:8000(/ask/[\w-]{16}/)\n", receipt.text)[1]
    page = client.get(link)

    assert link == made.get_tracking_url()
    assert (page.status_code, "We have your question" in page.text, WORDS in page.text) == (200, True, True)
    assert "Waiting for an answer" in page.text


def test_nobody_else_finds_keeps_or_passes_on_the_page(client):
    page = client.get(asked().get_tracking_url())

    assert "no-store" in page["Cache-Control"]
    assert "private" in page["Cache-Control"]
    assert page["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert '<meta name="robots" content="noindex">' in page.text
    assert page["Referrer-Policy"] == "same-origin"
    assert 'rel="canonical"' not in page.text
    assert client.get(f"/ask/{public_id()}/").status_code == 404
    assert client.get("/ask/short/").status_code == 404


def test_the_answer_stands_there_and_its_markup_is_clean(client):
    made = answered(html=f'{ANSWER}<script>alert(1)</script><a href="javascript:x()">x</a>')

    text = client.get(made.get_tracking_url()).text

    assert "Here is our answer" in text
    assert "<strong>often</strong>" in text
    assert "alert(1)" not in text
    assert "javascript:" not in text


def test_what_a_person_types_is_shown_as_text(client):
    made = asked(name="<b>Ida</b>", question='<img src=x onerror="alert(1)"> and \u202e')

    text = client.get(made.get_tracking_url()).text

    assert "<img src=x" not in text
    assert "&lt;img src=x onerror=&quot;alert(1)&quot;&gt;" in text


def test_more_words_open_the_question_again_and_tell_staff(client, typed, settings):
    made = answered()
    OutgoingEmail.objects.all().delete()

    response = client.post(made.get_tracking_url(), typed, headers=HERE)

    made.refresh_from_db()
    assert (response.status_code, response["Location"]) == (302, f"{made.get_tracking_url()}#newest")
    assert made.status == "new"
    assert list(made.messages.values_list("kind", "text")) == [("answer", ""), ("follow-up", typed["text"])]
    notice = OutgoingEmail.objects.get()
    assert (notice.to, notice.reply_to) == (settings.STAFF_EMAIL, "ida@example.org")
    assert notice.subject == "Ida Berg has written again"
    assert typed["text"] in notice.text
    assert "We have what you added" in client.get(made.get_tracking_url()).text


def test_more_words_below_what_is_kept_apart_make_no_mail(client, typed):
    made = asked(spam_reason="It holds 3 links.")

    assert client.post(made.get_tracking_url(), typed, headers=HERE).status_code == 302

    made.refresh_from_db()
    assert (made.status, made.messages.count(), OutgoingEmail.objects.count()) == ("spam", 1, 0)


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"text": ""}, 422),
        ({"text": "   "}, 422),
        ({"text": "a" * 5001}, 422),
        ({"text": "Why?\x00"}, 422),
        ({"text": "\u202e\u2066"}, 422),
    ],
)
def test_words_that_cannot_be_taken_come_back(client, typed, change, status):
    made = asked()

    response = client.post(made.get_tracking_url(), {**typed, **change}, headers=HERE)

    assert response.status_code == status
    assert 'role="alert"' in response.text
    assert not made.messages.exists()


def test_urgent_words_below_a_question_bring_help_first(client, typed, settings):
    made = answered()
    more = {**typed, "text": "Now I want to die."}

    first = client.post(made.get_tracking_url(), more, headers=HERE)

    assert (first.status_code, made.messages.count()) == (200, 1)
    assert 'href="tel:988"' in first.text
    assert ">Send my question</button>" in first.text
    seen = re.search(r'name="seen_help" value="([^"]+)"', first.text)[1]
    assert client.post(made.get_tracking_url(), {**more, "seen_help": seen}, headers=HERE).status_code == 302
    made.refresh_from_db()
    assert made.is_urgent
    assert OutgoingEmail.objects.filter(subject__startswith="URGENT: Ida Berg has written again").count() == 1


def test_a_thread_has_an_end_and_says_so(client, typed):
    made = asked()
    QuestionMessage.objects.bulk_create(
        QuestionMessage(question=made, kind="follow-up", text=f"More {number}") for number in range(20)
    )

    response = client.post(made.get_tracking_url(), typed, headers=HERE)

    assert response.status_code == 409
    assert "This thread has become long" in response.text
    assert typed["text"] in response.text


@pytest.mark.parametrize("where", ["", "consent/", "delete/"])
def test_without_proof_of_origin_nothing_changes(client, typed, where):
    made = asked(may_publish=True)

    response = client.post(f"{made.get_tracking_url()}{where}", typed, headers={"Origin": "https://evil.example"})

    made.refresh_from_db()
    assert (response.status_code, made.may_be_published, made.erased_at) == (403, True, None)


def test_consent_is_given_and_taken_back_on_the_page(client, settings):
    made = asked()
    where = f"{made.get_tracking_url()}consent/"
    OutgoingEmail.objects.all().delete()

    client.post(where, {"given": "yes"}, headers=HERE)
    made.refresh_from_db()
    assert made.may_be_published
    client.post(where, {"given": "no"}, headers=HERE)

    made.refresh_from_db()
    assert (made.may_be_published, made.consented_at is None) == (False, False)
    assert OutgoingEmail.objects.get().to == settings.STAFF_EMAIL


def test_taking_consent_back_deletes_a_draft_and_leaves_what_is_public():
    draft, public = answered(may_publish=True), answered(may_publish=True, question="Another question?")
    answers.make_answer_public(draft, by=None)
    pages.publish_page(answers.make_answer_public(public, by=None), by=None)

    for made in (draft, public):
        made.refresh_from_db()
        questions.set_consent(made, given=False)
        made.refresh_from_db()

    assert draft.published_as is None
    assert [page.path for page in Page.objects.all()] == [public.published_as.path]
    letter = OutgoingEmail.objects.filter(template="content/question_consent_withdrawn").order_by("-pk")[0]
    assert public.published_as.path in letter.text


def test_deletion_asks_first_and_then_keeps_nothing_of_the_person(client, django_capture_on_commit_callbacks):
    made = answered(name="Ottoline Quirke", email="quirke@example.org", question="Quirke asks?", may_publish=True)
    page = answers.make_answer_public(made, by=None)
    pages.publish_page(page, by=None)
    questions.follow_up_question(made, "Quirke again")
    other = asked(question="Mine stays?")
    notice = OutgoingEmail.objects.filter(subject__contains="from Ottoline Quirke")
    assert notice.update(text="", html="") == 1  # as letters are kept when they are old
    where = f"{made.get_tracking_url()}delete/"

    assert "Delete your question?" in client.get(where).text
    made.refresh_from_db()
    assert made.erased_at is None
    response = client.post(where, headers=HERE)

    assert response["Location"] == made.get_tracking_url()
    text = client.get(made.get_tracking_url()).text
    assert "Your question has been deleted" in text
    assert "Quirke" not in text
    with connection.cursor() as cursor:
        for table in ("content_question", "content_questionmessage", "mail_outgoingemail", "content_page"):
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text ILIKE %s', ["%quirke%"])
            assert cursor.fetchone()[0] == 0, table
    assert client.get(page.path).status_code == 200
    assert Question.objects.get(pk=other.pk).question == "Mine stays?"
    assert OutgoingEmail.objects.filter(to="ida@example.org").count() == 1


def test_what_was_deleted_takes_no_more_words(client, typed):
    made = asked()
    questions.forget_question(made)

    assert client.post(made.get_tracking_url(), typed, headers=HERE).status_code == 409
    assert client.get(f"{made.get_tracking_url()}delete/").status_code == 302
    with pytest.raises(NotAllowed):
        questions.answer_question(made, ANSWER, by=None, read=0)
    with pytest.raises(NotAllowed):
        questions.reopen_question(made, by=None)
    assert not made.messages.exists()


def test_an_export_holds_the_thread_and_the_consent_and_an_erasure_leaves_neither():
    person = user("ida@example.org")
    made = answered(may_publish=True, by=staff_user())
    questions.follow_up_question(made, "And then?")

    (row,) = privacy.export(person)["questions"]
    assert [entry["text"] for entry in row["thread"]] == [
        "Dear Ida, often it is. Ask for the risks first.",
        "And then?",
    ]
    assert row["agreed_to_a_public_answer_at"]
    privacy.erase(person)

    made.refresh_from_db()
    assert (made.question, made.messages.count(), made.may_be_published) == ("", 0, False)
    assert not OutgoingEmail.objects.filter(text__contains="nerve block").exists()


def test_the_notice_goes_to_who_answers_the_topic_and_follows_another_one(settings):
    topic, other = Topic.objects.get(slug="membership"), Topic.objects.get(slug="the-journal")
    Topic.objects.filter(pk=topic.pk).update(email="members@example.org")
    Topic.objects.filter(pk=other.pk).update(email="journal@example.org")
    topic.refresh_from_db()
    other.refresh_from_db()

    made = asked(topic=topic)
    questions.reassign_question(made, other, by=staff_user(first_name="Helen", last_name="Marsh"))
    questions.reassign_question(made, None, by=None)

    sent = OutgoingEmail.objects.exclude(to="ida@example.org").order_by("pk").values_list("to", "subject", "reply_to")
    assert list(sent) == [
        ("members@example.org", "Question from Ida Berg (Membership)", "ida@example.org"),
        ("journal@example.org", "Passed on to you: Question from Ida Berg (The Journal)", "ida@example.org"),
        (settings.STAFF_EMAIL, "Question from Ida Berg", "ida@example.org"),
    ]


def test_the_same_words_twice_within_minutes_are_one_question():
    first, again = asked(), asked()
    other, later = asked(question=f"{WORDS} Please?"), asked(email="other@example.org")

    assert first == again
    assert len({first.pk, other.pk, later.pk}) == 3
    assert OutgoingEmail.objects.filter(to="ida@example.org").count() == 2
    Question.objects.filter(pk=first.pk).update(asked_at=first.asked_at - questions.SAME_WITHIN)
    assert asked() != first


AT_ONCE = 4


def all_at_once(work):
    """Several people do it in the same moment; what each got, or how they were refused."""
    results = at_once(*[work] * AT_ONCE)
    assert [one for one in results if isinstance(one, Exception) and not isinstance(one, NotAllowed)] == []
    return results


@pytest.mark.django_db(transaction=True)
def test_a_double_click_asks_once():
    results = all_at_once(asked)

    assert len({made.pk for made in results}) == 1
    assert (Question.objects.count(), OutgoingEmail.objects.count()) == (1, 2)


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_a_double_click_would_ask_several_times(monkeypatch):
    """The negative control: all of them look before any of them writes."""
    looked = threading.Barrier(AT_ONCE)
    monkeypatch.setattr(questions, "_wait_for_the_same", lambda *_: None)
    monkeypatch.setattr(questions, "urgent_in", lambda *_: [looked.wait(20)][:0])

    all_at_once(asked)

    assert Question.objects.count() == AT_ONCE


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("again", [False, True], ids=["first answer", "another answer"])
def test_of_those_who_answer_at_once_one_wins(again):
    made = answered() if again else asked()
    read = questions.last_message(made)

    results = all_at_once(lambda: questions.answer_question(made, ANSWER, by=None, read=read))

    assert [type(result) for result in results].count(questions.WrittenMeanwhile) == AT_ONCE - 1
    sent = OutgoingEmail.objects.filter(template="content/question_answer").count()
    assert (made.messages.count(), sent) == (1 + again, 1 + again)


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_several_answers_would_go_out(monkeypatch):
    """The negative control: all of them read the thread before any of them writes."""
    made = answered()
    read, looked, look = questions.last_message(made), threading.Barrier(AT_ONCE), questions.last_message
    monkeypatch.setattr(questions, "_locked", lambda asked: Question.objects.get(pk=asked.pk))
    monkeypatch.setattr(questions, "last_message", lambda asked: (look(asked), looked.wait(20))[0])

    all_at_once(lambda: questions.answer_question(made, ANSWER, by=None, read=read))

    assert made.messages.count() == 1 + AT_ONCE


@pytest.mark.django_db(transaction=True)
def test_one_public_answer_at_most_is_made_of_a_question():
    made = answered(may_publish=True)

    results = all_at_once(lambda: answers.make_answer_public(made, by=None))

    assert [type(result) for result in results].count(NotAllowed) == AT_ONCE - 1
    assert Page.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_rollback_leaves_neither_question_nor_mail():
    with transaction.atomic():
        asked()
        transaction.set_rollback(True)
    assert (Question.objects.count(), OutgoingEmail.objects.count()) == (0, 0)
