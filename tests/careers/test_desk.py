"""The review desk: one position after another, with what was said, what changed, and the decision beside it."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import dateformat, timezone

from aapm_site.core.roles import CAREERS_STAFF, CONTENT_EDITOR, FINANCE
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.models import OutgoingEmail
from careers.domain import jobs, reviews
from careers.domain.job_questions import set_job_questions
from careers.domain.job_statements import state_of_job
from careers.job_words import said
from careers.models import Employer, Job, JobStatement, ReviewNote
from careers.presenters.review import SENTENCES, changes_between, queue_words
from careers.presenters.review_hints import warnings_for
from careers.queries.review import QueuePlace, place_in_queue, queue_keys, usual_wait
from careers.states import JobStatus
from tests import racing
from tests.factories import staff_client

from .factories import BODY, credits_for, live_job, make_employer, make_job, make_member, make_user, specialty
from .test_board import room_queries

pytestmark = pytest.mark.django_db
DESK = "/admin/careers/job/desk/"
HERE_ALONE = {"takes_applications": True, "apply_url": "", "apply_email": ""}


def waiting(number: int = 1, employer: Employer | None = None, **fields: Any) -> list[Job]:
    """Positions that wait, the first for the longest."""
    employer, now = employer or make_employer(), timezone.now()
    return [
        make_job(
            employer, title=f"Position {at}", status=JobStatus.IN_REVIEW,
            submitted_at=now - timedelta(hours=number - at), **fields,
        )
        for at in range(number)
    ]  # fmt: skip


def press(browser: Client, job: Job, verb: str, **data: Any) -> Any:
    return browser.post(reverse(f"admin:careers_job_desk_{verb}", args=[job.pk]), data)


def page_of(browser: Client, job: Job) -> Any:
    return browser.get(f"{DESK}{job.pk}/")


def test_ten_positions_are_read_without_leaving_the_desk():
    ten = waiting(10)
    browser = staff_client(CAREERS_STAFF)
    answer, seen = browser.get(DESK, follow=True), []
    while "job" in answer.context and len(seen) < 20:
        job = answer.context["job"]
        seen.append((job.pk, answer.context["place"], answer.context["total"]))
        url = reverse("admin:careers_job_desk_approve", args=[job.pk])
        answer = browser.post(url, {"seen": answer.context["forms"]["approve"]["seen"].value()}, follow=True)
    assert seen == [(job.pk, 1, 10 - at) for at, job in enumerate(ten)]
    assert Job.objects.live().count() == 10
    assert "You have read everything." in answer.text


def test_the_desk_shows_the_posting_its_employer_and_what_to_look_at_twice():
    (job,) = waiting(terms={"call_one_in": 5}, benefits="A bicycle.")
    make_member(job.employer)
    live_job(job.employer, title=job.title)
    page = page_of(staff_client(CAREERS_STAFF), job).text
    for words in ("1 of 1", "fourteen patients a day", "A bicycle.", "Not verified", "1 person", "Much like position"):
        assert words in page
    assert 'class="status' in page
    assert "First position" not in page


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("We at Harbor Lane Pain &amp; Spine.", "It is confidential, and its words name Harbor Lane"),
        ("The Harbor way.", "its words hold “Harbor”, of its employer"),
        ("A clinic by the sea.", ""),
    ],
)
def test_staff_are_told_where_an_unnamed_employer_is_given_away(words, said):
    (job,) = waiting(confidential=True, public_employer_name="A clinic", pay_note=words, **HERE_ALONE)
    found = [one for one in warnings_for(job) if one.startswith("It is confidential")]
    assert len(found) == bool(said)
    assert said in "".join(found)


def test_approving_leads_to_the_next_and_the_last_to_the_first_that_was_skipped():
    first, second, third = waiting(3)
    browser = staff_client(CAREERS_STAFF)
    assert press(browser, second, "approve")["Location"] == f"{DESK}{third.pk}/"
    assert press(browser, third, "approve")["Location"] == f"{DESK}{first.pk}/"
    assert press(browser, first, "approve")["Location"] == DESK


def test_reasons_become_sentences_which_are_read_before_they_go():
    job, other = waiting(2)
    make_member(job.employer)
    browser = staff_client(CAREERS_STAFF)

    seen = page_of(browser, job).context["forms"]["return"]["seen"].value()

    composed = press(browser, job, "return", codes=["pay", "contact"], seen=seen)

    letter = f"{SENTENCES['pay']}\n\n{SENTENCES['contact']}"
    assert composed.status_code == 200
    assert composed.context["forms"]["return"]["text"].value() == letter
    assert "Nothing was sent yet." in composed.text
    assert Job.objects.get(pk=job.pk).status == JobStatus.IN_REVIEW
    assert composed.context["forms"]["return"]["seen"].value() == seen

    sent = press(browser, job, "return", codes=["pay", "contact"], text="Which pay is it?", seen=seen)

    assert sent["Location"] == f"{DESK}{other.pk}/"
    note = ReviewNote.objects.get()
    assert (note.kind, note.codes, note.text) == ("returned", ["pay", "contact"], "Which pay is it?")
    assert job.status_changes.get().reason == "Which pay is it?"
    assert "Which pay is it?" in OutgoingEmail.objects.get().text


@pytest.mark.parametrize("data", [{}, {"text": " "}, {"codes": ["nonsense"]}, {"text": "x" * 2_001}, {"text": "\x00"}])
def test_nothing_goes_back_without_a_reason(data):
    (job,) = waiting()
    answer = press(staff_client(CAREERS_STAFF), job, "return", **data)
    assert answer.status_code == 422
    assert "Not done yet" in answer.text
    assert Job.objects.get().status == JobStatus.IN_REVIEW


def test_what_changed_since_it_went_back_is_marked():
    employer = make_employer()
    owner = make_member(employer)
    job = make_job(employer, terms={"call_one_in": 5}, pay_note="By rank")
    credits_for(employer)
    jobs.return_job(jobs.submit_job(job, by=owner), by=make_user(), reason="Which pay is it?")
    jobs.edit_job(
        job,
        by=owner,
        fields={"title": "Pain physician", "body": BODY.replace("fourteen", "twelve"), "pay_max": 400_000},
        specialties=[specialty("neurology")],
        places=[{"city": "Bangor", "state_code": "ME"}],
        terms={"call_one_in": 6},
    )
    sent = jobs.submit_job(Job.objects.get(), by=owner)

    page = page_of(staff_client(CAREERS_STAFF), sent)

    labels = [change.label for change in page.context["changes"]]
    assert labels == ["Title", "Specialties that fit", "Places", "Pay", "Description", "Call"]
    assert '<ins><span class="vh">added: </span>twelve</ins>' in page.text
    assert '<del><span class="vh">removed: </span>Portland</del>' in page.text
    assert "Which pay is it?" in page.text


def test_what_is_read_for_the_first_time_is_compared_with_nothing():
    (job,) = waiting()
    page = page_of(staff_client(CAREERS_STAFF), job)
    assert page.context["changes"] is None
    assert "Since it went back" not in page.text


def test_what_is_typed_by_an_employer_is_escaped_in_the_comparison():
    changes = changes_between({"Title": "<b>x"}, {"Title": "<script>alert(1)</script>"})
    assert "<script" not in changes[0].words
    assert changes_between({"Description": "<p>x</p>"}, {})[0].blocks[0].state == "removed"


def test_a_word_among_staff_stays_on_the_desk_and_a_question_goes_by_mail():
    job, other = waiting(2)
    member = make_member(job.employer)
    browser = staff_client(CAREERS_STAFF)

    assert press(browser, job, "comment", kind="note", text="I know them.")["Location"] == f"{DESK}{other.pk}/"
    assert OutgoingEmail.objects.count() == 0
    press(browser, job, "comment", kind="question", text="Is that the pay of a year?")

    letter = OutgoingEmail.objects.get()
    assert (letter.to, letter.template) == (member.email, "careers/job_question")
    assert "Is that the pay of a year?" in letter.text
    page = page_of(browser, job).text
    assert "I know them." in page
    assert page.index("Is that the pay of a year?") < page.index("I know them.")
    assert Job.objects.filter(status=JobStatus.IN_REVIEW).count() == 2


def test_a_note_of_staff_is_on_no_page_of_the_employer():
    (job,) = waiting()
    owner = make_member(job.employer)
    reviews.note_among_staff(job, by=make_user(), text="I know them.")
    browser = Client()
    browser.force_login(owner)
    for url in (job.employer.get_absolute_url(), reverse("careers:job-preview", args=[job.public_id])):
        assert "I know them." not in browser.get(url).text


def test_a_question_about_what_was_decided_meanwhile_is_not_asked():
    (job,) = waiting()
    jobs.approve_job(job, by=make_user())
    with pytest.raises(NotAllowed, match="decided on this position already"):
        reviews.ask_team(job, by=make_user(), text="Why?")


def test_when_a_colleague_was_faster_one_is_told_and_led_on():
    job, other = waiting(2)
    browser = staff_client(CAREERS_STAFF)
    jobs.approve_job(job, by=make_user())

    for verb in ("approve", "return"):
        answer = browser.post(reverse(f"admin:careers_job_desk_{verb}", args=[job.pk]), follow=True)
        assert answer.redirect_chain == [(f"{DESK}{other.pk}/", 302)]
        assert "Somebody was faster" in answer.text
    assert browser.get(f"{DESK}{job.pk}/", follow=True).redirect_chain == [(f"{DESK}{other.pk}/", 302)]
    typed = press(browser, job, "return", text="Which pay is it?")
    assert typed.status_code == 422
    assert "Which pay is it?" in typed.text
    assert f"{DESK}{other.pk}/" in typed.text
    assert job.status_changes.count() == 1


def test_what_the_employer_changed_meanwhile_is_read_again():
    (job,) = waiting()
    owner = make_member(job.employer)
    browser = staff_client(CAREERS_STAFF)
    seen = page_of(browser, job).context["forms"]["approve"]["seen"].value()
    jobs.take_job_back(job, by=owner)
    credits_for(job.employer)
    jobs.submit_job(Job.objects.get(), by=owner)

    answer = press(browser, job, "approve", seen=seen)

    assert answer.status_code == 422
    assert "Please read it again." in answer.text
    assert Job.objects.get().status == JobStatus.IN_REVIEW


def test_an_address_of_nothing_leads_on():
    browser = staff_client(CAREERS_STAFF)
    for number in ("999999", "9" * 30):
        assert browser.get(f"{DESK}{number}/", follow=True).status_code == 200


@pytest.mark.parametrize("role", [FINANCE, CONTENT_EDITOR])
def test_who_may_not_decide_sees_no_desk(role):
    (job,) = waiting()
    browser = staff_client(role)
    assert browser.get(DESK).status_code == page_of(browser, job).status_code == 403
    for verb in ("approve", "return", "comment"):
        assert press(browser, job, verb, text="x", kind="note").status_code == 403
    assert Job.objects.get().status == JobStatus.IN_REVIEW
    assert ReviewNote.objects.count() == 0


@pytest.mark.parametrize("rows", [1, 200])
def test_the_desk_takes_as_many_queries_whatever_waits(rows):
    *_, job = waiting(rows)
    for number in range(rows // 4):
        reviews.note_among_staff(job, by=make_user(), text=f"Word {number}")
    browser = staff_client(CAREERS_STAFF)
    # The queue, the position, its page with specialties and places, the employer, the words about it, its twins, its
    # questions, and for each form what it has seen. Whether a change waits is asked of live ones only.
    assert room_queries(browser, f"{DESK}{job.pk}/") == 12


def test_staff_read_what_the_employer_states_and_asks():
    (job,) = waiting()
    browser = staff_client(CAREERS_STAFF)
    form = f"/admin/careers/job/{job.pk}/change/"
    bare = browser.get(f"{DESK}{job.pk}/")
    assert bare.context["questions"] == []
    assert "Questions to applicants" not in bare.text
    assert "Nothing is stated: it was sent before statements were asked for." not in bare.text
    assert re.search(r"Questions to applicants.*?None", browser.get(form).text, re.DOTALL)

    ada = make_user(first_name="Ada", last_name="Owner")
    state_of_job(job, is_open_vacancy=True, software_screens=True, by=ada)
    asked = {"text": "Where did you <train>?", "kind": "one-of", "options": ["Here", "There"], "is_required": True}
    set_job_questions(job, [asked])
    for page in (browser.get(f"{DESK}{job.pk}/").text, browser.get(form).text):
        assert "The position is open, and they intend to fill it." in page
        assert "The employer says that software ranks or sorts the applications it gets." in page
        assert f"Stated by Ada Owner on {dateformat.format(timezone.localdate(), 'F j, Y')}." in page
        assert "Where did you &lt;train&gt;?" in page
    assert "needed:\nHere, There" in browser.get(f"{DESK}{job.pk}/").text

    JobStatement.objects.all().delete()
    assert "Nothing is stated: it was sent before" in browser.get(f"{DESK}{job.pk}/").text


def test_a_place_in_the_queue_is_said_with_the_usual_time():
    first, second = waiting(2)
    assert place_in_queue(second) == QueuePlace(2, 2, None)
    assert place_in_queue(make_job()) is None
    words = {
        QueuePlace(1, 1, None): "It is the only one that our staff are to read.",
        QueuePlace(3, 5, timedelta(hours=3, minutes=1)): "It is the third of five that our staff are to read; usually "
        "read within 4 hours.",
        QueuePlace(12, 40, timedelta(minutes=9)): "It is number 12 of 40 that our staff are to read; usually read "
        "within an hour.",
        QueuePlace(2, 2, timedelta(days=3)): "It is the second of two that our staff are to read; usually read within "
        "3 days.",
    }
    assert {place: queue_words(place) for place in words} == words
    owner = make_member(second.employer)
    browser = Client()
    browser.force_login(owner)
    preview = browser.get(reverse("careers:job-preview", args=[second.public_id])).text
    assert "It is the second of two that our staff are to read." in preview


def test_the_usual_time_is_the_median_of_the_last_thirty_decisions():
    assert usual_wait() is None
    now, job = timezone.now(), make_job(status=JobStatus.IN_REVIEW)
    for hours in (900, 900, *([2] * 29), 50):
        job.status_changes.create(from_status="draft", to_status="in_review", at=now - timedelta(hours=hours))
        job.status_changes.create(from_status="in_review", to_status="returned", at=now)
    assert usual_wait() == timedelta(hours=2)


def test_the_list_opens_on_what_waits_and_has_filters_one_decides_by():
    (job,) = waiting()
    other = live_job(make_employer("Juniper Pain"), title="Another one")
    browser = staff_client(CAREERS_STAFF)
    url = reverse("admin:careers_job_changelist")
    asked = {
        "": [job], "?stage=all": [other, job], "?stage=live": [other], f"?employer={other.employer_id}": [other],
        "?age=7": [], f"?stage=all&employer={job.employer_id}": [job], "?employer=x": [other, job],
    }  # fmt: skip
    found = {query: list(browser.get(url + query).context["cl"].result_list) for query in asked}
    assert found == asked
    assert DESK in browser.get(url).text


def test_hints_name_contacts_in_the_text_and_pay_that_the_law_may_ask_for():
    employer = make_employer(verified=True)
    text = make_job(employer, title="Nurse", summary="Write to jane@harborlane.example or call (207) 555-0148.")
    assert warnings_for(text) == ["The text holds an e-mail address and a telephone number."]
    exempt = {"pay_min": None, "pay_max": None, "pay_exemption": "By rank"}
    washington = make_job(employer, title="Psychologist", places=[{"city": "Seattle", "state_code": "WA"}], **exempt)
    assert warnings_for(washington) == ["No range of pay is given, and Washington may ask for one."]
    assert warnings_for(make_job(employer, title="Surgeon", **exempt)) == []


def test_what_a_position_says_is_in_words():
    assert said(make_job(closes_on=date(2027, 3, 1)))["Last day to apply"] == "2027-03-01"
    words = said(make_job(terms={"call_one_in": 5}, title="A & B"))
    assert (words["Title"], words["Pay"], words["Call"]) == ("A & B", "$365,000–420,000 a year", "1 in 5")
    assert "Benefits" not in words


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_decide_at_once_and_one_is_led_on():
    (job,) = waiting()
    make_member(job.employer)
    one, other = staff_client(CAREERS_STAFF), staff_client(CAREERS_STAFF)
    said_to = racing.at_once(
        lambda: press(one, job, "approve"), lambda: press(other, job, "return", text="Which pay is it?")
    )
    assert sorted(answer.status_code for answer in said_to) in ([302, 302], [302, 422])
    assert job.status_changes.count() == 1
    assert ReviewNote.objects.count() == (Job.objects.get().status == JobStatus.RETURNED)


@pytest.mark.django_db(transaction=True)
def test_taking_it_back_and_approving_it_at_once_leave_one_truth():
    (job,) = waiting()
    owner, browser = make_member(job.employer), staff_client(CAREERS_STAFF)
    racing.at_once(lambda: press(browser, job, "approve"), lambda: jobs.take_job_back(job, by=owner))
    assert job.status_changes.count() == 1
    assert job.status_changes.get().to_status == Job.objects.get().status
    assert queue_keys() == []
