"""Ask us anything: nothing that a person wrote is lost, and what looks like spam makes no mail."""

import re
from urllib.parse import urlencode

import pytest
import time_machine
from django.core import signing
from django.test import Client

from aapm_site.core.forms import SALT
from aapm_site.core.transitions import NotAllowed, move
from aapm_site.mail.models import OutgoingEmail
from content import privacy
from content.domain import questions
from content.models import Question, Topic
from content.states import QUESTION_LIFECYCLE, QuestionStatus
from tests.factories import client_of, user

pytestmark = pytest.mark.django_db

HERE = {"Sec-Fetch-Site": "same-origin"}
WORDS = "Is a nerve block right for somebody like me?"


@pytest.fixture
def typed():
    """A form that was shown a minute ago and filled in by a person."""
    with time_machine.travel("2026-11-23 10:00:00", tick=False):
        shown_at = signing.dumps("shown", salt=SALT)
    with time_machine.travel("2026-11-23 10:01:00", tick=True):
        yield {"name": "Ida Berg", "email": "ida@example.org", "question": WORDS, "shown_at": shown_at, "website": ""}


def mails():
    return {mail.to: mail for mail in OutgoingEmail.objects.all()}


def test_a_question_is_stored_announced_and_acknowledged(client, typed, settings):
    topic = Topic.objects.get(name="Membership")

    response = client.post("/ask/", {**typed, "topic": topic.pk}, headers=HERE)

    asked = Question.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"/ask/{asked.public_id}/")
    assert (asked.name, asked.email, asked.question, asked.topic, asked.status) == (
        "Ida Berg",
        "ida@example.org",
        WORDS,
        topic,
        "new",
    )
    staff, receipt = mails()[settings.STAFF_EMAIL], mails()["ida@example.org"]
    assert len(mails()) == 2
    assert (staff.reply_to, staff.subject) == ("ida@example.org", "Question from Ida Berg (Membership)")
    assert WORDS in staff.text
    assert f"/admin/content/question/{asked.pk}/change/" in staff.text
    assert receipt.subject == "We have your question"
    assert (WORDS in receipt.text, receipt.text.startswith("Good day,")) == (False, True)
    assert "http://localhost:8000/patient-resources/" in receipt.text


def test_a_receipt_carries_no_strangers_links():
    questions.ask_question(
        name="Win at www.prize.example", email="ida@example.org", question="Go to https://prize.example"
    )

    receipt = mails()["ida@example.org"]
    assert "prize" not in receipt.text + receipt.html
    assert receipt.text.startswith("Good day,")


def test_only_who_is_signed_in_with_the_address_reads_their_own_words_in_the_receipt():
    ida, eve = user("ida@example.org"), user("eve@example.org")
    for person, words in ((None, "Ask one"), (eve, "Ask two"), (ida, "Ask three")):
        questions.ask_question(name="Ida Berg", email="ida@example.org", question=words, user=person)

    visitor, other, own = OutgoingEmail.objects.filter(template="content/question_receipt").order_by("pk")
    for receipt, words in ((visitor, "Ask one"), (other, "Ask two")):
        assert ("Ida" in receipt.text + receipt.html, words in receipt.text + receipt.html) == (False, False)
        assert receipt.state == "queued"
    assert own.text.startswith("Dear Ida Berg,")
    assert "Ask three" in own.text


def test_the_former_thanks_lead_to_the_form(client):
    response = client.get("/ask/thanks/")

    assert (response.status_code, response["Location"]) == (301, "/ask/")


def test_a_question_and_its_mails_are_one_transaction(settings):
    settings.STAFF_EMAIL = "not an address"

    with pytest.raises(ValueError, match="not an address"):
        questions.ask_question(name="Ida", email="ida@example.org", question=WORDS)

    assert not Question.objects.exists()
    assert not OutgoingEmail.objects.exists()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"website": "https://spam.example"}, "The hidden field was filled in."),
        ({"shown_at": ""}, "The form was sent without having been shown."),
        ({"question": "http://a.example http://b.example www.c.example"}, "It holds 3 links."),
    ],
)
def test_what_looks_like_spam_is_kept_apart_without_a_mail(client, typed, change, reason):
    response = client.post("/ask/", {**typed, **change}, headers=HERE)

    asked = Question.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"/ask/{asked.public_id}/")
    assert (asked.status, asked.spam_reason) == ("spam", reason)
    assert not OutgoingEmail.objects.exists()


