"""Addresses between an applicant and an employer: hidden, until both show theirs, and of whoever is still there."""

import csv

import pytest
from django.db import transaction
from django.urls import reverse

from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.models import OutgoingEmail
from careers import privacy
from careers.choices import MemberRole
from careers.domain import addresses, applications, employers
from careers.models import EmployerMember, JobApplication, TeamAddress
from tests import racing
from tests.factories import client_of

from .factories import live_job, make_employer, make_member, make_user
from .test_application_notes import opened_by, page_of
from .test_applications import HERE, letters, sent

pytestmark = pytest.mark.django_db
THEIRS = "ines@people.example"


@pytest.fixture
def job():
    return live_job(takes_applications=True)


@pytest.fixture
def owner(job):
    return make_member(job.employer, email="olwen@harborlane.example")


@pytest.fixture
def poster(job):
    return make_member(job.employer, MemberRole.POSTER, email="pat@harborlane.example")


@pytest.fixture
def application(job, owner, poster):
    return opened_by(sent(job, status="viewed"), owner, poster)


def by_link(application) -> str:
    return reverse("careers:application-by-link", args=[application.token])


def press(user, application, **data):
    address = reverse("careers:applicant-address", args=[application.public_id])
    return client_of(user).post(address, data)


def show(client, application, **data):
    return client.post(by_link(application), {"do": "address", **data}, headers=HERE)


def read_by_team(user, application) -> bool:
    """Whether the page or the list for a spreadsheet says the applicant's address."""
    team = client_of(user)
    on_page = THEIRS in team.get(page_of(application)).text
    table = team.post(reverse("careers:applicant-export", args=[application.job.public_id]))
    rows = list(csv.reader(b"".join(table.streaming_content).decode("utf-8-sig").splitlines()))
    assert ([row[3] for row in rows[1:]] == [THEIRS]) is on_page
    return on_page


def read_by_person(client, application, address: str) -> bool:
    return address in client.get(by_link(application)).text


def test_nobody_reads_an_address_before_both_show_theirs(client, application, poster):
    assert not read_by_team(poster, application)
    press(poster, application)
    assert not read_by_team(poster, application)
    assert not read_by_person(client, application, poster.email)
    show(client, application)
    assert read_by_team(poster, application)
    assert read_by_person(client, application, poster.email)


def test_the_person_may_be_the_first(client, application, poster):
    show(client, application)
    assert not read_by_team(poster, application)
    press(poster, application)
    assert read_by_team(poster, application)
    assert read_by_person(client, application, poster.email)


def test_letters_hold_no_address(client, application, owner, poster):
    press(poster, application)
    show(client, application)
    press(poster, application)
    show(client, application)
    assert letters(application.email) == ["address_offered"]
    assert letters(owner.email) == letters(poster.email) == ["address_shown"]
    for letter in OutgoingEmail.objects.all():
        other = poster.email if letter.to == application.email else application.email
        assert other not in letter.text + letter.html + letter.subject


def test_no_colleague_puts_theirs_in_its_place(client, application, owner, poster):
    press(poster, application)
    show(client, application)
    press(owner, application)
    assert TeamAddress.objects.get().member.user == poster
    assert read_by_person(client, application, poster.email)
    assert not read_by_person(client, application, owner.email)
    with pytest.raises(NotAllowed, match="A colleague shows their address"):
        addresses.show_address(application, by=owner, by_employer=True)


@pytest.mark.parametrize("leaves", ["left", "erased", "closed"])
def test_who_has_gone_shows_nothing_and_gets_nothing(client, application, owner, poster, leaves):
    """The moment of the yes does not outlive the person: the applicant gives no address for one they cannot read."""
    press(poster, application)
    if leaves == "left":
        employers.remove_member(EmployerMember.objects.get(user=poster), by=owner)
    elif leaves == "erased":
        privacy.erase(poster)
    else:
        poster.is_active = False
        poster.save(update_fields=["is_active"])
    show(client, application)
    assert not read_by_team(owner, application)
    assert not read_by_person(client, application, poster.email)


def test_after_a_colleague_has_left_another_shows_theirs(client, application, owner, poster):
    press(poster, application)
    show(client, application)
    employers.remove_member(EmployerMember.objects.get(user=poster), by=owner)
    assert not read_by_team(owner, application)
    press(owner, application)
    assert read_by_team(owner, application)
    assert read_by_person(client, application, owner.email)


