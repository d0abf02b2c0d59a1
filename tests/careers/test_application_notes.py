"""Notes of a team on an application: private to it, of their authors, and gone with what they are about."""

import threading

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from aapm_site.core.transitions import NotAllowed
from careers import privacy
from careers.choices import MemberRole
from careers.domain import application_notes, applications
from careers.models import ApplicantNote, ApplicationOpening, JobApplication
from tests import racing
from tests.factories import client_of

from .factories import live_job, make_member, make_user
from .test_applications import sent
from .test_board import room_queries

pytestmark = pytest.mark.django_db
SAID = "Called her on Tuesday: would move in March."


def opened_by(application, *users):
    for user in users:
        ApplicationOpening.objects.create(application=application, part="application", by=user)
    return application


@pytest.fixture
def job():
    return live_job(takes_applications=True)


@pytest.fixture
def owner(job):
    return make_member(job.employer, first_name="Olwen", last_name="Marsh")


@pytest.fixture
def poster(job):
    return make_member(job.employer, MemberRole.POSTER, first_name="Pat", last_name="Ruiz")


@pytest.fixture
def application(job, owner, poster):
    return opened_by(sent(job, status="viewed"), owner, poster)


def page_of(application) -> str:
    return reverse("careers:applicant-detail", args=[application.public_id])


def write(user, application, text: str = SAID):
    return client_of(user).post(reverse("careers:applicant-note", args=[application.public_id]), {"note": text})


def edit(user, row, **data):
    address = reverse("careers:applicant-note-edit", args=[row.application.public_id, row.pk])
    return client_of(user).post(address, data)


def test_a_note_is_read_by_the_team_and_by_nobody_else(application, owner, poster):
    answer = write(poster, application, "She <b>knows</b> the lake.")
    note = ApplicantNote.objects.get()
    assert answer["Location"] == f"{page_of(application)}#note-{note.pk}"
    page = client_of(owner).get(page_of(application)).text
    assert "She &lt;b&gt;knows&lt;/b&gt; the lake." in page
    assert "Pat Ruiz" in page
    own = client_of(make_user()).get(reverse("careers:application-by-link", args=[application.token])).text
    assert "the lake." not in own.replace(application.message, "")
    assert "knows" not in str(privacy.application_data(application))


def test_a_viewer_reads_and_does_not_write(application, job, poster):
    viewer = make_member(job.employer, MemberRole.VIEWER)
    application_notes.add_note(application, SAID, by=poster)
    assert SAID not in client_of(viewer).get(page_of(application)).text  # not opened yet
    opened_by(application, viewer)
    page = client_of(viewer).get(page_of(application)).text
    assert SAID in page
    assert "Keep the note" not in page
    assert write(viewer, application).status_code == 404
    assert ApplicantNote.objects.count() == 1


def test_whoever_has_not_opened_it_writes_nothing(application, job):
    colleague = make_member(job.employer)
    assert write(colleague, application).status_code == 404
    assert not ApplicantNote.objects.exists()


def test_authors_change_and_remove_their_own(application, owner, poster):
    note = application_notes.add_note(application, SAID, by=poster)
    assert edit(owner, note, note="Something else.").status_code == 404
    assert edit(poster, note, note="").status_code == 422
    edit(poster, note, note="She would move in April.")
    note.refresh_from_db()
    assert note.text == "She would move in April."
    assert note.changed_at
    edit(poster, note, do="remove")
    assert not ApplicantNote.objects.exists()


def test_an_owner_removes_what_a_colleague_noted_and_changes_nothing(application, owner, poster):
    note = application_notes.add_note(application, SAID, by=poster)
    third = make_member(application.job.employer, MemberRole.POSTER)
    opened_by(application, third)
    assert edit(third, note, do="remove").status_code == 404
    page = client_of(owner).get(reverse("careers:applicant-note-edit", args=[application.public_id, note.pk])).text
    assert "A note of Pat Ruiz" in page
    assert "<textarea" not in page
    edit(owner, note, do="remove")
    assert not ApplicantNote.objects.exists()


def test_other_employers_find_nothing(application, poster):
    note = application_notes.add_note(application, SAID, by=poster)
    other = live_job(takes_applications=True)
    stranger = make_member(other.employer)
    mine = opened_by(sent(other, status="viewed"), stranger)
    assert write(stranger, application).status_code == 404
    # Nor by an application of their own in the address.
    address = reverse("careers:applicant-note-edit", args=[mine.public_id, note.pk])
    assert client_of(stranger).post(address, {"do": "remove"}).status_code == 404
    assert ApplicantNote.objects.get().text == SAID


@pytest.mark.parametrize(
    ("text", "kept"),
    [("a\u2028b", "ab"), ("x" * 2_000, "x" * 2_000), ("\u202e<script>alert(1)</script>", "<script>alert(1)</script>")],
)
def test_odd_text_is_kept_as_text(application, poster, text, kept):
    assert write(poster, application, text).status_code == 302
    assert ApplicantNote.objects.get().text == kept
    assert "<script>alert" not in client_of(poster).get(page_of(application)).text