@pytest.mark.parametrize("name", ["Win at http://evil.example", "Win at www.evil.example", "Call +1 555 010 0199"])
def test_a_name_that_would_lead_somewhere_is_refused_and_comes_back(client, typed, name):
    """It stands in the subject of the staff's letter."""
    response = client.post("/ask/", {**typed, "name": name}, headers=HERE)

    assert response.status_code == 422
    assert "Please leave out" in response.text
    assert name in response.text
    assert not Question.objects.exists()


def test_not_spam_after_all_is_announced_then_and_once(typed):
    asked = questions.ask_question(name="Ida", email="ida@example.org", question=WORDS, spam_reason="It holds 3 links.")

    opened = questions.reopen_question(asked, by=None)
    questions.reopen_question(questions.mark_answered(opened, by=None), by=None)

    assert (opened.status, OutgoingEmail.objects.count()) == ("new", 2)


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
def test_without_proof_of_origin_the_words_come_back(client, typed, headers):
    response = client.post("/ask/", typed, headers=headers)

    assert response.status_code == 403
    assert WORDS in response.text
    assert "Please send it once more" in response.text
    assert not Question.objects.exists()


def test_a_browser_with_cookies_needs_no_token(typed):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(user(), backend="aapm_site.accounts.backends.AccountBackend")

    assert strict.post("/ask/", typed, headers={"Origin": "http://localhost:8000"}).status_code == 302


def test_the_sixth_in_an_hour_is_kept_apart_and_the_thirty_first_keeps_its_words(client, typed):
    for number in range(30):
        answer = client.post("/ask/", {**typed, "question": f"{WORDS} {number}"}, headers=HERE)
        assert answer.status_code == 302

    response = client.post("/ask/", typed, headers=HERE)

    assert list(Question.objects.filter(status="new").order_by("pk").values_list("question", flat=True)) == [
        f"{WORDS} {number}" for number in range(5)
    ]
    kept = Question.objects.filter(status="spam", spam_reason__startswith="More than 5 questions came from one")
    assert (kept.count(), OutgoingEmail.objects.count()) == (25, 10)
    assert response.status_code == 429
    assert WORDS in response.text
    assert Question.objects.count() == 30


def test_what_is_missing_is_named_and_nothing_is_lost(client, typed):
    response = client.post("/ask/", {**typed, "email": "ida@"}, headers=HERE)

    assert response.status_code == 422
    assert response.context["form"].errors == {
        "email": ["That does not look like an e-mail address. One looks like name@example.org."]
    }
    assert response.text.count('name="website"') == 1
    assert WORDS in response.text
    assert 'role="alert"' in response.text
    assert not Question.objects.exists()


@pytest.mark.parametrize(
    "name",
    ["Ida\r\nBcc: all@example.org", "Ida\nBcc: all@example.org"],
)
def test_a_line_break_in_a_name_is_refused(client, typed, name):
    assert client.post("/ask/", {**typed, "name": name}, headers=HERE).status_code == 422
    assert not OutgoingEmail.objects.exists()


def test_hostile_words_reach_nobody_as_code(client, typed, settings):
    words = "<script>alert(1)</script>\u202egnp.exe"

    client.post("/ask/", {**typed, "name": "<b>Ida</b>", "question": words}, headers=HERE)

    html = mails()[settings.STAFF_EMAIL].html
    assert "<script>" not in html
    assert "<b>Ida" not in html
    assert Question.objects.get().question == "<script>alert(1)</script>gnp.exe"


def test_a_null_byte_is_refused_with_the_words_kept(client, typed):
    response = client.post("/ask/", {**typed, "question": f"{WORDS}\x00"}, headers=HERE)

    assert response.status_code == 422
    assert WORDS in response.text
    assert not Question.objects.exists()


def test_fifty_links_are_kept_apart_and_never_lost(client, typed):
    words = " ".join(f"https://{number}.example/" for number in range(50))

    assert client.post("/ask/", {**typed, "question": words}, headers=HERE).status_code == 302

    asked = Question.objects.get()
    assert (asked.status, asked.spam_reason, asked.question) == ("spam", "It holds 50 links.", words)


