"""An employer among many applicants: filters, kind letters to several, the list for a spreadsheet, and who reads it."""

import csv
import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from aapm_site.mail.models import OutgoingEmail
from careers import retention
from careers.choices import MemberRole
from careers.domain import applications, bulk_decline
from careers.domain.bulk_decline import SeenApplication
from careers.models import ApplicationOpening, JobApplication
from tests import racing
from tests.factories import client_of

from .factories import live_job, make_employer, make_member, make_user
from .test_applications import HERE, WANTED, letters, sent, typed
from .test_board import room_queries

pytestmark = pytest.mark.django_db


def opened(job, email: str, **fields) -> JobApplication:
    return sent(job, email, **{"status": "viewed", **fields})


@pytest.fixture
def job():
    return live_job(takes_applications=True)


@pytest.fixture
def team(job):
    return client_of(make_member(job.employer))


def listed(team, job, query: str = "") -> list[str]:
    return re.findall(
        r">(\w+)</a></h2>", team.get(reverse("careers:applicant-list", args=[job.public_id]) + query).text
    )


def decline(team, job, *chosen, **more):
    values = [str(SeenApplication(one.public_id, one.status)) for one in chosen]
    return team.post(reverse("careers:applicants-decline", args=[job.public_id]), {"chosen": values, **more})


def shown_mark(answer) -> str:
    return re.search(r'name="shown" value="(\w+)"', answer.text)[1]


# The list -------------------------------------------------------------------------------------------------------------
def test_the_list_is_filtered_and_turned_around(job):
    reader = make_member(job.employer)
    team, now = client_of(reader), timezone.now()
    rows = [
        opened(job, f"{name}@people.example".lower(), name=name, sent_at=now - timedelta(hours=number), **more)
        for number, (name, more) in enumerate(
            {"Ann": {}, "Bo": {"cv": "x.pdf", "cv_name": "x.pdf"}, "Cy": {"status": "sent"}}.items()
        )
    ]
    ApplicationOpening.objects.create(application=rows[0], part="application", by=reader)
    ApplicationOpening.objects.create(application=rows[1], part="cv", by=reader)
    assert listed(team, job) == ["Ann", "Bo", "Cy"]
    assert listed(team, job, "?order=oldest") == ["Cy", "Bo", "Ann"]
    assert listed(team, job, "?unread=on") == ["Bo", "Cy"]
    assert listed(team, job, "?cv=on") == ["Bo"]
    assert listed(team, job, "?state=sent&cv=on") == []
    assert listed(team, job, "?order=%00&unread=" + "9" * 9_999) == ["Bo", "Cy"]


def test_the_oldest_come_a_page_at_a_time_too(job, team):
    now = timezone.now()
    for number in range(60):
        opened(job, f"a{number}@people.example", name=f"P{number:02}", sent_at=now - timedelta(minutes=number))
    address = reverse("careers:applicant-list", args=[job.public_id])
    seen, query = [], "?order=oldest"
    while query:
        page = team.get(address + query).text
        seen += re.findall(r">(P\d\d)</a>", page)
        found = re.search(r'href="([^"]*)" rel="next"', page)
        query = unescape(found[1]) if found else ""
    assert seen == [f"P{number:02}" for number in reversed(range(60))]


@pytest.mark.parametrize("rows", [1, 200])
def test_the_filtered_list_takes_four_queries_however_many_rows(job, client, rows):
    client.force_login(make_member(job.employer), backend="aapm_site.accounts.backends.AccountBackend")
    for number in range(rows):
        opened(job, f"a{number}@people.example")
    address = reverse("careers:applicant-list", args=[job.public_id])
    assert room_queries(client, f"{address}?unread=on&order=oldest&state=viewed") == 4


def test_whether_somebody_unknown_sent_a_cv_is_not_told():
    job = live_job(confidential=True, public_employer_name="A health system")
    opened(job, "ann@people.example", cv="x.pdf", cv_name="x.pdf")
    assert not re.findall("Applicant \\d{4}</a>", client_of(make_member(job.employer)).get(
        reverse("careers:applicant-list", args=[job.public_id]) + "?cv=on").text)  # fmt: skip


