"""Urgent wording: found however it is written, not found inside other words, and never a wall."""

import re
import time

import pytest
import time_machine
from django.core import signing
from django.core.exceptions import ValidationError

from aapm_site.core.forms import SALT
from aapm_site.mail.models import OutgoingEmail
from content.domain import questions
from content.models import Question, Urgency
from content.text.urgency import holds_phrase, pattern_of, phrases_in, plainly

HERE = {"Sec-Fetch-Site": "same-origin"}
LIST = "kill myself\nsuicid*\nchest pain\ncan't breathe\ndolor en el pecho\nover-dos*\n\n  took   too many  "


@pytest.mark.parametrize(
    "typed",
    [
        "I want to kill myself",
        "KILL MYSELF!!!",
        "i want to kill\n\n  myself.",
        "Feeling suicidal",
        "suicide",
        "sui\u200bcide",
        "My chest-pain is back",
        "I have (chest pain), help",
        "He can\u2019t breathe",
        "he cant breathe",
        "Tengo dolor en el pécho",
        "an OVER DOSE",
        "I over-dosed",
        "she took too many",
        "\u202echest pain",
    ],
)
def test_urgent_words_are_found_however_they_are_written(typed):
    assert holds_phrase(plainly(typed), LIST)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "I skill myselfish",
        "a chest of drawers, no pain",
        "chest painting lessons",
        "painkillers",
        "I can breathe",
        "nonsuicide-like fungus",
        "kill my self esteem",
        "took one too many",
        "* . ( [ \\",
        "\x00\uffff\U0001f600",
    ],
)
def test_other_words_are_not(typed):
    assert not holds_phrase(plainly(typed), LIST)


def test_a_list_is_read_line_by_line_and_empty_lines_find_nothing():
    assert phrases_in(LIST)[-2:] == ["over dos*", "took too many"]
    assert phrases_in("\n  \n*\n...\n") == []
    assert pattern_of([]) == ""
    assert not holds_phrase("anything at all", "\n*\n")


def test_marks_of_patterns_in_a_phrase_are_only_marks():
    assert phrases_in("(a+)+$\n.*\n[^ ]*") == ["a"]
    assert not holds_phrase(plainly("b " * 50), ".*\n(")


@pytest.mark.parametrize("typed", ["chest " * 40_000, "a" * 240_000, "suicid" * 40_000, "' " * 100_000])
def test_a_long_text_takes_no_longer_than_its_length(typed):
    holds_phrase("warm up", LIST)
    since = time.process_time()
    holds_phrase(plainly(typed), LIST)
    assert time.process_time() - since < 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("I don't want to live like this any more", "Thoughts of suicide or self-harm"),
        ("my friend overdosed and won't wake up", "Overdose or poisoning"),
        ("Since an hour I have pain in my chest", "Chest pain, stroke or trouble breathing"),
        ("suddenly I can't feel my legs", "Sudden weakness, or fever after a procedure"),
    ],
)
def test_the_first_list_knows_the_usual_words(typed, kind):
    assert kind in [found.name for found in questions.urgent_in(typed)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "typed",
    [
        "I hurt myself lifting a box last year. Which doctor do I see?",
        "My father had a stroke in 2019 and his arm hurts since.",
        "The nerve pain is unresponsive to tablets.",
        "What does a nerve block feel like?",
    ],
)
def test_the_first_list_leaves_ordinary_questions_alone(typed):
    assert questions.urgent_in(typed) == []


@pytest.mark.django_db
def test_every_help_names_a_number_and_a_list_can_be_switched_off():
    assert all(re.search(r"tel:(911|988)", kind.help) for kind in Urgency.objects.all())
    Urgency.objects.update(is_on=False)

    assert questions.urgent_in("suicide") == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("phrases", "problem"),
    [
        ("a" * 81, "has more than 80 characters"),
        ("good phrase\n!!!", "holds no word"),
        ("\n".join(f"phrase {number}" for number in range(301)), "at most 300 phrases"),
    ],
)
def test_a_list_that_cannot_work_is_refused(phrases, problem):
    with pytest.raises(ValidationError, match=problem):
        Urgency(name="New", phrases=phrases, help="<p>Call 911.</p>").full_clean()


