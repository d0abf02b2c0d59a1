"""An employer asks somebody for contact, and keeps profiles in mind: what each side may, sees and is told."""

import threading
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from aapm_site.accounts.domain import privacy
from aapm_site.core.files import private
from aapm_site.core.retention import forget_old
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.models import OutgoingEmail
from careers.choices import MemberRole, OpenedFrom
from careers.contact_states import ContactStatus
from careers.domain import blocking, profile_bookmarks, profile_contacts, profiles
from careers.domain.profile_bookmarks import BookmarksFull, forget_profile, keep_profile
from careers.domain.profile_contacts import (
    A_DAY,
    LEFT_ALONE,
    ContactsUsedUp,
    WantedContact,
    answer_contact,
    ask_for_contact,
    withdraw_contact,
)
from careers.domain.profile_openings import record_opening
from careers.models import Employer, Profile, ProfileBookmark, ProfileContact, ProfileOpening
from careers.presenters.profile import plain_headline
from careers.privacy import export
from careers.profile_alias import alias_of
from tests import racing
from tests.factories import client_of

from .factories import live_job, make_employer, make_member, make_user
from .test_profile_search import offered, page_of, searching

pytestmark = pytest.mark.django_db
OWN = "/career-center/profile/asked/"
ASKED, AGREED, DECLINED = ContactStatus.ASKED, ContactStatus.AGREED, ContactStatus.DECLINED
TAKEN_BACK, WITHDRAWN = ContactStatus.TAKEN_BACK, ContactStatus.WITHDRAWN
OWN_QUERIES, TEAM_QUERIES, KEPT_QUERIES = 7, 9, 12


@pytest.fixture
def employer() -> Employer:
    return searching(name="Tidewater Pain")


@pytest.fixture
def owner(employer):
    return make_member(employer)


def opened(employer: Employer, by, **fields) -> Profile:
    profile = offered(**fields)
    record_opening(profile, employer, by, timezone.now())
    return profile


def wanted(employer: Employer, **fields) -> WantedContact:
    return WantedContact(employer.jobs.first(), **{"reason": "position", "words": "Your epidurals.", **fields})


def asked(employer: Employer, by, profile: Profile | None = None) -> ProfileContact:
    return ask_for_contact(profile or opened(employer, by), employer, wanted(employer), by=by)


def alias(contact: ProfileContact) -> str:
    return alias_of(contact.profile_id, contact.employer_id)


def address(contact: ProfileContact) -> str:
    return f"{page_of(contact.employer)}{alias(contact)}/"


def said(answer) -> list[str]:
    return [str(one) for one in answer.context["messages"]]


# --- asking -------------------------------------------------------------------------------------------------------


def test_whom_a_team_has_asked_is_listed_by_what_the_search_showed(employer, owner):
    contact = asked(employer, owner, opened(employer, owner, person=make_user(last_name="Quill")))
    headline, path = plain_headline(contact.profile), f"{page_of(employer)}asked/"

    page = client_of(owner).get(path).text
    assert headline in page
    assert "Quill" not in page

    blocking.block_employer(contact.profile.user, employer)
    page = client_of(owner).get(path).text
    assert headline not in page
    assert "Somebody who is not to be found any more" in page


def test_a_letter_says_who_asks_and_nothing_that_was_typed(employer, owner):
    made = asked(employer, owner)
    (letter,) = OutgoingEmail.objects.filter(template="careers/contact_asked")
    assert (letter.to, letter.user) == (made.profile.user.email, made.profile.user)
    assert "Tidewater Pain" in letter.subject
    assert "Your epidurals." not in letter.text
    assert (made.status, made.asked_by, made.words) == (ASKED, owner, "Your epidurals.")