# Several at once ------------------------------------------------------------------------------------------------------
def test_several_are_declined_by_letters_that_were_seen(job, team):
    ann, bo = opened(job, "ann@people.example", name="Ann <b>"), opened(job, "bo@people.example", name="Bo")
    unopened = sent(job, "cy@people.example", name="Cy")

    page = decline(team, job, ann, bo, unopened)

    assert page.status_code == 200
    assert "Decline 2 applicants?" in page.text
    assert "Cy: nobody of you has opened it yet" in page.text
    assert "Dear Ann &lt;b&gt;," in page.text
    assert "Dear Bo," in page.text
    assert bulk_decline.KIND_WORDS.split(".")[0] in page.text
    assert ann.token not in page.text
    assert not JobApplication.objects.filter(status="declined").exists()

    other = {"words": "We chose somebody nearer.", "send": "yes", "shown": shown_mark(page)}
    again = decline(team, job, ann, bo, **other)  # changed words are shown before they go
    assert "We chose somebody nearer." in again.text
    assert not JobApplication.objects.filter(status="declined").exists()

    done = decline(team, job, ann, bo, **{**other, "shown": shown_mark(again)})
    assert done["Location"] == reverse("careers:applicant-list", args=[job.public_id])
    assert set(JobApplication.objects.filter(status="declined")) == {ann, bo}
    assert letters("ann@people.example") == letters("bo@people.example") == ["changed"]
    text = " ".join(OutgoingEmail.objects.get(to="bo@people.example").text.split())
    assert "Dear Bo," in text
    assert "It writes: We chose somebody nearer." in text
    assert letters("cy@people.example") == []

    twice = decline(team, job, ann, bo, **{**other, "shown": shown_mark(again)})
    assert "Nobody to decline" in twice.text
    assert "it is “Declined” by now" in twice.text
    assert letters("ann@people.example") == ["changed"]


def test_what_a_colleague_decided_meanwhile_is_left_out_and_named(job):
    ann, bo = opened(job, "ann@people.example", name="Ann"), opened(job, "bo@people.example", name="Bo")
    seen = [SeenApplication(one.public_id, one.status) for one in (ann, bo)]
    owner = make_member(job.employer)
    applications.decide_application(bo, "in_contact", by=owner)
    done = bulk_decline.decline_together(job, seen, by=owner, words="No.")
    assert done.declined == [ann]
    assert [(one.application.name, one.reason) for one in done.left_out] == [
        ("Bo", "it is “In contact” since you chose it")
    ]
    bo.refresh_from_db()
    assert bo.status == "in_contact"


def test_letters_to_people_whom_the_employer_does_not_know_show_no_name():
    job = live_job(confidential=True, public_employer_name="A health system")
    ann = opened(job, "ann@people.example", name="Annabel Lee")
    page = decline(client_of(make_member(job.employer)), job, ann)
    assert f"Dear {ann.alias}," in page.text
    assert "Annabel" not in page.text
    assert job.employer.name not in page.text.split("<blockquote", 1)[1].split("</blockquote>")[0]


@pytest.mark.parametrize("chosen", [[], ["x"], ["\0.viewed"], ["a" * 10_000], ["no-such.viewed"], ["..", ".viewed"]])
def test_a_press_without_a_choice_says_what_to_do(job, team, chosen):
    answer = team.post(reverse("careers:applicants-decline", args=[job.public_id]), {"chosen": chosen}, follow=True)
    assert "Mark one applicant or several first" in answer.text


def test_words_that_are_none_come_back(job, team):
    ann = opened(job, "ann@people.example")
    answer = decline(team, job, ann, words=" ", send="yes")
    assert answer.status_code == 422
    assert "a letter without any hurts more" in answer.text


def test_others_decline_and_list_nobody(job):
    ann = opened(job, "ann@people.example")
    for client in (client_of(make_member(make_employer("B"))), client_of(make_member(job.employer, MemberRole.VIEWER))):
        assert decline(client, job, ann, words="No.", send="yes").status_code == 404
        assert client.post(reverse("careers:applicant-export", args=[job.public_id])).status_code == 404
    # Of another position of one's own nothing is reached either.
    other = live_job()
    answer = decline(client_of(make_member(other.employer)), other, ann, words="No.", send="yes")
    assert answer.status_code == 302
    ann.refresh_from_db()
    assert (ann.status, ann.looks.count()) == ("viewed", 0)


@pytest.mark.django_db(transaction=True)
def test_pressed_twice_at_once_each_gets_one_letter():
    job = live_job(takes_applications=True)
    owner, colleague = make_member(job.employer), make_member(job.employer)
    rows = [opened(job, f"a{number}@people.example") for number in range(4)]
    seen = [SeenApplication(one.public_id, one.status) for one in rows]

    def press(by, order):
        return bulk_decline.decline_together(job, order, by=by, words="Thank you.")

    one, two = racing.at_once(lambda: press(owner, seen), lambda: press(colleague, seen[::-1]))

    assert sorted([len(one.declined), len(two.declined)]) == [0, 4]
    assert sorted([len(one.left_out), len(two.left_out)]) == [0, 4]
    assert letters() == ["changed"] * 4