def test_bytes_that_are_no_text_and_a_flood_of_them_break_nothing(client, typed):
    kind = "application/x-www-form-urlencoded"
    body = urlencode({**typed, "question": "QQ"}).encode().replace(b"QQ", b"Why%FF%FE%ED%A0%80 \xff\xfe?")

    assert client.generic("POST", "/ask/", body, content_type=kind, headers=HERE).status_code == 302
    assert Question.objects.get().question.startswith("Why\ufffd")
    flood = body + b"a" * 6_000_000
    assert client.generic("POST", "/ask/", flood, content_type=kind, headers=HERE).status_code == 400
    assert Question.objects.count() == 1


@pytest.mark.parametrize(
    "change", [{"name": "\u202e\u2066"}, {"question": "\u202e \u2066"}, {"topic": "999999"}, {"topic": "x"}]
)
def test_what_holds_nothing_that_can_be_read_is_named(client, typed, change):
    response = client.post("/ask/", {**typed, **change}, headers=HERE)

    assert (response.status_code, list(response.context["form"].errors)) == (422, list(change))
    assert not Question.objects.exists()


@pytest.mark.parametrize("topic", ["membership", "nothing", "%00", "a" * 500, "%FF"])
def test_a_topic_of_the_address_is_chosen_already(client, topic):
    response = client.get(f"/ask/?topic={topic}")

    assert response.status_code == 200
    chosen = f'<option value="{Topic.objects.get(slug="membership").pk}" selected>'
    assert (chosen in response.text) is (topic == "membership")


def test_the_longest_question_and_one_more(client, typed):
    assert client.post("/ask/", {**typed, "question": "a" * 5001}, headers=HERE).status_code == 422
    assert client.post("/ask/", {**typed, "question": "a" * 5000}, headers=HERE).status_code == 302


def test_the_page_is_never_cached_and_knows_who_is_signed_in(client):
    person = user("ida@example.org", first_name="Ida", last_name="Berg")

    assert "no-store" in client.get("/ask/")["Cache-Control"]
    text = client_of(person).get("/ask/").text
    assert 'value="Ida Berg"' in text
    assert 'value="ida@example.org"' in text


def test_the_home_page_carries_a_form_that_posts_there(client, typed):
    text = client.get("/").text

    form = re.search(r'<form class="stack" action="/ask/" method="post".*?</form>', text, re.DOTALL)[0]
    assert {"name", "email", "question", "website", "shown_at", "seen_help"} == set(
        re.findall(r'name="([a-z_]+)"', form)
    )
    assert "csrfmiddlewaretoken" not in text


@pytest.mark.parametrize("start", QuestionStatus.values)
@pytest.mark.parametrize("to", QuestionStatus.values)
def test_the_whole_lifecycle(start, to):
    allowed = {
        ("new", "answered"),
        ("new", "closed"),
        ("new", "spam"),
        ("answered", "new"),
        ("answered", "closed"),
        ("closed", "new"),
        ("spam", "new"),
    }
    asked = Question.objects.create(name="Ida", email="ida@example.org", question=WORDS, status=start)

    if (start, to) in allowed:
        moved = move(asked, to, by=None, reason="Because.")
        assert moved.status == to
        assert bool(moved.answered_at) is (to == "answered")
        assert bool(moved.closed_at) is (to == "closed")
    else:
        with pytest.raises(NotAllowed):
            move(asked, to, by=None, reason="Because.")
    assert {(status, step.to) for status in QUESTION_LIFECYCLE for step in QUESTION_LIFECYCLE[status]} == allowed


def test_closing_needs_a_reason():
    asked = questions.ask_question(name="Ida", email="ida@example.org", question=WORDS)

    with pytest.raises(NotAllowed, match="Please give a reason"):
        questions.close_question(asked, by=None)

    assert questions.close_question(asked, by=None, reason="Answered by phone.").status == "closed"


def test_a_persons_questions_are_exported_and_erased():
    person = user("ida@example.org")
    questions.ask_question(name="Ida", email="IDA@example.org", question=WORDS)
    questions.ask_question(name="Another", email="other@example.org", question="Mine?")

    assert [row["question"] for row in privacy.export(person)["questions"]] == [WORDS]
    privacy.erase(person)

    assert set(Question.objects.values_list("name", "email", "question")) == {
        ("Name erased", "erased@invalid.invalid", ""),
        ("Another", "other@example.org", "Mine?"),
    }