def test_one_takes_it_back_until_the_other_has_shown_theirs(client, application, poster):
    press(poster, application)
    press(poster, application, hide="yes")
    show(client, application)
    assert not read_by_team(poster, application)
    show(client, application, hide="yes")
    application.refresh_from_db()
    assert application.person_shows_at is None
    show(client, application)
    press(poster, application)
    press(poster, application, hide="yes")
    show(client, application, hide="yes")
    assert read_by_team(poster, application)
    assert read_by_person(client, application, poster.email)


def test_a_withdrawal_ends_it(client, application, poster):
    press(poster, application)
    show(client, application)
    applications.withdraw_application(application, by=None)
    assert THEIRS not in client_of(poster).get(page_of(application)).text
    assert not read_by_person(client, application, poster.email)
    show(client, application)
    press(poster, application)
    assert JobApplication.objects.get().status == "withdrawn"


def test_before_it_is_opened_nobody_shows_anything(client, job):
    application = sent(job)
    show(client, application)
    application.refresh_from_db()
    assert application.person_shows_at is None
    assert "Show mine" not in client.get(by_link(application)).text


def test_viewers_and_other_employers_show_nothing(application, job):
    viewer = make_member(job.employer, MemberRole.VIEWER)
    opened_by(application, viewer)
    assert press(viewer, application).status_code == 404
    assert press(make_member(make_employer()), application).status_code == 404
    assert not TeamAddress.objects.exists()


def test_on_a_confidential_posting_the_yes_shows_the_persons(client, job):
    employer = make_employer()
    hidden = live_job(employer, confidential=True, public_employer_name="A health system")
    member = make_member(employer, email="sam@harborlane.example")
    application = opened_by(sent(hidden, status="viewed"), member)
    for_nothing = press(member, application)
    assert for_nothing.status_code == 302
    assert not TeamAddress.objects.exists()
    show(client, application)
    assert not JobApplication.objects.filter(person_shows_at__isnull=False).exists()
    applications.name_employer(application, by=member)
    show(client, application)
    assert not JobApplication.objects.filter(person_shows_at__isnull=False).exists()
    applications.agree_to_reveal(application)
    assert read_by_team(member, application)
    assert not read_by_person(client, application, member.email)
    press(member, application)
    assert read_by_person(client, application, member.email)


def test_it_is_in_the_exports(client, application, poster):
    press(poster, application)
    show(client, application)
    application.refresh_from_db()
    assert privacy.application_data(application)["address_shown_at"] == application.person_shows_at
    kept = privacy.export(poster)["addresses_shown_to_applicants"]
    assert [row["position"] for row in kept] == [application.job.title]


def test_a_person_with_an_account_shows_that_of_the_application(job, poster):
    person = make_user("ines.now@people.example")
    application = opened_by(sent(job, user=person, status="viewed"), poster)
    page = reverse("careers:application-detail", args=[application.public_id])
    assert client_of(person).post(page, {"do": "address"})["Location"] == f"{page}#address"
    press(poster, application)
    assert read_by_team(poster, application)
    assert poster.email in client_of(person).get(page).text


# Two at once ----------------------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_two_colleagues_at_once_show_one_address(job, owner, poster):
    application = sent(job, status="viewed")
    done = racing.at_once(
        *[lambda by=by: addresses.show_address(application, by=by, by_employer=True) for by in (owner, poster)]
    )
    assert sum(isinstance(one, JobApplication) for one in done) == 1
    assert {str(one) for one in done if isinstance(one, Exception)} == {addresses.COLLEAGUE_SHOWS}
    assert TeamAddress.objects.count() == 1


def _erased(person) -> None:
    with transaction.atomic():
        privacy.erase(person)


@pytest.mark.django_db(transaction=True)
def test_showing_and_leaving_at_once_leaves_no_address(job, owner):
    for number in range(4):
        colleague = make_member(job.employer)
        application = sent(job, f"a{number}@people.example", status="viewed")
        done = racing.at_once(
            lambda by=colleague, one=application: addresses.show_address(one, by=by, by_employer=True),
            lambda by=colleague: _erased(by),
        )
        assert done[1] is None
        assert isinstance(done[0], JobApplication) or "not on the team" in str(done[0])
    assert not TeamAddress.objects.exists()
