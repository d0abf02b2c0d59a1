"""Applying on the site: with an account and without, to the last step, and what is kept of it."""

import json
import re
from datetime import UTC, datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from aapm_site.accounts.domain import privacy
from aapm_site.core.files import private
from aapm_site.core.http import view_counts
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.models import OutgoingEmail
from careers import retention
from careers.application_states import JobApplicationStatus
from careers.choices import MemberRole, SavedStage
from careers.domain import applications, cv, jobs, profiles
from careers.domain.applications import WantedApplication
from careers.models import Job, JobApplication, SavedJob
from careers.privacy import export
from careers.queries.boards import JOB_APPLY
from careers.views import applications as application_views
from tests.factories import client_of

from .cvs import changed_pdf, docx_cv, pdf_cv
from .factories import live_job, make_employer, make_job, make_member, make_user, profession
from .test_board import room_queries

pytestmark = pytest.mark.django_db
HERE = {"Sec-Fetch-Site": "same-origin"}
EMAIL = "ines@people.example"
MOMENT = datetime(2026, 11, 1, tzinfo=UTC)
MESSAGE = "I would like to work by the lake."
WANTED = WantedApplication("Ines Duarte", MESSAGE)


def open_job(**fields) -> Job:
    return live_job(takes_applications=True, **fields)


def typed(**more) -> dict:
    return {"name": "Ines Duarte", "email": EMAIL, "message": MESSAGE, **more}


