"""Messages between an applicant and an employer: said on the site alone, told of by letters, reported to staff."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.models import OutgoingEmail
from careers import privacy
from careers.choices import MemberRole
from careers.domain import application_messages, applications
from careers.models import JobApplicationMessage, ReplyClock
from careers.telling_words import telling_of_employer, telling_of_person
from tests import racing
from tests.factories import client_of, staff_client, staff_user

from .factories import live_job, make_employer, make_member, make_user
from .test_application_notes import opened_by, page_of
from .test_applications import HERE, letters, sent
from .test_board import room_queries

pytestmark = pytest.mark.django_db
SAID = "Could you begin in March?"


@pytest.fixture
def job():
    return live_job(takes_applications=True)


@pytest.fixture
def poster(job):
    return make_member(job.employer, MemberRole.POSTER, first_name="Pat", last_name="Ruiz")


@pytest.fixture
def application(job, poster):
    return opened_by(sent(job, status="viewed"), poster)


def by_link(application) -> str:
    return reverse("careers:application-by-link", args=[application.token])


def write(user, application, text: str = SAID, **more):
    address = reverse("careers:applicant-message", args=[application.public_id])
    return client_of(user).post(address, {"text": text, **more})


def answer(client, application, text: str = "In April.", **more):
    return client.post(by_link(application), {"do": "message", "text": text, **more}, headers=HERE)


def said() -> list[tuple[bool, str]]:
    return list(JobApplicationMessage.objects.values_list("by_employer", "text"))


# Two sides ------------------------------------------------------------------------------------------------------------
def test_both_write_on_the_site_and_no_letter_holds_a_word_of_it(client, application, poster):
    assert write(poster, application, "Could you <b>begin</b> in March?").status_code == 302
    assert "Could you &lt;b&gt;begin&lt;/b&gt; in March?" in client.get(by_link(application)).text
    assert "Pat Ruiz" not in client.get(by_link(application)).text  # whoever of the employer it was
    gone = answer(client, application)
    assert gone["Location"] == f"{by_link(application)}#talk"
    page = client_of(poster).get(page_of(application)).text
    assert "In April." in page
    assert "Pat Ruiz" in page
    assert letters(application.email) == ["message"]
    assert letters(poster.email) == ["reply"]
    for letter in OutgoingEmail.objects.all():
        for part in (letter.subject, letter.text, letter.html):
            assert "March" not in part
            assert "April" not in part
            assert application.name not in part or letter.to == application.email


def test_no_letter_goes_to_whoever_wants_none(application, poster):
    applications.set_letters(application, wanted=False)
    write(poster, application)
    assert letters() == []
    assert said() == [(True, SAID)]


def test_a_person_with_an_account_writes_too(job, poster):
    person = make_user()
    application = opened_by(sent(job, person.email, user=person, status="viewed"), poster)
    page = reverse("careers:application-detail", args=[application.public_id])
    gone = client_of(person).post(page, {"do": "message", "text": "May I ask?"})
    assert gone["Location"] == f"{page}#talk"
    assert JobApplicationMessage.objects.get().by == person
    assert client_of(make_user()).post(page, {"do": "message", "text": "x"}).status_code == 404


def test_from_another_site_nothing_is_taken_and_the_text_stays(client, application):
    answered = client.post(
        by_link(application), {"do": "message", "text": "In April."}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answered.status_code == 403
    assert "In April." in answered.text
    assert said() == []


def test_viewers_read_and_do_not_write(application, job, poster):
    viewer = make_member(job.employer, MemberRole.VIEWER)
    opened_by(application, viewer)
    write(poster, application)
    page = client_of(viewer).get(page_of(application)).text
    assert SAID in page
    assert "Send the message" not in page
    assert write(viewer, application).status_code == 404


def test_other_employers_and_those_who_have_not_opened_it_write_nothing(application, job):
    for user in (make_member(make_employer()), make_member(job.employer)):
        assert write(user, application).status_code == 404
    assert said() == []


def test_a_message_is_an_answer(client, application, poster, job):
    write(poster, application)
    application.refresh_from_db()
    assert application.answered_at
    assert ReplyClock.objects.get(employer=job.employer).counted == 1
    first = application.answered_at
    answer(client, application)
    write(poster, application, "Good.")
    application.refresh_from_db()
    assert application.answered_at == first


def test_an_applicants_words_are_no_answer_of_the_employer(client, application):
    answer(client, application)
    application.refresh_from_db()
    assert application.answered_at is None


# Limits ---------------------------------------------------------------------------------------------------------------
def test_after_three_without_an_answer_one_waits(client, application, poster):
    for number in range(3):
        assert write(poster, application, f"{number}").status_code == 302
    refused = write(poster, application, "A fourth.")
    assert refused.status_code == 422
    assert application_messages.WAIT in refused.text
    assert "A fourth." in refused.text
    answer(client, application)
    assert write(poster, application, "A fourth.").status_code == 302


def test_twenty_a_day(application, poster):
    for number in range(20):
        application_messages.write_message(application, f"{number}", by=poster, by_employer=True)
        JobApplicationMessage.objects.create(application=application, text=f"answer {number}", by_employer=False)
    with pytest.raises(NotAllowed, match="within a day"):
        application_messages.write_message(application, "one more", by=poster, by_employer=True)
    JobApplicationMessage.objects.update(sent_at=timezone.now() - timedelta(days=2))
    application_messages.write_message(application, "one more", by=poster, by_employer=True)


def test_the_same_words_twice_are_one_message(application, poster):
    write(poster, application)
    write(poster, application)
    assert said() == [(True, SAID)]
    assert letters(application.email) == ["message"]


@pytest.mark.parametrize("text", ["", " \n ", "a\x00b", "x" * 10_000])
def test_what_is_no_message_comes_back(client, application, poster, text):
    assert write(poster, application, text).status_code == 422
    assert answer(client, application, text).status_code == 422
    assert said() == []


def test_nothing_is_said_after_a_withdrawal(client, application, poster):
    write(poster, application)
    applications.withdraw_application(application, by=None)
    page = client_of(poster)
    page.post(reverse("careers:applicant-message", args=[application.public_id]), {"text": "Oh."})
    answer(client, application)
    assert said() == [(True, SAID)]
    assert application_messages.WITHDRAWN in page.get(page_of(application)).text
    assert application_messages.WITHDRAWN in client.get(by_link(application)).text


# On a confidential posting --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Come to Harborlane!", "Harborlane"),
        ("HARBORLANE looks for you.", "HARBORLANE"),
        ("See harborlane.example for more", "harborlane.example"),
        ("We are the harborlane pain & spine group.", "harborlane pain & spine"),
        ("At HPS we work late.", "HPS"),
        ("Write to pat@harborlane.example", "pat@harborlane.example"),
        ("Yours, Ruiz", "Ruiz"),
        ("We treat pain and the spine in a center of ours.", ""),
        ("A walk in the harbor lane.", ""),
    ],
)
def test_what_tells_an_employer(text, found):
    known = {"name": "Harborlane Pain & Spine", "domain": "harborlane.example"}
    assert telling_of_employer(text, **known, writer="Pat Ruiz", address="pat@harborlane.example") == found


def test_a_shared_domain_tells_nobody():
    text = "I use gmail.com at home."
    assert not telling_of_employer(text, name="Lakeside", domain="", writer="Pat Ruiz", address="pat@gmail.com")


def test_what_tells_a_person():
    assert telling_of_person("Yours, Ines", name="Ines Duarte", address="ines@people.example") == "Ines"
    assert telling_of_person("I hope so.", name="Hope Lind", address="h@people.example") == ""


@pytest.fixture
def hidden(poster):
    employer = make_employer("Harborlane Pain & Spine")
    job = live_job(employer, confidential=True, public_employer_name="A health system")
    member = make_member(employer, first_name="Olwen", last_name="Marsh")
    return opened_by(sent(job, status="viewed"), member), member


def keep_of(page) -> str:
    return re.search(r'name="keep" value="(\w+)"', page.text)[1]


def test_a_message_that_names_the_employer_is_asked_about_once(hidden, client):
    application, member = hidden
    asked = write(member, application, "Harborlane would suit you.")
    assert asked.status_code == 422
    assert "“Harborlane” in your message may tell" in asked.text
    assert said() == []
    # Other words are asked about anew.
    other = write(member, application, "Harborlane, by the sea.", keep=keep_of(asked))
    assert other.status_code == 422
    assert write(member, application, "Harborlane, by the sea.", keep=keep_of(other)).status_code == 302
    assert said() == [(True, "Harborlane, by the sea.")]
    assert ReplyClock.objects.count() == 0
    letter = OutgoingEmail.objects.get(to=application.email)
    for part in (letter.subject, letter.text, letter.html):
        assert "Harborlane" not in part
    page = client.get(by_link(application)).text
    assert "A health system" in page
    assert "Olwen" not in page


def test_an_applicant_is_asked_too_and_letters_name_nobody(hidden, client):
    application, member = hidden
    asked = answer(client, application, "Yours, Ines")
    assert asked.status_code == 422
    assert "“Ines” in your message may tell" in asked.text
    assert answer(client, application, "Yours, Ines", keep=keep_of(asked)).status_code == 302
    letter = OutgoingEmail.objects.get(to=member.email)
    assert "Ines" not in letter.text + letter.subject + letter.html
    page = client_of(member).get(page_of(application)).text
    assert application.alias in page
    assert "Duarte" not in page


def test_once_both_are_named_nothing_is_asked(hidden, client):
    application, member = hidden
    applications.name_employer(application, by=member)
    assert write(member, application, "Harborlane would suit you.").status_code == 302
    assert answer(client, application, "Yours, Ines").status_code == 422
    applications.agree_to_reveal(application)
    assert answer(client, application, "Yours, Ines").status_code == 302


# Reported -------------------------------------------------------------------------------------------------------------
def reported(client, application) -> JobApplicationMessage:
    row = application.talk.get()
    client.post(by_link(application), {"do": "report", "message": row.pk}, headers=HERE)
    row.refresh_from_db()
    return row


def test_a_report_tells_staff_without_the_text(client, application, poster):
    write(poster, application, "Send me 200 dollars first.")
    row = reported(client, application)
    assert row.reported_at
    letter = OutgoingEmail.objects.get(template="careers/application_message_reported")
    assert "dollars" not in letter.text + letter.subject + letter.html
    staff = staff_client("Careers staff")
    assert "dollars" in staff.get(reverse("admin:careers_jobapplicationmessage_change", args=[row.pk])).text
    client.post(by_link(application), {"do": "report", "message": row.pk}, headers=HERE)
    assert OutgoingEmail.objects.filter(template="careers/application_message_reported").count() == 1
    assert "reported to our staff" in client.get(by_link(application)).text
    assert "reported to our staff" not in client_of(poster).get(page_of(application)).text


def test_staff_read_only_what_was_reported(application, poster):
    write(poster, application)
    staff = staff_client("Careers staff")
    address = reverse("admin:careers_jobapplicationmessage_change", args=[application.talk.get().pk])
    assert staff.get(address, follow=True).status_code in {200, 404}
    assert SAID not in staff.get(address, follow=True).text
    assert SAID not in staff.get(reverse("admin:careers_jobapplicationmessage_changelist")).text


def test_what_staff_remove_is_gone_for_both(client, application, poster):
    write(poster, application, "Send me 200 dollars first.")
    row = reported(client, application)
    done = application_messages.settle_message(row, by=staff_user("Careers staff"), removes=True)
    assert done.text == ""
    for page in (client.get(by_link(application)).text, client_of(poster).get(page_of(application)).text):
        assert "Our staff have removed this message." in page
        assert "dollars" not in page
    with pytest.raises(NotAllowed, match="decided already"):
        application_messages.settle_message(row, by=staff_user("Careers staff"), removes=False)


def test_one_reports_the_other_side_alone(client, application, poster):
    write(poster, application)
    row = application.talk.get()
    address = reverse("careers:applicant-report", args=[application.public_id, row.pk])
    assert client_of(poster).post(address).status_code == 404
    with pytest.raises(NotAllowed, match="own side"):
        application_messages.report_message(row, by_employer=True)
    row.refresh_from_db()
    assert row.reported_at is None


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 40, "١"])
def test_odd_numbers_report_nothing(client, application, poster, number):
    write(poster, application)
    client.post(by_link(application), {"do": "report", "message": number}, headers=HERE)
    assert application.talk.get().reported_at is None


def test_nobody_reports_by_an_application_of_their_own(client, application, poster):
    write(poster, application)
    other = sent(application.job, "other@people.example", status="viewed")
    client.post(by_link(other), {"do": "report", "message": application.talk.get().pk}, headers=HERE)
    assert application.talk.get().reported_at is None


# Kept and forgotten ---------------------------------------------------------------------------------------------------
def test_messages_are_in_the_export_and_go_with_the_application(client, application, poster):
    write(poster, application)
    answer(client, application)
    kept = privacy.application_data(application)["messages"]
    assert [(one["from"], one["text"]) for one in kept] == [("the employer", SAID), ("you", "In April.")]
    assert [one["text"] for one in privacy.export(poster)["messages_to_applicants"]] == [SAID]
    privacy.erase(poster)
    assert JobApplicationMessage.objects.filter(by=None).count() == 2
    applications.forget_applications([application])
    assert said() == []


@pytest.mark.parametrize("rows", [1, 60])
def test_both_pages_take_as_many_queries_however_many_messages(application, client, rows):
    person = make_member(application.job.employer)
    opened_by(application, person)
    JobApplicationMessage.objects.bulk_create(
        JobApplicationMessage(application=application, text=f"{number}", by=person, by_employer=number % 2 == 0)
        for number in range(rows)
    )
    assert room_queries(client, by_link(application)) == 4
    client.force_login(person, backend="aapm_site.accounts.backends.AccountBackend")
    assert room_queries(client, page_of(application)) == 7


# Two at once ----------------------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_three_are_sent(job, poster):
    application = sent(job, status="viewed")
    colleague = make_member(job.employer)
    tries = [(by, f"{by.pk} {number}") for by in (poster, colleague) for number in range(3)]
    done = racing.at_once(
        *[
            lambda by=by, text=text: application_messages.write_message(application, text, by=by, by_employer=True)
            for by, text in tries
        ]
    )
    assert sum(isinstance(one, JobApplicationMessage) for one in done) == 3
    assert {str(one) for one in done if isinstance(one, Exception)} == {application_messages.WAIT}
    assert len(said()) == 3


@pytest.mark.django_db(transaction=True)
def test_answering_and_erasing_at_once_leaves_nothing(job, poster):
    for number in range(4):
        application = sent(job, f"a{number}@people.example", status="viewed")
        done = racing.at_once(
            lambda one=application: application_messages.write_message(one, SAID, by=poster, by_employer=True),
            lambda one=application: applications.forget_applications([one]),
        )
        assert done[1] is None
        assert isinstance(done[0], JobApplicationMessage) or str(done[0]) == applications.ERASED
    assert said() == []