def test_through_the_pages(employer, owner):
    profile = opened(
        employer, owner, person=make_user(first_name="Ada", last_name="Quill"), about="I grew up on a boat."
    )
    team, person = client_of(owner), client_of(profile.user)
    path = f"{page_of(employer)}{alias_of(profile.pk, employer.pk)}/"
    job = employer.jobs.first()
    assert "Ask them about one of your positions." in team.get(path).text
    assert team.get(f"{path}ask/").status_code == 200
    assert team.post(f"{path}ask/", {"job": "nonsense", "reason": "position"}).status_code == 422
    answer = team.post(f"{path}ask/", {"job": job.public_id, "reason": "talk", "words": "<b>Hello</b>"})
    assert answer["Location"] == f"{page_of(employer)}asked/"
    contact = ProfileContact.objects.get()
    asked_page = team.get(answer["Location"]).text
    assert plain_headline(profile) in asked_page
    assert "Quill" not in asked_page
    assert "they have not answered yet" in team.get(path).text
    assert profile.user.email not in team.get(path).text

    page = person.get(OWN)
    assert "Tidewater Pain" in page.text
    assert "&lt;b&gt;Hello&lt;/b&gt;" in page.text
    assert "would like to talk to you about" in person.get("/account/").text
    answer = person.post(f"{OWN}{contact.public_id}/", {"to": "agreed"}, follow=True)
    assert said(answer) == ["They can see now who you are. You may take that back here at any time."]
    assert "would like to talk to you about" not in person.get("/account/").text
    (letter,) = OutgoingEmail.objects.filter(template="careers/contact_answered")
    assert letter.to == owner.email
    assert profile.user.email not in letter.text
    assert "Quill" not in letter.text

    assert "I grew up on a boat." not in team.get(path).text  # a yes is opened by a press of its own
    team.post(f"{path}open/")
    page = team.get(path)
    assert "I grew up on a boat." in page.text
    assert profile.user.email in page.text
    row = ProfileOpening.objects.get(source=OpenedFrom.CONTACT)
    assert (row.profile, row.employer, row.who) == (profile, employer, owner)
    assert "after your yes" in person.get("/career-center/profile/seen/").text

    answer = person.post(f"{OWN}{contact.public_id}/", {"to": "taken_back"}, follow=True)
    assert said(answer) == ["They see from now on what they saw before. What they have read they may remember."]
    page = team.get(path)
    assert "I grew up on a boat." not in page.text
    assert profile.user.email not in page.text


@pytest.mark.parametrize("change", [{"searchable": False}, {"active": False}])
def test_who_is_not_to_be_found_is_not_asked(employer, owner, change):
    profile = opened(employer, owner)
    Profile.objects.filter(pk=profile.pk).update(**change)
    with pytest.raises(NotAllowed):
        asked(employer, owner, profile)


def test_whoever_hides_is_neither_asked_nor_shown_after_a_yes():
    employer = searching(website="https://lakeside.example")
    owner = make_member(employer)
    profile = opened(employer, owner, person=make_user(first_name="Ada", last_name="Quill"))
    contact = asked(employer, owner, profile)
    answer_contact(contact, AGREED, by=contact.profile.user)
    team = client_of(owner)
    assert "Quill" in team.get(f"{page_of(employer)}asked/").text
    blocking.block_domain(contact.profile.user, "lakeside.example")
    assert not profile_contacts.is_shown_after_yes(contact.profile, employer)
    assert "Quill" not in team.get(f"{page_of(employer)}asked/").text
    team.post(f"{address(contact)}open/")
    assert contact.profile.user.email not in team.get(address(contact)).text
    other = opened(employer, owner)
    blocking.block_domain(other.user, "lakeside.example")
    with pytest.raises(NotAllowed):
        asked(employer, owner, other)


def test_one_that_was_never_opened_is_not_asked(employer, owner):
    with pytest.raises(NotAllowed):
        asked(employer, owner, offered())


def test_no_request_names_a_confidential_employer(employer, owner):
    profile = opened(employer, owner)
    hidden = live_job(employer, confidential=True, public_employer_name="A clinic by the sea")
    elsewhere = live_job(make_employer())
    for job in (hidden, elsewhere):
        with pytest.raises(NotAllowed, match="your name on it"):
            ask_for_contact(profile, employer, WantedContact(job, "position"), by=owner)
    path = f"{page_of(employer)}{alias_of(profile.pk, employer.pk)}/ask/"
    assert hidden.public_id not in client_of(owner).get(path).text
    assert client_of(owner).post(path, {"job": hidden.public_id, "reason": "position"}).status_code == 422
    assert not ProfileContact.objects.exists()