def cv_file(content: bytes = b"", name: str = "cv.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or pdf_cv())


def send(client, job: Job, headers=HERE, **more):
    return client.post(reverse("careers:job-apply", args=[job.pk]), typed(**more), headers=headers)


def sent(job: Job | None = None, email: str = EMAIL, **fields) -> JobApplication:
    """As sent without an account."""
    now = timezone.now()
    row = {"name": "Ines Duarte", "message": MESSAGE, "status": "sent", "sent_at": now, **fields}
    return JobApplication.objects.create(job=job or open_job(), email=email, **row)


def letters(to: str = "") -> list[str]:
    found = OutgoingEmail.objects.order_by("pk")
    return [mail.template.removeprefix("careers/application_") for mail in (found.filter(to=to) if to else found)]


def kept_files(tmp_path) -> list[str]:
    return [path.name for path in (tmp_path / "private").rglob("*") if path.is_file()]


def link_in(template: str, part: str) -> str:
    text = OutgoingEmail.objects.filter(template=f"careers/application_{template}").latest("pk").text
    return re.search(rf"https?://[^/\s]+(/career-center/applications/{part}/\S+)", text)[1]


# With an account ------------------------------------------------------------------------------------------------------
def test_somebody_applies_and_the_employer_answers(tmp_path):
    job = open_job()
    owner, person = make_member(job.employer), make_user(EMAIL, first_name="Ines", last_name="Duarte")
    SavedJob.objects.create(user=person, job=job)
    seeker, team = client_of(person), client_of(owner)
    form = seeker.get(reverse("careers:job-apply", args=[job.pk])).text
    assert 'value="Ines Duarte"' in form
    assert 'name="email"' not in form

    answer = send(seeker, job, cv=cv_file(name="../my cv.pdf"))
    application = JobApplication.objects.get()
    own = reverse("careers:application-detail", args=[application.public_id])
    assert answer["Location"] == own
    assert (application.user, application.email, application.status) == (person, EMAIL, "sent")
    assert application.cv_name == "my cv.pdf"
    assert len(kept_files(tmp_path)) == 1
    assert letters(EMAIL) == ["receipt"]
    assert letters(owner.email) == ["new"]
    assert SavedJob.objects.get().stage == SavedStage.APPLIED
    assert "Nobody yet" in seeker.get(own).text
    assert send(seeker, job)["Location"] == own  # a second press leads to the first

    listed = team.get(reverse("careers:applicant-list", args=[job.public_id])).text
    assert "Ines Duarte" in listed
    detail = reverse("careers:applicant-detail", args=[application.public_id])
    assert MESSAGE not in team.get(detail).text
    application.refresh_from_db()
    assert (application.status, application.looks.count()) == ("sent", 0)

    team.post(reverse("careers:applicant-open", args=[application.public_id]))
    assert MESSAGE in team.get(detail).text
    file = team.post(reverse("careers:applicant-cv", args=[application.public_id]))
    assert file["Content-Disposition"] == 'attachment; filename="my cv.pdf"'
    assert file["Cache-Control"] == "private, no-store"
    assert b"".join(file.streaming_content).startswith(b"%PDF-")
    assert [(look.part, look.by) for look in application.looks.order_by("pk")] == [
        ("application", owner),
        ("cv", owner),
    ]
    page = seeker.get(own).text
    assert "Your CV" in page
    assert "Your application" in page

    decide = reverse("careers:applicant-decide", args=[application.public_id])
    assert team.post(decide, {"to": "sent"}).status_code == 422
    team.post(decide, {"to": "in_contact", "words": "Could you call on Monday?"})
    team.post(decide, {"to": "hired"})
    application.refresh_from_db()
    assert application.status == "hired"
    assert application.closed_at is not None
    assert letters(EMAIL) == ["receipt", "changed", "changed", "changed"]
    assert "Could you call on Monday?" in OutgoingEmail.objects.filter(to=EMAIL).order_by("pk")[2].text
    assert "Could you call on Monday?" in seeker.get(own).text
    assert [one.to_status for one in application.status_changes.all()] == ["hired", "in_contact", "viewed", "sent"]


def test_the_person_withdraws_and_the_cv_goes(tmp_path, django_capture_on_commit_callbacks):
    job = open_job()
    owner, person = make_member(job.employer), make_user(EMAIL)
    seeker = client_of(person)
    send(seeker, job, cv=cv_file(docx_cv(), "cv.docx"))
    application = JobApplication.objects.get()
    own = reverse("careers:application-detail", args=[application.public_id])
    with django_capture_on_commit_callbacks(execute=True):
        seeker.post(own, {"do": "withdraw"})
    assert kept_files(tmp_path) == []
    assert letters(owner.email) == ["new", "withdrawn"]
    team = client_of(owner)
    detail = reverse("careers:applicant-detail", args=[application.public_id])
    assert "It is withdrawn" in team.get(detail).text
    assert MESSAGE not in team.get(detail).text
    assert team.post(reverse("careers:applicant-cv", args=[application.public_id]))["Location"] == detail
    decided = team.post(reverse("careers:applicant-decide", args=[application.public_id]), {"to": "hired"})
    assert decided.status_code == 422

    assert send(seeker, job).status_code == 302
    assert JobApplication.objects.sent().filter(job=job).count() == 2


def test_an_employer_may_think_again_and_the_person_gets_letters_as_they_wish():
    job = open_job()
    person = make_user(EMAIL)
    application = applications.apply_to_job(job, WANTED, by=person)
    seeker = client_of(person)
    own = reverse("careers:application-detail", args=[application.public_id])
    seeker.post(own, {"do": "no-letters"})
    with pytest.raises(NotAllowed, match="Open the application first"):
        applications.decide_application(application, JobApplicationStatus.DECLINED, by=None)
    applications.open_application(application, by=make_member(job.employer))
    declined = applications.decide_application(application, JobApplicationStatus.DECLINED, by=None)
    assert declined.closed_at is not None
    with pytest.raises(applications.AppliedAlready):
        applications.apply_to_job(job, WANTED, by=person)
    again = applications.decide_application(application, JobApplicationStatus.IN_CONTACT, by=None)
    assert again.closed_at is None
    assert letters(EMAIL) == ["receipt"]
    seeker.post(own, {"do": "letters"})
    applications.decide_application(application, JobApplicationStatus.HIRED, by=None)
    assert letters(EMAIL) == ["receipt", "changed"]
    assert "did not understand" in seeker.post(own, {"do": "\0" * 10_000}, follow=True).text


@pytest.mark.parametrize("move", [jobs.fill_job, jobs.withdraw_job])
def test_who_waits_hears_that_the_position_is_over(move):
    owner = make_member(make_employer())
    job = open_job(employer=owner.employer_memberships.get().employer)
    sent(job)
    sent(job, "closed@people.example", status="declined", closed_at=timezone.now())
    sent(job, "quiet@people.example", wants_letters=False)
    move(job, by=owner)
    assert letters() == ["ended"]
    page = client_of(make_user(EMAIL)).get(reverse("careers:application-list")).text
    assert "This position" in page


@pytest.mark.parametrize(
    ("more", "kept"), [({"with_kept": "on"}, "mine.pdf"), ({}, ""), ({"with_kept": "on", "cv": True}, "other.pdf")]
)
def test_the_cv_of_the_profile_is_at_hand(more, kept):
    person = make_user(EMAIL)
    profile = profiles.save_profile(person, {"profession": profession("nurse")}, [], [])
    profiles.keep_cv(profile, cv.check_cv(pdf_cv(), "mine.pdf"))
    seeker, job = client_of(person), open_job()
    assert "Send the CV of my profile, mine.pdf" in seeker.get(reverse("careers:job-apply", args=[job.pk])).text

    send(seeker, job, **(more | ({"cv": cv_file(name="other.pdf")} if more.get("cv") else {})))

    application = JobApplication.objects.get()
    assert application.cv_name == kept
    own = reverse("careers:application-archive", args=[application.public_id])
    names = ZipFile(BytesIO(seeker.get(own).content)).namelist()
    assert names == ["application.json", *([f"cv/{kept}"] if kept else [])]
    profiles.remove_cv(profile)
    if kept:
        assert private.storage().exists(application.cv.name)


def test_who_is_known_is_counted_alone(client, monkeypatch):
    monkeypatch.setattr(application_views, "AN_HOUR", {"times": 1, "seconds": 3_600})
    send(client, open_job())
    assert send(client, open_job()).status_code == 429
    seeker = client_of(make_user("other@people.example"))
    assert [send(seeker, open_job()).status_code for _ in range(2)] == [302, 429]


# Without an account ---------------------------------------------------------------------------------------------------
def test_without_an_account_nothing_is_sent_before_the_link_is_pressed(client, tmp_path):
    job = open_job(title="Zebrawood physician")
    owner = make_member(job.employer)
    assert send(client, job, cv=cv_file())["Location"] == reverse("careers:application-asked")
    application = JobApplication.objects.get()
    assert application.status == JobApplicationStatus.UNCONFIRMED
    assert letters() == ["confirm"]
    letter = OutgoingEmail.objects.get()
    for word in ("Ines", MESSAGE, "Zebrawood"):
        assert word not in letter.subject + letter.text + letter.html
    team = client_of(owner)
    assert "Nobody has applied" in team.get(reverse("careers:applicant-list", args=[job.public_id])).text
    assert team.get(reverse("careers:applicant-detail", args=[application.public_id])).status_code == 404

    link = link_in("confirm", "confirm")
    assert MESSAGE in client.get(link).text
    assert client.head(link).status_code == 200
    assert client.post(link, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    application.refresh_from_db()
    assert application.status == JobApplicationStatus.UNCONFIRMED

    answer = client.post(link, headers=HERE)
    assert answer["Location"] == f"/career-center/applications/by-link/{application.token}/"
    assert letters(EMAIL) == ["confirm", "receipt"]
    assert letters(owner.email) == ["new"]
    assert client.get(link).status_code == 404  # once
    page = client.get(answer["Location"]).text
    assert MESSAGE in page
    assert "cv.pdf" in page

    archive = ZipFile(BytesIO(client.get(reverse("careers:application-export", args=[application.token])).content))
    assert json.loads(archive.read("application.json"))["message"] == MESSAGE
    assert archive.read("cv/cv.pdf").startswith(b"%PDF-")
    client.post(answer["Location"], {"do": "withdraw"}, headers={"Sec-Fetch-Site": "cross-site"})
    application.refresh_from_db()
    assert application.status == "sent"
    client.post(answer["Location"], {"do": "no-letters"}, headers=HERE)
    application.refresh_from_db()
    assert not application.wants_letters


def test_one_erases_it_without_an_account(client, tmp_path, django_capture_on_commit_callbacks):
    job = open_job()
    send(client, job, cv=cv_file())
    client.post(link_in("confirm", "confirm"), headers=HERE)
    erase = reverse("careers:application-erase", args=[JobApplication.objects.get().token])
    assert "Erase it" in client.get(erase).text
    with django_capture_on_commit_callbacks(execute=True):
        client.post(erase, headers=HERE)
    assert not JobApplication.objects.exists()
    assert kept_files(tmp_path) == []


def test_what_is_confirmed_from_the_address_of_an_account_is_the_accounts(client):
    job = open_job()
    person = make_user("Ines@People.example")
    send(client, job)
    answer = client.post(link_in("confirm", "confirm"), headers=HERE)
    application = JobApplication.objects.get()
    assert application.user == person
    assert answer["Location"] == reverse("careers:application-detail", args=[application.public_id])
    assert client.get(f"/career-center/applications/by-link/{application.token}/").status_code == 404


def test_only_a_confirmed_address_sees_what_was_sent_without_an_account():
    application = sent()
    stranger = make_user(EMAIL, confirmed=False)
    assert not JobApplication.objects.for_user(stranger).exists()
    stranger.emailaddress_set.update(verified=True)
    assert JobApplication.objects.for_user(stranger).get() == application


def test_what_nobody_confirms_goes_after_two_days_with_its_file(client, tmp_path, django_capture_on_commit_callbacks):
    job = open_job()
    send(client, job, cv=cv_file())
    send(client, job, email="b@people.example", cv=cv_file())
    client.post(link_in("confirm", "confirm"), headers=HERE)
    JobApplication.objects.update(created_at=timezone.now() - timedelta(hours=47))
    assert applications.sweep_unconfirmed() == 0
    JobApplication.objects.update(created_at=timezone.now() - timedelta(hours=49))
    with django_capture_on_commit_callbacks(execute=True):
        assert applications.sweep_unconfirmed() == 1
    assert JobApplication.objects.get().email == "b@people.example"
    assert len(kept_files(tmp_path)) == 1


def test_a_forged_or_an_old_link_sends_nothing(client, monkeypatch):
    application = sent(status="unconfirmed", sent_at=None)
    for signed in (
        "forged",
        signing.dumps(application.public_id, salt="other"),
        signing.dumps("x", salt=applications.SALT),
    ):
        assert client.post(reverse("careers:application-confirm", args=[signed]), headers=HERE).status_code == 404
    old = signing.dumps(application.public_id, salt=applications.SALT)
    monkeypatch.setattr(applications, "CONFIRM_HOURS", -1)
    assert client.get(reverse("careers:application-confirm", args=[old])).status_code == 404


def test_a_link_pressed_too_late_says_why(client):
    job = open_job()
    send(client, job)
    link = link_in("confirm", "confirm")
    jobs.fill_job(job, by=None)
    answer = client.post(link, headers=HERE)
    assert answer.status_code == 422
    assert "not open any more" in answer.text


def test_of_one_address_a_few_wait_at_most_and_the_answer_is_the_same(client):
    for job in [open_job() for _ in range(applications.MOST_WAITING + 2)]:
        for _ in range(2):
            assert send(client, job)["Location"] == reverse("careers:application-asked")
    assert JobApplication.objects.count() == applications.MOST_WAITING
    assert letters(EMAIL) == ["confirm"] * applications.MOST_WAITING


# Limits and what is refused -------------------------------------------------------------------------------------------
def test_ten_a_day_and_the_eleventh_waits_for_tomorrow():
    person = make_user(EMAIL)
    for number in range(applications.A_DAY):
        sent(email=EMAIL, user=person if number % 2 else None)
    with pytest.raises(applications.ApplicationsFull, match="tomorrow"):
        applications.apply_to_job(open_job(), WANTED, by=person)
    assert JobApplication.objects.count() == applications.A_DAY
    JobApplication.objects.update(sent_at=timezone.now() - timedelta(hours=25))
    assert applications.apply_to_job(open_job(), WANTED, by=person).status == "sent"


@pytest.mark.parametrize("user", [True, False])
def test_the_database_keeps_a_second_open_one_out(user):
    person = make_user(EMAIL) if user else None
    first = sent(user=person)
    email = "other@people.example" if user else EMAIL
    with pytest.raises(IntegrityError), transaction.atomic():
        sent(first.job, email, user=person)
    sent(first.job, email, user=person, status="withdrawn", closed_at=timezone.now())


@pytest.mark.parametrize(
    "nonsense",
    [
        {"status": "lost"},
        {"sent_at": None},
        {"status": "declined"},
        {"closed_at": MOMENT},
        {"email": "Ines@People.example"},
        {"cv": "x.pdf"},
        {"status": "unconfirmed"},
    ],
    ids=str,
)
def test_an_application_that_cannot_be_is_refused(nonsense):
    application = sent()
    with pytest.raises(IntegrityError), transaction.atomic():
        JobApplication.objects.filter(pk=application.pk).update(**nonsense)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"name": ""}, "tell the employer your name"),
        ({"name": "Call 207-555-0100 now"}, "telephone numbers"),
        ({"email": "not an address"}, "one e-mail address"),
        ({"email": "a@b.example, c@d.example"}, "one e-mail address"),
        ({"message": " \0 "}, "a sign that nobody can see"),
        ({"message": "x" * 4_001}, "4"),
        ({"name": "x" * 10_000}, "120"),
    ],
    ids=str,
)
def test_bad_input_comes_back_with_words_and_with_what_was_typed(client, more, words):
    answer = send(client, open_job(), **more)
    assert answer.status_code == 422
    assert words in answer.text
    assert JobApplication.objects.count() == 0
    assert "message" in more or MESSAGE in answer.text