@pytest.mark.django_db(transaction=True)
def test_two_recruiters_decide_at_once_and_one_wins():
    job = live_job(takes_applications=True)
    owner, colleague = make_member(job.employer), make_member(job.employer)
    ann = opened(job, "ann@people.example")
    seen = [SeenApplication(ann.public_id, "viewed")]
    hired, together = racing.at_once(
        lambda: applications.decide_application(ann, "hired", by=owner),
        lambda: bulk_decline.decline_together(job, seen, by=colleague, words="Thank you."),
    )
    ann.refresh_from_db()
    if ann.status == "hired":
        assert [one.reason for one in together.left_out] == ["it is “Hired” by now"]
    else:
        assert "cannot become “Hired”" in str(hired)
    assert letters() == ["changed"]


# The list for a spreadsheet -------------------------------------------------------------------------------------------
def test_the_table_holds_what_was_opened_and_the_applicants_read_that_it_was_taken(job, team):
    opened(job, "ann@people.example", name="=cmd()")
    sent(job, "bo@people.example", name="Bo")
    sent(job, "cy@people.example", name="Cy", status="withdrawn", closed_at=timezone.now())
    answer = team.post(reverse("careers:applicant-export", args=[job.public_id]))
    rows = list(csv.reader(b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()))
    day = f"{timezone.localdate():%Y-%m-%d}"
    assert rows[1:] == [[str(job.pk), day, "'=cmd()", "", "Opened", "", "no"]]  # addresses stay hidden
    assert answer["Content-Disposition"] == f'attachment; filename="applicants-{job.pk}-{day}.csv"'
    assert answer["Cache-Control"] == "private, no-store"
    assert [(look.application.email, look.part) for look in ApplicationOpening.objects.all()] == [
        ("ann@people.example", "listed")
    ]
    own = JobApplication.objects.get(email="ann@people.example").get_absolute_url()
    assert "Your name, and your address where you show it, in a list" in client_of(make_user()).get(own).text


def test_before_both_have_said_yes_the_table_names_nobody():
    job = live_job(confidential=True, public_employer_name="A health system")
    ann = opened(job, "ann@people.example", name="Annabel Lee")
    answer = client_of(make_member(job.employer)).post(reverse("careers:applicant-export", args=[job.public_id]))
    table = b"".join(answer.streaming_content).decode()
    assert ann.alias in table
    assert "Annabel" not in table
    assert "ann@" not in table
    assert not ApplicationOpening.objects.exists()


# Numbers, the day's ten, and a year -----------------------------------------------------------------------------------
def test_numbers_in_a_message_are_asked_about_once(client, job):
    address = reverse("careers:job-apply", args=[job.pk])
    written = typed(message="My DEA number is AB1234563, and I live at 42 North Elm Street.")
    asked = client.post(address, written, headers=HERE)
    assert asked.status_code == 422
    assert "looks like a DEA number" in asked.text
    assert "looks like a street address" in asked.text
    assert written["message"] in unescape(asked.text)
    mark = re.search(r'name="keep" value="(\w+)"', asked.text)[1]
    assert client.post(address, {**written, "keep": "other"}, headers=HERE).status_code == 422
    assert client.post(address, {**written, "keep": mark}, headers=HERE).status_code == 302
    assert JobApplication.objects.count() == 1


def test_what_is_erased_makes_no_room_for_another():
    person, jobs = make_user(), [live_job(takes_applications=True) for _ in range(11)]
    for job in jobs[:10]:
        applications.forget_applications([applications.apply_to_job(job, WANTED, by=person)])
    assert not JobApplication.objects.exists()
    with pytest.raises(applications.ApplicationsFull):
        applications.apply_to_job(jobs[10], WANTED, by=person)


def test_after_a_year_an_application_goes_even_if_its_position_was_filled_early():
    now = timezone.now()
    filled = live_job(days_ago=500, takes_applications=True, ends_at=now - timedelta(days=300))
    filled.status, filled.taken_down_at = "filled", now - timedelta(days=400)
    filled.save()
    old = sent(filled, sent_at=now - timedelta(days=450))
    kept = sent(live_job(takes_applications=True), "b@people.example", sent_at=now - timedelta(days=450))
    assert retention.APPLICATIONS.days == 365
    assert retention.APPLICATIONS.forget(now - timedelta(days=365)) == 1
    assert list(JobApplication.objects.all()) == [kept]
    assert old != kept


def test_a_description_in_place_of_a_name_is_small_within_a_sentence():
    job = live_job(confidential=True, public_employer_name="A health system by the sea")
    applications.apply_to_job(job, WANTED, by=make_user("ann@people.example"))
    text = " ".join(OutgoingEmail.objects.get(template="careers/application_receipt").text.split())
    assert "Your application for “Interventional pain physician”" in text
    assert "has gone to a health system by the sea." in text