def test_one_open_request_at_a_time_and_peace_after_a_no(employer, owner):
    contact = asked(employer, owner)
    profile = contact.profile
    with pytest.raises(NotAllowed, match="asked this person already"):
        asked(employer, owner, profile)
    answer_contact(contact, DECLINED, by=profile.user)
    with pytest.raises(NotAllowed, match="leave them alone"):
        asked(employer, owner, profile)
    ProfileContact.objects.update(closed_at=timezone.now() - timedelta(days=LEFT_ALONE, seconds=1))
    again = asked(employer, owner, profile)
    answer_contact(again, AGREED, by=profile.user)
    with pytest.raises(NotAllowed, match="asked this person already"):
        asked(employer, owner, profile)
    answer_contact(again, TAKEN_BACK, by=profile.user)
    with pytest.raises(NotAllowed, match="leave them alone"):
        asked(employer, owner, profile)
    elsewhere = searching()
    record_opening(profile, elsewhere, owner, timezone.now())
    assert asked(elsewhere, owner, profile).status == ASKED


def test_what_was_withdrawn_is_gone_for_the_person(employer, owner):
    contact = asked(employer, owner)
    client_of(owner).post(f"{page_of(employer)}asked/{contact.public_id}/withdraw/")
    contact.refresh_from_db()
    assert contact.status == WITHDRAWN
    assert "Tidewater Pain" not in client_of(contact.profile.user).get(OWN).text
    assert client_of(contact.profile.user).post(f"{OWN}{contact.public_id}/", {"to": "agreed"}).status_code == 404
    assert asked(employer, owner, contact.profile).status == ASKED


def test_ten_a_day(employer, owner):
    for _ in range(A_DAY):
        asked(employer, owner)
    with pytest.raises(ContactsUsedUp):
        asked(employer, owner)
    ProfileContact.objects.update(asked_at=timezone.now() - timedelta(days=1, seconds=1))
    asked(employer, owner)


@pytest.mark.parametrize("to", [ASKED, WITHDRAWN, "nonsense"])
def test_a_person_answers_by_their_own_steps_alone(employer, owner, to):
    contact = asked(employer, owner)
    with pytest.raises(NotAllowed):
        answer_contact(contact, to, by=contact.profile.user)
    answer = client_of(contact.profile.user).post(f"{OWN}{contact.public_id}/", {"to": to}, follow=True)
    assert said(answer) == ["Please press one of the buttons."]
    contact.refresh_from_db()
    assert contact.status == ASKED


def test_the_database_holds_one_open_request(employer, owner):
    contact = asked(employer, owner)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProfileContact.objects.create(profile=contact.profile, employer=employer, job=contact.job, reason="talk")


# --- after the yes ------------------------------------------------------------------------------------------------


def with_cv(profile: Profile) -> None:
    name = private.storage().save("careers/cv/theirs.pdf", ContentFile(b"%PDF-1.4 theirs"))
    Profile.objects.filter(pk=profile.pk).update(
        cv=name, cv_name="theirs.pdf", cv_size=15, cv_uploaded_at=timezone.now()
    )


def test_the_cv_is_a_press_after_the_yes(employer, owner):
    contact = asked(employer, owner)
    with_cv(contact.profile)
    team = client_of(owner)
    assert said(team.post(f"{address(contact)}cv/", follow=True)) == ["This profile is not there any more."]
    answer_contact(contact, AGREED, by=contact.profile.user)
    assert team.get(f"{address(contact)}cv/").status_code == 405
    answer = team.post(f"{address(contact)}cv/")
    assert b"".join(answer.streaming_content) == b"%PDF-1.4 theirs"
    assert ProfileOpening.objects.filter(source=OpenedFrom.CV, profile=contact.profile).count() == 1
    assert "opened your CV, after your yes" in client_of(contact.profile.user).get("/career-center/profile/seen/").text
    answer_contact(contact, TAKEN_BACK, by=contact.profile.user)
    assert team.post(f"{address(contact)}cv/").status_code == 302