@pytest.mark.parametrize(
    "file",
    [
        ("cv.exe", b"MZ"),
        ("cv.pdf", b"not a pdf"),
        ("cv.pdf", b""),
        ("cv.docx", b"PK\x03\x04"),
        ("cv.pdf", lambda: changed_pdf(lambda pdf: pdf.attachments.__setitem__("a.txt", b"x"))),
        ("cv.pdf", b"%PDF-1.7" + b"x" * 5 * 1024 * 1024),
    ],
    ids=["exe", "no pdf", "empty", "broken docx", "attachment", "large"],
)
def test_a_file_that_is_no_plain_cv_is_refused_and_leaves_nothing(client, tmp_path, file):
    name, content = file
    answer = send(client, open_job(), cv=SimpleUploadedFile(name, content() if callable(content) else content))
    assert answer.status_code == 422
    assert MESSAGE in answer.text
    assert "choose your CV again" in answer.text
    assert kept_files(tmp_path) == []
    assert not JobApplication.objects.exists()


def test_a_file_of_what_is_refused_is_not_kept(tmp_path):
    person, job = make_user(EMAIL), open_job()
    applications.apply_to_job(job, WANTED, by=person)
    seeker = client_of(person)
    JobApplication.objects.update(user=None)
    JobApplication.objects.update(email="x@people.example")
    for _ in range(applications.A_DAY):
        sent(email=EMAIL)
    assert send(seeker, open_job(), cv=cv_file()).status_code == 422
    assert kept_files(tmp_path) == []


