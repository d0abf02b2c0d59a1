"""The staff's side: the queue, the decisions by buttons, and who may press them."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from aapm_site.core.roles import CAREERS_STAFF, CONTENT_EDITOR
from aapm_site.mail.models import OutgoingEmail
from careers.models import Job, Package
from careers.screening import warnings_for
from careers.states import JobStatus

from .factories import live_job, make_employer, make_job, make_member, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client, settings):
    settings.STAFF_MFA_REQUIRED = False
    user = make_user(is_staff=True)
    user.groups.add(Group.objects.get(name=CAREERS_STAFF))
    client.force_login(user)
    return user


def decide(client, job: Job, verb: str, **data: str):
    return client.post(reverse("admin:careers_job_decide", args=[job.pk, verb]), data)


def test_staff_approve_by_a_button_after_a_confirmation(client, staff):
    job = make_job(status=JobStatus.IN_REVIEW)
    member = make_member(job.employer)
    change = client.get(reverse("admin:careers_job_change", args=[job.pk])).content.decode()
    confirm = reverse("admin:careers_job_decide", args=[job.pk, "approve"])
    assert confirm in change
    assert client.get(confirm).status_code == 200
    assert Job.objects.get().status == JobStatus.IN_REVIEW

    response = decide(client, job, "approve")

    assert response.status_code == 302
    assert Job.objects.get().is_live()
    assert OutgoingEmail.objects.get().to == member.email
    assert client.get(job.get_absolute_url()).status_code == 200
    assert job.status_changes.get().by == staff


def test_sending_back_asks_for_the_reason(client, staff):
    job = make_job(status=JobStatus.IN_REVIEW)
    make_member(job.employer)
    assert decide(client, job, "return", reason=" ").status_code == 422
    assert Job.objects.get().status == JobStatus.IN_REVIEW

    decide(client, job, "return", reason="Which pay is it?")

    assert Job.objects.get().status == JobStatus.RETURNED
    assert "Which pay is it?" in OutgoingEmail.objects.get().text


@pytest.mark.parametrize(("verb", "status"), [("withdraw", "withdrawn"), ("pause", "paused")])
def test_taking_down_asks_for_the_reason(client, staff, verb, status):
    job = live_job()
    assert decide(client, job, verb).status_code == 422
    decide(client, job, verb, reason="It is not medicine.")
    assert Job.objects.get().status == status


def test_the_second_decision_is_told_that_the_first_was_made(client, staff):
    job = make_job(status=JobStatus.IN_REVIEW)
    decide(client, job, "approve")
    response = client.post(reverse("admin:careers_job_decide", args=[job.pk, "return"]), {"reason": "x"}, follow=True)
    assert "Somebody has decided already" in response.content.decode()
    assert Job.objects.get().status == JobStatus.APPROVED


@pytest.mark.parametrize("verb", ["approve", "return", "withdraw"])
def test_who_has_no_such_right_presses_in_vain(client, settings, verb):
    settings.STAFF_MFA_REQUIRED = False
    job = make_job(status=JobStatus.IN_REVIEW)
    user = make_user(is_staff=True)
    user.groups.add(Group.objects.get(name=CONTENT_EDITOR))
    client.force_login(user)
    assert decide(client, job, verb, reason="x").status_code == 403
    assert Job.objects.get().status == JobStatus.IN_REVIEW


def test_the_queue_is_oldest_first_with_its_age(client, staff):
    employer = make_employer()
    now = timezone.now()
    for title, days in (("Second", 2), ("First", 5), ("Third", 1)):
        make_job(employer, title=title, status=JobStatus.IN_REVIEW, submitted_at=now - timedelta(days=days))
    live_job(employer, title="Live")

    response = client.get(reverse("admin:careers_job_changelist") + "?stage=review")

    assert [job.title for job in response.context["cl"].result_list] == ["First", "Second", "Third"]
    assert "5\xa0days" in response.content.decode()


def test_a_correction_is_written_and_nothing_else(client, staff):
    job = live_job()
    url = reverse("admin:careers_job_change", args=[job.pk])
    data = {"title": "Pain physician", "summary": job.summary, "body": job.body, "benefits": "", "pay_note": ""}
    client.post(url, {**data, "status": "filled", "pay_min": "1", "employer": "99"})
    job.refresh_from_db()
    assert (job.title, job.slug, job.status, job.pay_min) == ("Pain physician", "pain-physician", "approved", 365000)


def test_every_page_of_the_room_opens(client, staff):
    job = make_job(status=JobStatus.IN_REVIEW)
    make_member(job.employer)
    package = Package.objects.create(slug="one", name="One", price=99)
    for name, row in (("job", job), ("employer", job.employer), ("package", package)):
        for view, arguments in (("changelist", []), ("change", [row.pk]), ("history", [row.pk])):
            url = reverse(f"admin:careers_{name}_{view}", args=arguments)
            assert client.get(url).status_code == 200, url
    for name in ("employer", "package"):
        assert client.get(reverse(f"admin:careers_{name}_add")).status_code == 200
    assert client.get(reverse("careers:posting-preview", args=[job.public_id])).status_code == 200
    for group in ("live", "waiting", "review", "back", "draft", "paused", "scheduled", "ended"):
        assert client.get(reverse("admin:careers_job_changelist") + f"?stage={group}").status_code == 200


def test_a_renamed_employer_is_renamed_on_its_postings(client, staff):
    job = live_job()
    employer = job.employer
    data = {"name": "New Name", "slug": employer.slug, "kind": employer.kind, "website": "", "about": ""}
    prefixes = ("members", "invitations")
    data |= {f"{prefix}-{form}": "0" for prefix in prefixes for form in ("TOTAL_FORMS", "INITIAL_FORMS")}
    client.post(reverse("admin:careers_employer_change", args=[employer.pk]), data)
    job.refresh_from_db()
    assert job.public_employer_name == "New Name"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"summary": "For a young and energetic physician."}, "age"),
        ({"summary": "Native speaker wanted."}, "national origin"),
        ({"title": "PAIN PHYSICIAN"}, "capitals"),
        (
            {"confidential": True, "public_employer_name": "A clinic", "apply_url": "https://x.example"},
            "give the employer",
        ),
    ],
)
def test_the_reader_is_told_what_to_look_at_twice(words, sentence):
    employer = make_employer(verified=True)
    plain = make_job(employer, title="Another title")
    assert warnings_for(plain) == []
    (warning,) = warnings_for(make_job(employer, **words))
    assert sentence in warning


def test_a_near_twin_and_an_unknown_employer_are_named():
    employer = make_employer()
    first = live_job(employer)
    warnings = warnings_for(make_job(employer))
    assert "Nobody has verified this employer yet." in warnings
    assert any(f"posting {first.number}" in warning for warning in warnings)