# The form ------------------------------------------------------------------------------------------------------------
@pytest.fixture
def typed():
    with time_machine.travel("2026-11-23 10:00:00", tick=False):
        shown_at = signing.dumps("shown", salt=SALT)
    with time_machine.travel("2026-11-23 10:01:00", tick=True):
        words = "My chest pain is back and I want to kill myself."
        yield {"name": "Ida", "email": "ida@example.org", "question": words, "shown_at": shown_at, "website": ""}


def sent_again(response):
    """What the browser sends when the button of the page that came back is pressed."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', response.text)
    return dict(found)


@pytest.mark.django_db
def test_help_stands_first_and_the_second_press_sends(client, typed, settings):
    first = client.post("/ask/", typed, headers=HERE)

    assert (first.status_code, Question.objects.count(), OutgoingEmail.objects.count()) == (200, 0, 0)
    text = first.text
    assert text.index('class="note note--bad urgent form-errors" role="alert" tabindex="-1"') < text.index(
        "<form action"
    )
    assert text.count('role="alert"') == 1
    assert 'href="tel:988"' in text[: text.index("<form action")]
    assert "Heart" not in text
    assert ">Send my question</button>" in text
    assert typed["question"] in text

    second = client.post("/ask/", {**typed, **sent_again(first)}, headers=HERE)

    asked = Question.objects.get()
    assert (second.status_code, second["Location"]) == (302, f"/ask/{asked.public_id}/")
    assert (asked.is_urgent, asked.urgent_about) == (
        True,
        "Thoughts of suicide or self-harm, Chest pain, stroke or trouble breathing",
    )
    notice = OutgoingEmail.objects.get(to=settings.STAFF_EMAIL)
    assert notice.subject == "URGENT: Question from Ida"
    assert notice.text.startswith("This sounds urgent: Thoughts of suicide or self-harm, Chest pain")
    assert 'href="tel:988"' in client.get(second["Location"]).text


@pytest.mark.django_db
def test_another_emergency_is_helped_first_as_well(client, typed):
    first = client.post("/ask/", typed, headers=HERE)
    more = {**typed, **sent_again(first), "question": f"{typed['question']} I took too many."}

    response = client.post("/ask/", more, headers=HERE)

    assert (response.status_code, Question.objects.count()) == (200, 0)
    assert "1-800-222-1222" in response.text
    assert client.post("/ask/", {**more, **sent_again(response)}, headers=HERE).status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("seen", ["", "x", "999999999999999999999", "-1,,", "1" * 400, "None"])
def test_a_forged_sign_of_having_seen_help_shows_it_once_more(client, typed, seen):
    response = client.post("/ask/", {**typed, "seen_help": seen}, headers=HERE)

    assert (response.status_code, Question.objects.count()) == (200, 0)
    assert client.post("/ask/", {**typed, **sent_again(response)}, headers=HERE).status_code == 302


@pytest.mark.django_db
def test_help_stands_above_a_form_with_errors_too(client, typed):
    response = client.post("/ask/", {**typed, "email": ""}, headers=HERE)

    assert response.status_code == 422
    assert response.text.index("urgent form-errors") < response.text.index("One thing needs your attention")
    assert client.post("/ask/", {**typed, **sent_again(response)}, headers=HERE).status_code == 302


@pytest.mark.django_db
def test_the_browser_gets_the_same_patterns_and_nothing_that_is_off(client):
    Urgency.objects.exclude(name="Overdose or poisoning").update(is_on=False)

    kinds = client.get("/ask/urgent.json").json()["kinds"]

    (overdose,) = kinds
    assert re.search(overdose["pattern"], f" {plainly('He OVERDOSED!')} ")
    assert set(overdose) == {"id", "pattern", "help"}


@pytest.mark.django_db
def test_what_staff_write_as_help_is_clean(client):
    Urgency.objects.all().delete()
    Urgency.objects.create(name="Test", phrases="help me", help="<p>Call</p><script>alert(1)</script>")

    assert "script" not in client.get("/ask/urgent.json").text