def test_from_elsewhere_and_too_often_nothing_is_sent_and_the_words_stay(client, monkeypatch):
    job = open_job()
    answer = send(client, job, headers={"Sec-Fetch-Site": "cross-site"})
    assert (answer.status_code, MESSAGE in answer.text) == (403, True)
    monkeypatch.setattr("careers.views.applications.AN_HOUR", {"times": 0, "seconds": 60})
    answer = send(client, job, cv=cv_file())
    assert (answer.status_code, MESSAGE in answer.text) == (429, True)
    assert not JobApplication.objects.exists()


def test_only_an_open_position_that_takes_them_has_the_form(client):
    for job, status in (
        (live_job(), 302),
        (live_job(days_ago=40, takes_applications=True), 302),
        (make_job(status="paused", takes_applications=True), 302),
        (make_job(takes_applications=True), 404),
    ):
        address = reverse("careers:job-apply", args=[job.pk])
        assert client.get(address).status_code == status
        assert client.post(address, typed(), headers=HERE).status_code == status
    assert client.get("/career-center/jobs/999999999999/apply/").status_code == 404


# The employer's side --------------------------------------------------------------------------------------------------
def test_a_viewer_looks_and_decides_nothing_and_others_meet_a_404():
    job = open_job()
    application = sent(job)
    viewer = client_of(make_member(job.employer, MemberRole.VIEWER))
    other = client_of(make_member(make_employer("Another")))
    detail = reverse("careers:applicant-detail", args=[application.public_id])
    applications.open_application(application, by=make_member(job.employer))
    assert MESSAGE not in viewer.get(detail).text  # each opens it for themselves, so that no reader goes unseen
    viewer.post(reverse("careers:applicant-open", args=[application.public_id]))
    page = viewer.get(detail).text
    assert MESSAGE in page
    assert application.looks.count() == 2
    assert "Your answer" not in page
    assert (
        viewer.post(reverse("careers:applicant-decide", args=[application.public_id]), {"to": "hired"}).status_code
        == 404
    )
    for name in ("detail", "open", "cv", "decide", "name"):
        address = reverse(f"careers:applicant-{name}", args=[application.public_id])
        answer = other.get(address) if name in {"detail", "name"} else other.post(address, {"to": "hired"})
        assert answer.status_code == 404
    assert other.get(reverse("careers:applicant-list", args=[job.public_id])).status_code == 404
    application.refresh_from_db()
    assert application.status == "viewed"