@pytest.mark.parametrize("text", ["", "  \n", "\u202e", "a\x00b", "x" * 10_000])
def test_what_is_no_note_comes_back(application, poster, text):
    answer = write(poster, application, text)
    assert answer.status_code == 422
    assert text.strip("\u202e \n").replace("\x00", "") in answer.text.replace("\x00", "").replace("\ufffd", "")
    assert not ApplicantNote.objects.exists()


@pytest.mark.parametrize("number", ["0", "9" * 30])
def test_a_note_that_is_not_there_is_a_404(application, poster, number):
    address = page_of(application) + f"notes/{number}/"
    assert client_of(poster).post(address, {"note": "x"}).status_code == 404


def test_the_same_words_are_kept_once(application, poster, owner):
    first = application_notes.add_note(application, SAID, by=poster)
    assert application_notes.add_note(application, SAID, by=poster) == first
    assert application_notes.add_note(application, SAID, by=owner) != first


def test_there_is_an_end_of_notes(application, poster):
    ApplicantNote.objects.bulk_create(
        ApplicantNote(application=application, text=str(number), by=poster) for number in range(100)
    )
    answer = write(poster, application)
    assert answer.status_code == 422
    assert application_notes.NOTES_FULL in answer.text
    assert SAID in answer.text  # what was typed is kept


def test_a_withdrawn_application_loses_its_notes(application, poster):
    note = application_notes.add_note(application, SAID, by=poster)
    applications.withdraw_application(application, by=None)
    assert not ApplicantNote.objects.exists()
    with pytest.raises(NotAllowed, match="withdrawn"):
        application_notes.add_note(application, SAID, by=poster)
    with pytest.raises(NotAllowed, match="removed meanwhile"):
        application_notes.change_note(note, "x")
    client = client_of(poster)
    client.post(reverse("careers:applicant-note", args=[application.public_id]), {"note": SAID})
    assert application_notes.WITHDRAWN in client.get(page_of(application)).text
    assert edit(poster, note, note="x").status_code == 404


def test_an_unopened_one_is_not_noted_about(job, poster):
    with pytest.raises(NotAllowed, match="Open the application first"):
        application_notes.add_note(sent(job), SAID, by=poster)


def test_notes_go_with_the_application_and_stay_without_their_author(application, poster):
    application_notes.add_note(application, SAID, by=poster)
    said = privacy.export(poster)["notes_on_applications"]
    assert [(row["text"], row["position"]) for row in said] == [(SAID, application.job.title)]
    privacy.erase(poster)
    assert ApplicantNote.objects.get().by is None
    applications.forget_applications([application])
    assert not ApplicantNote.objects.exists()


def test_a_note_of_a_former_colleague_is_said_to_be_one(application, owner, poster):
    application_notes.add_note(application, SAID, by=poster)
    privacy.erase(poster)
    assert "a former colleague" in client_of(owner).get(page_of(application)).text


@pytest.mark.parametrize("rows", [1, 60])
def test_the_page_takes_as_many_queries_however_many_notes(application, client, rows):
    person = make_member(application.job.employer)
    opened_by(application, person)
    ApplicantNote.objects.bulk_create(
        ApplicantNote(application=application, text=f"{number}", by=make_user() if number < 3 else person)
        for number in range(rows)
    )
    client.force_login(person, backend="aapm_site.accounts.backends.AccountBackend")
    assert room_queries(client, page_of(application)) == 7


# Two at once ----------------------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_noting_and_withdrawing_at_once_leaves_no_note(job, owner, poster):
    for _ in range(4):
        application = sent(job, f"a{timezone.now().timestamp()}@people.example", status="viewed")
        racing.at_once(
            lambda one=application: application_notes.add_note(one, SAID, by=poster),
            lambda one=application: applications.withdraw_application(one, by=None),
            lambda one=application: application_notes.add_note(one, SAID, by=owner),
        )
    assert not ApplicantNote.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_noting_and_erasing_at_once_leaves_no_note_and_says_so(job, poster):
    for _ in range(4):
        application = sent(job, f"a{timezone.now().timestamp()}@people.example", status="viewed")
        said = racing.at_once(
            lambda one=application: application_notes.add_note(one, SAID, by=poster),
            lambda one=application: applications.decide_application(one, "declined", by=poster),
            lambda one=application: applications.forget_applications([one]),
        )
        assert said[2] is None
        refused = [str(one) for one in said[:2] if isinstance(one, Exception)]
        assert set(refused) <= {applications.ERASED}
        assert not ApplicantNote.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_control_without_the_lock_the_erasure_would_fail(job, poster):
    application = sent(job, status="viewed")
    gathered, noted = threading.Event(), threading.Event()

    def careless() -> None:
        with transaction.atomic():
            list(application.team_notes.all())  # as a deletion gathers what goes with it
            gathered.set()
            noted.wait(timeout=20)
            JobApplication.objects.filter(pk=application.pk)._raw_delete("default")

    def note() -> None:
        gathered.wait(timeout=20)
        application_notes.add_note(application, SAID, by=poster)
        noted.set()

    with pytest.raises(IntegrityError):
        raise racing.at_once(careless, note)[0]