def test_a_yes_outlasts_the_position_and_the_search(employer, owner):
    contact = asked(employer, owner)
    answer_contact(contact, AGREED, by=contact.profile.user)
    employer.jobs.update(ends_at=timezone.now())
    Profile.objects.filter(pk=contact.profile_id).update(searchable=False)
    team = client_of(owner)
    team.post(f"{address(contact)}open/")
    assert contact.profile.user.email in team.get(address(contact)).text
    Profile.objects.filter(pk=contact.profile_id).update(active=False)
    assert contact.profile.user.email not in team.get(address(contact)).text


def test_another_team_and_a_viewer_change_nothing(employer, owner):
    contact = asked(employer, owner)
    stranger, viewer = client_of(make_member(searching())), client_of(make_member(employer, MemberRole.VIEWER))
    paths = [
        f"{page_of(employer)}asked/{contact.public_id}/withdraw/",
        *(f"{address(contact)}{end}/" for end in ("ask", "keep", "cv", "open")),
        f"{OWN}{contact.public_id}/",
    ]
    for path in paths:
        assert stranger.post(path, {"to": "agreed", "do": "forget"}).status_code == 404, path
    for path in paths[:3]:
        assert viewer.post(path, {"do": "forget"}).status_code == 404, path
    assert stranger.get(f"{page_of(employer)}asked/").status_code == 404
    assert stranger.get(f"{page_of(employer)}kept/").status_code == 404
    assert viewer.get(f"{page_of(employer)}asked/").status_code == 200
    contact.refresh_from_db()
    assert contact.status == ASKED
    assert not ProfileBookmark.objects.exists()


# --- kept profiles ------------------------------------------------------------------------------------------------


def test_a_team_keeps_one_with_a_note(employer, owner):
    profile = opened(employer, owner)
    path = f"{page_of(employer)}{alias_of(profile.pk, employer.pk)}/"
    team = client_of(owner)
    assert said(team.post(f"{path}keep/", {"note": " Ask <Denise>. "}, follow=True)) == ["Your team’s list has it."]
    assert ProfileBookmark.objects.get().note == "Ask <Denise>."
    colleague = client_of(make_member(employer, MemberRole.VIEWER))
    assert "Ask &lt;Denise&gt;." in colleague.get(f"{page_of(employer)}kept/").text
    team.post(f"{path}keep/", {"note": "Later."})
    assert ProfileBookmark.objects.get().note == "Later."
    assert team.post(f"{path}keep/", {"note": "x" * 1_001}, follow=True).status_code == 200
    assert ProfileBookmark.objects.get().note == "Later."
    Profile.objects.update(active=False)
    page = team.get(f"{page_of(employer)}kept/")
    assert "Not there any more" in page.text
    assert "Physician" not in page.text
    team.post(f"{path}keep/", {"do": "forget"})
    assert not ProfileBookmark.objects.exists()


def test_two_hundred_are_all(employer, owner, monkeypatch):
    assert profile_bookmarks.LIMIT == 200
    monkeypatch.setattr(profile_bookmarks, "LIMIT", 2)
    first, second, third = (opened(employer, owner) for _ in range(3))
    for one in (first, second, first):
        keep_profile(employer, one, note="", by=owner)
    with pytest.raises(BookmarksFull):
        keep_profile(employer, third, note="", by=owner)
    assert forget_profile(employer, first)
    assert not forget_profile(employer, first)
    keep_profile(employer, third, note="", by=owner)
    with pytest.raises(NotAllowed):
        keep_profile(searching(), third, note="", by=owner)


# --- what is kept of it -------------------------------------------------------------------------------------------