def test_a_cv_is_never_had_by_an_address_alone():
    application = sent()
    team = client_of(make_member(application.job.employer))
    for name in ("open", "cv", "decide"):
        assert team.get(reverse(f"careers:applicant-{name}", args=[application.public_id])).status_code == 405
    assert application.looks.count() == 0


def test_colleagues_who_do_not_want_them_get_no_letters():
    job = open_job()
    owner, poster = make_member(job.employer), make_member(job.employer, MemberRole.POSTER)
    viewer = make_member(job.employer, MemberRole.VIEWER)
    switch = reverse("careers:application-letters", args=[job.public_id])
    client_of(poster).post(switch, {"wanted": "no"})
    assert client_of(viewer).post(switch, {"wanted": "yes"}).status_code == 404
    applications.apply_to_job(job, WANTED, by=make_user(EMAIL))
    assert [len(letters(one.email)) for one in (owner, poster, viewer)] == [1, 0, 0]
    client_of(poster).post(switch, {"wanted": "yes"})
    applications.apply_to_job(job, WANTED, by=make_user("b@people.example"))
    assert [len(letters(one.email)) for one in (owner, poster, viewer)] == [2, 1, 0]


def test_applicants_come_a_page_at_a_time_by_key_and_are_counted_by_state():
    job = open_job()
    now = timezone.now()
    for number in range(60):
        state = {"status": "declined", "closed_at": now} if number % 3 == 0 else {}
        sent(
            job,
            f"a{number}@people.example",
            name=f"Person {number:02}",
            sent_at=now - timedelta(minutes=number),
            **state,
        )
    team = client_of(make_member(job.employer))
    address = reverse("careers:applicant-list", args=[job.public_id])
    seen, next_address, pages = [], address, 0
    while next_address:
        page = team.get(next_address)
        seen += re.findall(r">Person (\d\d)<", page.text)
        found = re.search(r'href="(\?after=[^"]*)" rel="next"', page.text)
        next_address, pages = (address + found[1].replace("&amp;", "&") if found else "", pages + 1)
    assert seen == [f"{number:02}" for number in range(60)]
    assert pages == 3
    assert "Declined 20" in page.text
    assert len(re.findall(r">Person \d\d<", team.get(f"{address}?state=declined").text)) == 20
    for odd in ("?state=lost&after=%00", "?after=" + "x" * 10_000, "?after=unknown", "?state=unconfirmed"):
        assert team.get(address + odd).status_code == 200


