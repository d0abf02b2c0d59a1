"""Mutual reveal: the whole table, and that no page, letter or file of either side says more than it allows."""

import itertools

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.models import OutgoingEmail
from careers.application_states import JobApplicationStatus
from careers.domain import applications
from careers.models import Job, JobApplication
from careers.reveal import Revealed, revealed
from tests.factories import client_of

from .cvs import pdf_cv
from .factories import live_job, make_employer, make_member, make_user

pytestmark = pytest.mark.django_db
EMPLOYER, PUBLIC = "Canary-7Q Clinic", "A clinic by the sea"
NAME, EMAIL = "Ottilie Wren", "ottilie@people.example"
HERE = {"Sec-Fetch-Site": "same-origin"}

# confidential, named, agreed: employer knows person, person knows employer, may name itself, may say yes
TABLE = {
    (False, False, False): (True, True, False, False),
    (False, False, True): (True, True, False, False),
    (False, True, False): (True, True, False, False),
    (False, True, True): (True, True, False, False),
    (True, False, False): (False, False, True, False),
    # A yes to nobody in particular reveals nobody.
    (True, False, True): (False, False, True, False),
    (True, True, False): (False, True, False, True),
    (True, True, True): (True, True, False, False),
}


def test_the_whole_table():
    assert set(TABLE) == set(itertools.product((False, True), repeat=3))
    for (confidential, named, agreed), row in TABLE.items():
        assert revealed(confidential=confidential, named=named, agreed=agreed) == Revealed(*row)


@pytest.fixture
def job() -> Job:
    return live_job(make_employer(EMPLOYER), confidential=True, public_employer_name=PUBLIC)


def sent(job: Job, client=None) -> JobApplication:
    """Sent through the page, with a CV, by somebody with an account."""
    client = client or client_of(make_user(EMAIL, first_name="Ottilie", last_name="Wren"))
    file = SimpleUploadedFile("Ottilie_Wren.pdf", pdf_cv(NAME))
    data = {"name": NAME, "message": "I have run a block suite for nine years.", "cv": file}
    answer = client.post(reverse("careers:job-apply", args=[job.pk]), data, headers=HERE)
    assert answer.status_code == 302
    return JobApplication.objects.get(job=job)


def employer_reads(client, application: JobApplication) -> str:
    """Every page that the team may open about it, one after the other."""
    pages = [
        reverse("careers:applicant-list", args=[application.job.public_id]),
        reverse("careers:applicant-detail", args=[application.public_id]),
        reverse("careers:applicant-name", args=[application.public_id]),
        reverse("careers:employer-board", args=[application.job.employer.public_id]),
    ]
    return "".join(client.get(page, follow=True).text for page in pages)


def person_reads(client, application: JobApplication) -> str:
    pages = (
        reverse("careers:application-list"),
        reverse("careers:application-detail", args=[application.public_id]),
        application.job.get_absolute_url(),
        "/account/",
    )
    return "".join(client.get(page).text for page in pages)


def mailed(to: str) -> str:
    return "".join(f"{one.subject}{one.text}{one.html}" for one in OutgoingEmail.objects.filter(to=to))