def test_both_sides_take_it_along_and_it_goes_with_the_person(employer, owner):
    contact = asked(employer, owner)
    person = contact.profile.user
    keep_profile(employer, contact.profile, note="Ask Denise.", by=owner)
    answer_contact(contact, AGREED, by=person)
    (theirs,) = export(person)["asked_for_contact_by"]
    assert (theirs["employer"], theirs["words"], theirs["answer"]) == ("Tidewater Pain", "Your epidurals.", "Yes")
    (step,) = export(person)["contact_steps"]
    assert step["to"] == "Yes"
    ours = export(owner)
    assert ours["contacts_asked_for"][0]["words"] == "Your epidurals."
    assert ours["profiles_kept"][0]["note"] == "Ask Denise."
    profiles.delete_profile(contact.profile)
    assert not ProfileContact.objects.exists()
    assert not ProfileBookmark.objects.exists()


def test_a_recruiter_that_goes_takes_their_words_along(employer, owner):
    asked(employer, owner)
    make_member(employer)
    privacy.erase_person(owner)
    contact = ProfileContact.objects.get()
    assert (contact.asked_by, contact.words, contact.status) == (None, "", ASKED)


def test_closed_requests_are_forgotten_in_time(employer, owner):
    old, young, still = (asked(employer, owner) for _ in range(3))
    for one in (old, young):
        answer_contact(one, DECLINED, by=one.profile.user)
    now = timezone.now()
    ProfileContact.objects.filter(pk=old.pk).update(closed_at=now - timedelta(days=731))
    ProfileContact.objects.filter(pk=still.pk).update(asked_at=now - timedelta(days=2_000))
    forget_old(now)
    assert set(ProfileContact.objects.all()) == {young, still}


def test_lists_take_the_same_queries_however_many_rows(employer, owner, django_assert_num_queries):
    person = make_user()
    profile = opened(employer, owner, person=person)
    team, seeker = client_of(owner), client_of(person)
    for round_ in range(2):
        for number in range(1 if not round_ else 5):
            one = asked(employer, owner)
            keep_profile(employer, one.profile, note="", by=owner)
            answer_contact(one, AGREED, by=one.profile.user)
            other = searching(name=f"Clinic {round_}{number}")
            record_opening(profile, other, owner, timezone.now())
            asked(other, owner, profile)
        for browser, path, count in (
            (seeker, OWN, OWN_QUERIES),
            (team, f"{page_of(employer)}asked/", TEAM_QUERIES),
            (team, f"{page_of(employer)}kept/", KEPT_QUERIES),
        ):
            browser.get(path)
            with django_assert_num_queries(count):
                browser.get(path)


# --- presses that meet --------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_many_presses_ask_once_and_no_more_than_a_day_has(monkeypatch):
    monkeypatch.setattr(profile_contacts, "A_DAY", 3)
    employer = searching()
    owner = make_member(employer)
    others = [opened(employer, owner) for _ in range(5)]
    said_ = racing.at_once(*[lambda: asked(employer, owner, others[0])] * 4)
    assert sum(isinstance(one, ProfileContact) for one in said_) == 1
    racing.at_once(*[lambda one=one: asked(employer, owner, one) for one in others[1:]])
    assert ProfileContact.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_control_without_the_lock_there_would_be_more():
    employer = searching()
    owner = make_member(employer)
    others, both_have_counted = [opened(employer, owner) for _ in range(2)], threading.Barrier(2)

    def careless(profile: Profile) -> None:
        with transaction.atomic():
            count = ProfileContact.objects.filter(employer=employer).count()
            both_have_counted.wait(timeout=20)
            if count < 1:
                ProfileContact.objects.create(
                    profile=profile, employer=employer, job=employer.jobs.first(), reason="talk"
                )

    racing.at_once(*[lambda one=one: careless(one) for one in others])
    assert ProfileContact.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_yes_and_a_withdrawal_that_meet_are_one_of_them():
    employer = searching()
    owner = make_member(employer)
    contact = asked(employer, owner)
    person = contact.profile.user
    said_ = racing.at_once(
        lambda: answer_contact(contact, AGREED, by=person), lambda: withdraw_contact(contact, by=owner)
    )
    assert sorted(type(one).__name__ for one in said_) == ["NotAllowed", "ProfileContact"]