@pytest.mark.parametrize("rows", [1, 20])
def test_lists_take_the_same_queries_however_many_rows(rows, client):
    person, job = make_user(EMAIL), open_job()
    owner = make_member(job.employer)
    for number in range(rows):
        sent(open_job(employer=job.employer), user=person)
        sent(job, f"a{number}@people.example")
    # How many, the rows, and for the side menu whether the person's employers have an account.
    client.force_login(person, backend="aapm_site.accounts.backends.AccountBackend")
    assert room_queries(client, reverse("careers:application-list")) == 3
    client.force_login(owner, backend="aapm_site.accounts.backends.AccountBackend")
    # The position, the counts, the rows, the place on the team.
    assert room_queries(client, reverse("careers:applicant-list", args=[job.public_id])) == 4


# What machines and readers are told -----------------------------------------------------------------------------------
def test_machines_are_told_that_one_applies_here_only_where_one_does(client):
    for job, direct in ((open_job(), True), (live_job(), False)):
        page = client.get(job.get_absolute_url()).text
        assert (f'"directApply": {str(direct).lower()}' in page) or (f'"directApply":{str(direct).lower()}' in page)
        assert (reverse("careers:job-apply", args=[job.pk]) in page) is direct
        assert ("Apply on this site" in page) is direct