def test_both_stay_unknown_until_both_have_said_yes(job):
    owner = make_member(job.employer)
    person = make_user(EMAIL, first_name="Ottilie", last_name="Wren")
    team, seeker = client_of(owner), client_of(person)
    application = sent(job, seeker)
    detail = reverse("careers:applicant-detail", args=[application.public_id])
    cv = reverse("careers:applicant-cv", args=[application.public_id])
    team.post(reverse("careers:applicant-open", args=[application.public_id]))

    def hidden_from_employer():
        said = employer_reads(team, application) + mailed(owner.email)
        assert "block suite for nine years" in said
        assert application.alias in said
        for secret in ("Ottilie", "Wren", EMAIL):
            assert secret not in said
        assert team.post(cv)["Location"] == detail
        assert not application.looks.filter(part="cv").exists()

    def hidden_from_person():
        said = person_reads(seeker, application) + mailed(EMAIL)
        assert PUBLIC in said
        assert "Canary" not in said

    hidden_from_employer()
    hidden_from_person()

    # A yes before the employer has said who it is, is none.
    own = reverse("careers:application-detail", args=[application.public_id])
    seeker.post(own, {"do": "agree"})
    application.refresh_from_db()
    assert application.agreed_at is None

    name = reverse("careers:applicant-name", args=[application.public_id])
    assert "Tell" in team.get(name).text
    team.post(name)
    hidden_from_employer()
    assert EMPLOYER in person_reads(seeker, application)
    assert EMPLOYER in mailed(EMAIL)

    seeker.post(own, {"do": "agree"})
    said = employer_reads(team, application)
    assert NAME in said
    assert EMAIL in said
    assert "Ottilie" not in mailed(owner.email)
    answer = team.post(cv)
    assert b"".join(answer.streaming_content) == pdf_cv(NAME) or answer["Content-Type"] == "application/pdf"
    assert [look.part for look in application.looks.all()] == ["cv", "application"]


def test_who_withdraws_stays_unknown(job):
    application = sent(job)
    team = client_of(make_member(job.employer))
    applications.name_employer(application, by=None)
    applications.withdraw_application(application, by=None)
    said = employer_reads(team, application)
    assert application.alias in said
    assert "block suite" not in said
    assert "Ottilie" not in said
    with pytest.raises(NotAllowed, match="Withdrawn"):
        applications.agree_to_reveal(application)


def test_before_the_yes_an_employer_can_only_decline(job):
    application = applications.open_application(sent(job), by=make_member(job.employer))
    for status in (JobApplicationStatus.IN_CONTACT, JobApplicationStatus.HIRED):
        with pytest.raises(NotAllowed, match="who this is"):
            applications.decide_application(application, status, by=None)
    done = applications.decide_application(application, JobApplicationStatus.DECLINED, by=None, words="Not now.")
    assert done.status == JobApplicationStatus.DECLINED
    assert "Canary" not in mailed(EMAIL)


def test_one_names_itself_once_and_only_where_it_is_unknown(job):
    application = sent(job)
    applications.name_employer(application, by=None)
    with pytest.raises(NotAllowed, match="already"):
        applications.name_employer(application, by=None)
    assert [one.template for one in OutgoingEmail.objects.filter(to=EMAIL)].count("careers/application_named") == 1
    open_job = live_job(takes_applications=True)
    other = sent(open_job, client_of(make_user("b@people.example")))
    with pytest.raises(NotAllowed, match="already"):
        applications.name_employer(other, by=None)


def test_the_database_keeps_a_yes_to_nobody_out(job):
    application = sent(job)
    with pytest.raises(IntegrityError), transaction.atomic():
        JobApplication.objects.filter(pk=application.pk).update(agreed_at=timezone.now())


@pytest.mark.parametrize(
    "said", [NAME.lower(), NAME.split()[0], NAME.split()[1], EMAIL.upper(), EMAIL.partition("@")[0], f"({NAME})"]
)
def test_a_message_that_says_who_one_is_comes_back(job, client, said):
    data = {"name": NAME, "email": EMAIL, "message": f"I am {said}, and glad to come."}
    answer = client.post(reverse("careers:job-apply", args=[job.pk]), data, headers=HERE)
    assert answer.status_code == 422
    assert "in your message says who you are" in answer.text
    assert "and glad to come" in answer.text
    assert not JobApplication.objects.exists()


def test_a_word_that_is_like_a_name_may_stay(job, client):
    data = {"name": "Hope Al Young", "email": EMAIL, "message": "I hope to work with young people, also at night."}
    answer = client.post(reverse("careers:job-apply", args=[job.pk]), data, headers=HERE)
    assert answer["Location"] == reverse("careers:application-asked")


@pytest.mark.parametrize("field", ["apply_url", "apply_email"])
def test_a_confidential_position_has_no_other_way_to_apply(job, field):
    value = "https://canary.example" if field == "apply_url" else "hr@canary.example"
    for change in ({field: value}, {"takes_applications": False}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Job.objects.filter(pk=job.pk).update(**change)