def test_the_way_to_the_employer_is_counted_and_leads_nowhere_else(client):
    job = live_job(apply_url="https://a.example/jobs?x=1")
    address = reverse("careers:job-apply-elsewhere", args=[job.pk])
    browser = {"User-Agent": "Mozilla/5.0"}
    answer = client.get(f"{address}?next=https://evil.example", headers=browser)
    assert (answer.status_code, answer["Location"]) == (302, "https://a.example/jobs?x=1")
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    client.get(address, headers={**browser, "Sec-Purpose": "prefetch"})
    client.get(address, headers={"User-Agent": "Googlebot"})
    view_counts.flush()
    assert view_counts.total(JOB_APPLY, str(job.pk)) == 1
    assert client.post(address).status_code == 405
    board = client_of(make_member(job.employer)).get(job.employer.get_absolute_url()).text
    assert "1 time a reader went on" in " ".join(board.split())
    without = live_job()
    assert (
        client.get(reverse("careers:job-apply-elsewhere", args=[without.pk]))["Location"] == without.get_absolute_url()
    )


# What is kept ---------------------------------------------------------------------------------------------------------
def test_export_and_erasure_of_an_account(tmp_path, django_capture_on_commit_callbacks):
    job = open_job()
    person = make_user(EMAIL)
    send(client_of(person), job, cv=cv_file())
    sent(open_job(), EMAIL)
    owner = make_member(job.employer)
    applications.open_application(JobApplication.objects.get(job=job), by=owner)
    found = export(person)["applications"]
    assert [one["message"] for one in found] == [MESSAGE, MESSAGE]
    assert export(owner)["applications_opened"][0]["what"] == "Application"
    privacy.erase_person(owner)
    assert JobApplication.objects.get(job=job).looks.get().by is None
    with django_capture_on_commit_callbacks(execute=True):
        privacy.erase_person(person)
    assert not JobApplication.objects.exists()
    assert kept_files(tmp_path) == []


def test_old_ones_are_forgotten_with_their_files_and_open_ones_stay(tmp_path, django_capture_on_commit_callbacks):
    long_ago = timezone.now() - timedelta(days=800)
    file = private.storage().save("careers/cv/old.pdf", cv_file())
    sent(status="declined", sent_at=long_ago, closed_at=long_ago, cv=file, cv_name="cv.pdf")
    sent(live_job(days_ago=790, takes_applications=True), "b@people.example", sent_at=long_ago)
    kept = sent(email="c@people.example", sent_at=long_ago)
    with django_capture_on_commit_callbacks(execute=True):
        assert retention.APPLICATIONS.forget(timezone.now() - timedelta(days=730)) == 2
    assert JobApplication.objects.get() == kept
    assert kept_files(tmp_path) == []


def test_a_step_that_the_life_does_not_know_is_refused():
    application = sent()
    with pytest.raises(NotAllowed, match="cannot take"):
        applications.decide_application(application, JobApplicationStatus.WITHDRAWN, by=None)
