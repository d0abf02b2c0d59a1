"""A profile's privacy: from whom it is hidden, who has seen it, and that it rests when nobody confirms it."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import signing
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from aapm_site.accounts.domain import privacy
from aapm_site.core.retention import forget_old
from aapm_site.mail.models import OutgoingEmail
from careers.choices import OpenedFrom
from careers.domain import blocking, profile_openings, profile_rest, profiles
from careers.domain.blocking import BlockListFull
from careers.due import UNCONFIRMED_PROFILES
from careers.models import (
    ApplicationOpening,
    BlockedEmployer,
    Employer,
    EmployerMember,
    JobApplication,
    Profile,
    ProfileOpening,
)
from careers.privacy import export
from careers.profile_sight import EVERYTHING, Openness, ProfileReader, may_see, seen_parts
from careers.queries import blocked
from careers.retention import OPENINGS
from careers.rules import months_later
from careers.web_domains import SHARED, belong_together, domain_of
from tests.factories import client_of
from tests.house.source import ROOT

from .factories import live_job, make_employer, make_member, make_user, profession
from .test_alerts import HERE, clock, open_sent_link  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
HIDDEN = "/career-center/profile/hidden-from/"
SEEN = "/career-center/profile/seen/"
BEFORE, AFTER = ProfileReader.BEFORE, ProfileReader.AFTER
PAGE_QUERIES, SEEN_QUERIES = 8, 8


def make_profile(person=None, **fields) -> Profile:
    """One that employers can find, unless the fields say otherwise."""
    wanted = {"searchable": True, "profession": profession(), **fields}
    return Profile.objects.create(user=person or make_user(), **wanted)


# --- domains ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "domain"),
    [
        ("hospital.org", "hospital.org"), (" @Hospital.ORG. ", "hospital.org"), ("me@hospital.org", "hospital.org"),
        ("https://www.hospital.org/jobs?x=1", "hospital.org"), ("www.hospital.org:8080", "hospital.org"),
        ("https://medium.com/@clinic", "medium.com"), ("pain.hospital.org", "pain.hospital.org"),
        ("Lakeside Health", ""), ("St. Mary's", ""), ("localhost", ""), ("127.0.0.1", ""), ("http://[::1", ""),
        ("", ""), ("..", ""), ("a" * 300 + ".org", ""), ("hospital.org\x00", ""),
    ],
)  # fmt: skip
def test_a_domain_is_read_as_people_give_it(typed, domain):
    assert domain_of(typed) == domain


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ("hospital.org", "hospital.org", True), ("pain.hospital.org", "hospital.org", True),
        ("hospital.org", "pain.hospital.org", True), ("a.hospital.org", "b.hospital.org", False),
        ("myhospital.org", "hospital.org", False), ("hospital.org", "hospital.com", False),
    ],
)  # fmt: skip
def test_which_domains_belong_together(one, other, together):
    assert belong_together(one, other) is together


# --- who may find a profile ---------------------------------------------------------------------------------------

DOMAINS = ("lakeside.example", "pain.lakeside.example", "sound.example", "gmail.com", "a-b.example", "aXb.example")
WEBSITES = st.sampled_from(
    ["", *(f"https://{begin}{domain}{end}" for domain in DOMAINS for begin, end in (("", ""), ("WWW.", ":8080/jobs")))]
)
SWITCHES = st.fixed_dictionaries(
    {
        "searchable": st.sampled_from([True, True, True, False]),
        "active": st.sampled_from([True, True, True, False]),
        "paused": st.sampled_from([False, False, False, True]),
        "hidden": st.sampled_from([False, False, False, True]),
        "account": st.sampled_from([True, True, True, False]),
    }
)
WORLD = st.fixed_dictionaries(
    {
        "employers": st.lists(
            st.fixed_dictionaries(
                {"website": WEBSITES, "team": st.lists(st.tuples(st.sampled_from(DOMAINS), st.booleans()), max_size=2)}
            ),
            min_size=3,
            max_size=3,
        ),
        "people": st.lists(
            st.tuples(
                SWITCHES,
                st.sets(st.sampled_from([0, 1, 2, *(one for one in DOMAINS if one != "gmail.com")]), max_size=2),
            ),
            min_size=3,
            max_size=5,
        ),
        "moved": WEBSITES,
    }
)


def domains_by_hand(employer: Employer) -> set[str]:
    """What a plain reader would say the organization's domains are."""
    addresses = EmailAddress.objects.filter(user__employer_memberships__employer=employer, verified=True)
    named = {domain_of(employer.website), *(one.email.rpartition("@")[2].lower() for one in addresses)}
    return {one for one in named if one and one not in SHARED}


def blocks_by_hand(person, employer: Employer) -> bool:
    theirs = domains_by_hand(employer)
    for row in BlockedEmployer.objects.filter(user=person):
        blocked_domains = {row.domain} - {""}
        if row.employer is not None:
            if row.employer == employer:
                return True
            blocked_domains |= domains_by_hand(row.employer)
        if any(belong_together(one, other) for one in blocked_domains for other in theirs):
            return True
    return False


def finds_by_hand(profile: Profile, employer: Employer) -> bool:
    return (
        profile.searchable
        and profile.active
        and profile.paused_at is None
        and profile.hidden_at is None
        and profile.user.is_active
        and not blocks_by_hand(profile.user, employer)
    )


@settings(max_examples=40, phases=[Phase.generate])
@given(drawn=WORLD)
def test_an_employer_finds_whom_a_plain_rule_lets_it_find(drawn, django_assert_num_queries):
    with transaction.atomic():
        employers = [
            make_employer(f"Clinic {number}", website=one["website"]) for number, one in enumerate(drawn["employers"])
        ]
        for employer, one in zip(employers, drawn["employers"], strict=True):
            for number, (domain, confirmed) in enumerate(one["team"]):
                address = f"Team{employer.pk}.{number}@{domain}"
                member = make_user(address, confirmed=confirmed)
                EmployerMember.objects.create(employer=employer, user=member)
        for switches, hides in drawn["people"]:
            now = timezone.now()
            person = make_user(is_active=switches["account"])
            make_profile(
                person,
                searchable=switches["searchable"],
                active=switches["active"],
                paused_at=now if switches["paused"] else None,
                hidden_at=now if switches["hidden"] else None,
                hidden_reason="Spam." if switches["hidden"] else "",
            )
            for one in sorted(hides, key=str):
                if isinstance(one, int):
                    blocking.block_employer(person, employers[one])
                else:
                    blocking.block_domain(person, one.lower())
        # One that comes, and one that changes its website, after everybody has blocked whom they wanted to.
        Employer.objects.filter(pk=employers[0].pk).update(website=drawn["moved"])
        employers.append(make_employer("Latecomer", website=drawn["employers"][0]["website"]))
        for employer in Employer.objects.filter(pk__in=[one.pk for one in employers]):
            with django_assert_num_queries(1):
                found = set(Profile.objects.visible_to(employer).values_list("pk", flat=True))
            profiles = Profile.objects.select_related("user")
            assert found == {one.pk for one in profiles if finds_by_hand(one, employer)}
            for one in profiles:
                assert blocked.is_blocked_for(one.user, employer) is blocks_by_hand(one.user, employer)
        transaction.set_rollback(True)


def test_a_confidential_posting_is_no_way_round(django_assert_num_queries):
    """What an application asks before it shows anything: one question, by the employer behind the posting."""
    hospital = make_employer("Lakeside Health", website="https://www.lakeside.example/")
    job = live_job(hospital, confidential=True, public_employer_name="A hospital on the coast")
    person = make_user()
    blocking.block_domain(person, "lakeside.example")
    with django_assert_num_queries(1):
        assert blocked.is_blocked_for(person, job.employer)
    assert not blocked.is_blocked_for(make_user(), job.employer)


def test_an_address_that_is_not_confirmed_tells_nothing():
    employer = make_employer(website="")
    make_member(employer, email="a@lakeside.example", confirmed=False)
    person = make_user()
    blocking.block_domain(person, "lakeside.example")
    assert not blocked.is_blocked_for(person, employer)
    EmailAddress.objects.update(verified=True)
    assert blocked.is_blocked_for(person, employer)


# --- the list -----------------------------------------------------------------------------------------------------


def lakeside(**fields) -> Employer:
    """An organization that everybody can meet by its name."""
    employer = make_employer("Lakeside Health", slug="lakeside", website="https://www.lakeside.example", **fields)
    live_job(employer)
    return employer


def said(answer) -> str:
    """The messages of the page that an answer leads to."""
    return [str(one) for one in answer.context["messages"]]


def test_the_list_needs_a_sign_in():
    assert Client().get(HIDDEN)["Location"].startswith("/accounts/login/")
    assert Client().get(SEEN)["Location"].startswith("/accounts/login/")


def test_a_domain_is_hidden_from_at_once_and_shown_again():
    person = make_user()
    browser = client_of(person)
    answer = browser.post(HIDDEN, {"do": "add", "what": "me@Lakeside.example"}, follow=True)
    assert said(answer) == ["Your profile is hidden from everybody with lakeside.example."]
    entry = BlockedEmployer.objects.get()
    assert (entry.user, entry.employer, entry.domain) == (person, None, "lakeside.example")
    browser.post(HIDDEN, {"do": "add", "what": "https://lakeside.example/jobs"}, follow=True)
    assert BlockedEmployer.objects.count() == 1

    answer = browser.post(HIDDEN, {"do": "remove", "entry": entry.pk}, follow=True)
    assert said(answer) == ["That entry is off your list."]
    assert BlockedEmployer.objects.count() == 0


def test_an_organization_is_looked_for_by_name_and_chosen():
    employer = lakeside()
    browser = client_of(make_user())
    page = browser.post(HIDDEN, {"do": "add", "what": "lakeside"})
    assert page.status_code == 422
    assert "Which of them?" in page.text
    assert BlockedEmployer.objects.count() == 0

    answer = browser.post(HIDDEN, {"do": "employer", "employer": "lakeside"}, follow=True)

    assert said(answer) == ["Your profile is hidden from Lakeside Health."]
    assert "And whoever else has lakeside.example." in answer.text
    entry = BlockedEmployer.objects.get()
    assert (entry.employer, entry.domain) == (employer, "lakeside.example")


def test_its_first_domain_hides_when_its_website_has_moved():
    employer, person = lakeside(), make_user()
    blocking.block_employer(person, employer)
    Employer.objects.filter(pk=employer.pk).update(website="https://elsewhere.example")
    assert blocked.is_blocked_for(person, make_employer("Under another name", website="https://lakeside.example"))
    assert blocked.is_blocked_for(person, make_employer("At the new one", website="https://jobs.elsewhere.example"))
    assert not blocked.is_blocked_for(person, make_employer("Somebody else", website="https://harbor.example"))


def test_who_posts_confidentially_alone_is_not_found_by_trying():
    employer = make_employer("Secret House", slug="secret-house", website="https://secret.example")
    live_job(employer, confidential=True, public_employer_name="A hospital on the coast")
    browser = client_of(make_user())
    page = browser.post(HIDDEN, {"do": "add", "what": "Secret House"})
    assert page.status_code == 422
    assert page.text.count("Secret House") == 1  # what was typed
    assert "is called that" in page.text
    answer = browser.post(HIDDEN, {"do": "employer", "employer": "secret-house"}, follow=True)
    assert said(answer) == ["We did not understand that. Please press one of the buttons below."]
    assert BlockedEmployer.objects.count() == 0


@pytest.mark.parametrize(
    "sent",
    [
        {"do": "add", "what": ""}, {"do": "add", "what": "\x00"}, {"do": "add", "what": "x" * 10_000},
        {"do": "add", "what": "gmail.com"}, {"do": "add", "what": "a@gmail.com"}, {"do": "add", "what": "%_"},
        {"do": "add", "what": "two\nlines"}, {"do": "nonsense"}, {},
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_said_and_kept(sent):
    lakeside()
    page = client_of(make_user()).post(HIDDEN, sent)
    assert page.status_code == 422
    assert page.context["form"].errors
    assert BlockedEmployer.objects.count() == 0
    assert sent.get("what") != "gmail.com" or "so it tells nothing of an employer" in page.text


@pytest.mark.parametrize(
    "sent",
    [
        {"do": "remove"}, {"do": "remove", "entry": "9" * 40}, {"do": "remove", "entry": "x"},
        {"do": "employer"}, {"do": "employer", "employer": "\x00"}, {"do": "employer", "employer": "no-such"},
    ],
)  # fmt: skip
def test_a_forged_press_changes_nothing(sent):
    other = make_user()
    blocking.block_domain(other, "lakeside.example")
    answer = client_of(make_user()).post(HIDDEN, sent)
    assert answer["Location"] == HIDDEN
    assert BlockedEmployer.objects.count() == 1


def test_nobody_takes_an_entry_off_anothers_list():
    entry = blocking.block_domain(make_user(), "lakeside.example")
    browser = client_of(make_user())
    browser.post(HIDDEN, {"do": "remove", "entry": entry.pk})
    assert BlockedEmployer.objects.get() == entry
    assert "lakeside.example" not in browser.get(HIDDEN).text


def test_there_is_room_for_fifty(monkeypatch):
    monkeypatch.setattr(blocking, "LIMIT", 1)
    person = make_user()
    blocking.block_domain(person, "lakeside.example")
    assert blocking.block_domain(person, "lakeside.example").domain == "lakeside.example"
    with pytest.raises(BlockListFull):
        blocking.block_domain(person, "harbor.example")
    page = client_of(person).post(HIDDEN, {"do": "add", "what": "harbor.example"})
    assert page.status_code == 422
    assert "and that is all it takes" in page.text
    answer = client_of(person).post(HIDDEN, {"do": "employer", "employer": lakeside().slug}, follow=True)
    assert "and that is all it takes" in said(answer)[0]


def test_the_present_employer_is_proposed_by_the_confirmed_address():
    person = make_user("ada@pain.lakeside.example")
    EmailAddress.objects.create(user=person, email="ada@gmail.com", verified=True)
    EmailAddress.objects.create(user=person, email="ada@guess.example", verified=False)
    page = client_of(person).get(HIDDEN)
    assert [one.domain for one in page.context["proposals"]] == ["pain.lakeside.example"]
    page = client_of(person).post(HIDDEN, {"do": "add", "what": "pain.lakeside.example"}, follow=True)
    assert page.context["proposals"] == []


def test_the_employer_is_proposed_whose_team_the_person_is_on():
    employer = make_employer("Harbor Clinic", slug="harbor", website="")
    person = make_member(employer, email="ada@gmail.com")
    page = client_of(person).get(HIDDEN)
    assert [one.employer for one in page.context["proposals"]] == [employer]
    page = client_of(person).post(HIDDEN, {"do": "employer", "employer": "harbor"}, follow=True)
    assert page.context["proposals"] == []
    assert blocked.is_blocked_for(person, employer)


def test_the_list_asks_as_much_for_fifty_as_for_one(django_assert_num_queries):
    counts = []
    for number in (1, 50):
        person = make_user("seeker@gmail.com" if number == 1 else "other@gmail.com")
        for one in range(number):
            blocking.block_employer(person, make_employer(website=f"https://clinic{one}.example"))
        browser = client_of(person)
        browser.get(HIDDEN)
        with django_assert_num_queries(PAGE_QUERIES):
            page = browser.get(HIDDEN)
        counts.append(len(page.context["listed"]))
    assert counts == [1, 50]


@pytest.mark.parametrize(
    "fields", [{"domain": ""}, {"domain": "Lakeside.example"}, {"domain": "twice.example"}],
)  # fmt: skip
def test_the_database_refuses_nonsense(fields):
    person = make_user()
    BlockedEmployer.objects.create(user=person, domain="twice.example")
    with pytest.raises(IntegrityError), transaction.atomic():
        BlockedEmployer.objects.create(user=person, **fields)


# --- who has seen it ----------------------------------------------------------------------------------------------

# The eighth of March is a day of 23 hours in the association's zone.
EVENING = datetime(2026, 3, 9, 3, 59, tzinfo=UTC)  # March 8, 22:59


def test_an_employer_is_noted_once_a_day_of_the_association():
    profile, employer = make_profile(), make_employer()
    person = make_member(employer)
    for at in (EVENING, EVENING + timedelta(minutes=30), EVENING + timedelta(hours=1, minutes=2)):
        profile_openings.record_opening(profile, employer, person, at)
    found = ProfileOpening.objects.order_by("opened_at").values_list("opened_on", "opened_at", "who", "source")
    assert list(found) == [
        (date(2026, 3, 8), EVENING, person.pk, OpenedFrom.SEARCH),
        (date(2026, 3, 9), EVENING + timedelta(hours=1, minutes=2), person.pk, OpenedFrom.SEARCH),
    ]


def test_the_person_reads_who_and_when():
    profile = make_profile()
    lake, harbor = make_employer("Lakeside Health"), make_employer("Harbor Clinic")
    profile_openings.record_opening(profile, lake, make_user(), EVENING)
    profile_openings.record_opening(
        profile, harbor, make_user(), EVENING + timedelta(days=1), source=OpenedFrom.APPLICATION, named=False
    )
    profile_openings.record_opening(make_profile(), lake, make_user(), EVENING)
    page = client_of(profile.user).get(SEEN)
    sights = page.context["sights"]
    assert [(one.employer, one.did) for one in sights] == [
        ("An employer that has not named itself", "opened your profile, from your application"),
        ("Lakeside Health", "opened your profile"),
    ]
    assert "March 8, 2026" in page.text
    assert "Harbor Clinic" not in page.text
    assert "Nobody yet" in client_of(make_user()).get(SEEN).text


def test_applications_and_cvs_that_were_opened_stand_there_too(django_assert_num_queries):
    profile, now = make_profile(), timezone.now()
    lake, harbor = make_employer("Lakeside Health"), make_employer("Harbor Clinic")
    hidden = {"confidential": True, "public_employer_name": "A hospital on the coast"} | {"takes_applications": True}
    jobs = [live_job(lake, title="Pain physician"), live_job(harbor, title="Pain nurse", apply_email="", **hidden)]
    sent = [send(profile.user, job, now - timedelta(days=2)) for job in jobs]
    for number, (application, part) in enumerate([(sent[0], "application"), (sent[0], "cv"), (sent[1], "application")]):
        ApplicationOpening.objects.create(application=application, part=part, at=now - timedelta(minutes=9 - number))
    profile_openings.record_opening(profile, lake, make_user(), now)
    profile_openings.record_opening(
        profile, harbor, make_user(), now - timedelta(days=1), source=OpenedFrom.APPLICATION, named=False
    )
    ApplicationOpening.objects.create(application=send(make_user(), jobs[0], now), part="cv")
    browser = client_of(profile.user)
    browser.get(SEEN)
    with django_assert_num_queries(SEEN_QUERIES + 1):
        page = browser.get(SEEN)
    assert [(one.employer, one.did, one.about) for one in page.context["sights"]] == [
        ("Lakeside Health", "opened your profile", ""),
        ("An employer that has not named itself", "opened your application for", "Pain nurse"),
        ("Lakeside Health", "opened your CV for", "Pain physician"),
        ("Lakeside Health", "opened your application for", "Pain physician"),
        ("An employer that has not named itself", "opened your profile, from your application", ""),
    ]
    assert "Harbor Clinic" not in page.text + str(export(profile.user)["profile_seen"])

    JobApplication.objects.filter(pk=sent[1].pk).update(named_at=now)
    names = [one.employer for one in browser.get(SEEN).context["sights"]]
    assert names == ["Lakeside Health", "Harbor Clinic", "Lakeside Health", "Lakeside Health", "Harbor Clinic"]


def send(person, job, at: datetime) -> JobApplication:
    """An application that has reached its employer."""
    return JobApplication.objects.create(
        user=person, job=job, email=person.email, name="Ada", message="Hello.", status="sent", sent_at=at
    )


def test_who_has_seen_is_read_a_page_at_a_time(django_assert_num_queries):
    profile = make_profile()
    browser = client_of(profile.user)
    browser.get(SEEN)
    shown = []
    for number in (1, 60):
        for _ in range(number - ProfileOpening.objects.count()):
            profile_openings.record_opening(profile, make_employer(), make_user(), EVENING)
        with django_assert_num_queries(SEEN_QUERIES):
            shown.append(len(browser.get(SEEN).context["sights"]))
    assert shown == [1, 50]
    assert len(browser.get(f"{SEEN}?page=2").context["sights"]) == 10
    assert [browser.get(f"{SEEN}?page={odd}").status_code for odd in ("x", "0", "9" * 30)] == [200] * 3


def test_openings_are_forgotten_after_as_long_as_staff_say():
    profile, employer = make_profile(), make_employer()
    now = timezone.now()
    for days in (729, 731):
        profile_openings.record_opening(profile, employer, make_user(), now - timedelta(days=days))
    assert forget_old(now)["profile-looks"] == 1
    assert ProfileOpening.objects.get().opened_at == now - timedelta(days=729)


# --- six months ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ((2026, 1, 15), 6, (2026, 7, 15)), ((2026, 8, 31), 6, (2027, 2, 28)), ((2027, 8, 31), 6, (2028, 2, 29)),
        ((2026, 3, 31), 6, (2026, 9, 30)), ((2026, 6, 30), 6, (2026, 12, 30)), ((2026, 7, 1), 6, (2027, 1, 1)),
        ((2028, 2, 29), 6, (2028, 8, 29)), ((2026, 12, 31), 6, (2027, 6, 30)),
    ],
)  # fmt: skip
def test_so_many_months_later(day, months, later):
    assert months_later(date(*day), months) == date(*later)


@pytest.mark.parametrize(
    ("confirmed", "asks", "rests"),
    [
        # At 23:30 of August 31 in Chicago it is September already in UTC.
        (datetime(2026, 9, 1, 4, 30, tzinfo=UTC), date(2027, 2, 14), date(2027, 2, 28)),
        (datetime(2026, 9, 1, 5, 30, tzinfo=UTC), date(2027, 2, 15), date(2027, 3, 1)),
        # The clocks go forward on March 14, 2027, between the question and the rest; back on November 1, 2026.
        (datetime(2026, 9, 20, 12, tzinfo=UTC), date(2027, 3, 6), date(2027, 3, 20)),
        (datetime(2026, 5, 1, 12, tzinfo=UTC), date(2026, 10, 18), date(2026, 11, 1)),
    ],
)
def test_when_it_asks_and_when_it_rests(confirmed, asks, rests, monkeypatch):
    profile = make_profile(confirmed_at=confirmed)
    assert (profile_rest.asks_on(profile), profile_rest.rests_on(profile)) == (asks, rests)

    assert first_due(asks - timedelta(days=3)) == (f"Ask whether profile {profile.pk} is still wanted", six(asks))
    monkeypatch.setattr(timezone, "now", lambda: six(asks))
    profile_rest.ask_or_rest(str(profile.pk))
    profile.refresh_from_db()
    assert profile_rest.rests_on(profile) == rests

    assert first_due(asks) == (f"Let profile {profile.pk} rest", six(rests))
    monkeypatch.setattr(timezone, "now", lambda: six(rests))
    profile_rest.ask_or_rest(str(profile.pk))
    profile.refresh_from_db()
    assert profile.paused_at == six(rests)
    assert first_due(asks) is None


def six(day: date) -> datetime:
    """Six in the morning of the association's day."""
    return timezone.make_aware(datetime(day.year, day.month, day.day, 6))


def first_due(since: date) -> tuple[str, datetime] | None:
    """The first row that the clock finds when it looks every hour, from that day on."""
    at = six(since) - timedelta(hours=6)
    for _ in range(24 * 20):
        for row in UNCONFIRMED_PROFILES.due(at):
            assert row.at <= at < row.at + timedelta(hours=1)
            return row.title, row.at
        at += timedelta(hours=1)
    return None


def letters() -> list[OutgoingEmail]:
    return list(OutgoingEmail.objects.filter(template__startswith="careers/profile_").order_by("pk"))


def work() -> None:
    for row in UNCONFIRMED_PROFILES.due(timezone.now()):
        UNCONFIRMED_PROFILES.do(row.key)


def test_it_asks_once_rests_and_comes_back_by_one_press(clock):  # noqa: F811 - the fixture
    profile = make_profile(confirmed_at=timezone.now() - timedelta(days=170))
    work()
    work()
    (letter,) = letters()
    assert letter.subject == "Are you still looking for a position?"
    assert (letter.to, letter.state, letter.kind) == (profile.user.email, "queued", "profiles.profile_still_looking")
    link = open_sent_link(letter.text)
    visitor = Client()
    assert "Yes, I am still looking" in visitor.get(link).text
    profile.refresh_from_db()
    assert profile_rest.is_asked(profile)  # whoever opens a link has not pressed yet

    clock.shift(timedelta(days=15))
    work()
    work()
    asked, told = letters()
    assert told.subject == "Your profile rests now"
    profile.refresh_from_db()
    assert (profile.is_offered, Profile.objects.offered().count()) == (False, 0)

    link = open_sent_link(told.text)
    assert "Bring it back" in visitor.get(link).text
    answer = visitor.post(link, follow=True, **HERE)
    assert "Your profile goes on" in answer.text
    profile.refresh_from_db()
    assert (profile.is_offered, profile_rest.is_asked(profile)) == (True, False)
    work()
    assert len(letters()) == 2


def test_a_press_begins_six_months_anew(clock):  # noqa: F811 - the fixture
    profile = make_profile(confirmed_at=timezone.now() - timedelta(days=170))
    work()
    Client().post(open_sent_link(letters()[0].text), **HERE)
    for days in (15, 140):
        clock.shift(timedelta(days=days))
        work()
    profile.refresh_from_db()
    assert (profile.paused_at, len(letters())) == (None, 1)
    clock.shift(timedelta(days=20))
    work()
    assert len(letters()) == 2


def test_who_was_asked_late_has_fourteen_days_all_the_same(clock):  # noqa: F811 - the fixture
    profile = make_profile(confirmed_at=timezone.now() - timedelta(days=400))
    work()
    clock.shift(timedelta(days=13))
    work()
    profile.refresh_from_db()
    assert profile.paused_at is None
    clock.shift(timedelta(days=1, hours=12))
    work()
    profile.refresh_from_db()
    assert profile.paused_at is not None


@pytest.mark.parametrize(
    "off",
    [
        {"searchable": False}, {"active": False}, {"hidden_at": EVENING, "hidden_reason": "Spam."},
        {"paused_at": EVENING}, {"account": False},
    ],
)  # fmt: skip
def test_what_nobody_can_find_is_not_asked_about(off):
    fields = {name: value for name, value in off.items() if name != "account"}
    profile = make_profile(make_user(is_active="account" not in off), confirmed_at=EVENING, **fields)
    assert list(UNCONFIRMED_PROFILES.due(timezone.now())) == []
    profile_rest.ask_or_rest(str(profile.pk))
    assert letters() == []


@pytest.mark.parametrize(
    "off", [{"searchable": False}, {"active": False}, {"hidden_at": EVENING, "hidden_reason": "Spam."}]
)
def test_a_letter_switches_nothing_on_that_was_switched_off(off):
    profile = make_profile(confirmed_at=EVENING, paused_at=timezone.now(), **off)
    link = f"/career-center/profile/still-looking/{profile_rest.confirm_token(profile)}/"
    page = Client().get(link)
    assert "Your profile is hidden" in page.text
    assert "<button" not in page.text.partition("<main")[2].partition("</main>")[0]
    Client().post(link, **HERE)
    profile.refresh_from_db()
    assert (profile.confirmed_at, profile.is_offered) == (EVENING, False)


def test_a_link_that_is_forged_or_whose_profile_is_gone_does_nothing():
    profile = make_profile(confirmed_at=EVENING)
    link = f"/career-center/profile/still-looking/{profile_rest.confirm_token(profile)}/"
    of_another_letter = signing.dumps(profile.public_id, salt="careers.alert")
    for forged in (link.replace("looking/", "looking/x"), f"/career-center/profile/still-looking/{of_another_letter}/"):
        assert (Client().get(forged).status_code, Client().post(forged, **HERE).status_code) == (404, 404)
    assert Client().post(link).status_code == 403  # a press from elsewhere
    profile.refresh_from_db()
    assert profile.confirmed_at == EVENING
    profile.delete()
    assert Client().get(link).status_code == 404


def test_whoever_decides_anew_has_answered(clock):  # noqa: F811 - the fixture
    profile = make_profile(confirmed_at=timezone.now() - timedelta(days=170))
    work()
    clock.shift(timedelta(days=10))
    profiles.set_switches(profile, searchable=True, name_shown=False, active=True)
    clock.shift(timedelta(days=10))
    work()
    profile.refresh_from_db()
    assert (profile.paused_at, len(letters())) == (None, 1)


# --- what the page on privacy promises ----------------------------------------------------------------------------

PARTS = {
    "Profession and specialties": {"profession", "specialties"},
    "Where you stand, and your years of practice": {"stage", "years"},
    "Board certifications, and the states of your licenses": {"certifications", "licenses"},
    "Procedures and languages": {"procedures", "languages"},
    "Places, settings and remote work that you want, from when, and visa": {"places", "settings_wanted", "remote"}
    | {"available_on", "visa"},
    "Your name": {"name"},
    "Your e-mail address": {"email"},
    "Training, experience and what you say about yourself": {"training", "experience", "about"},
    "Your CV": {"cv"},
    "The pay that you hope for": {"pay_wish"},
}
ROW = re.compile(r'<tr><th scope="row">(.*?)</th><td>(.*?)</td><td>(.*?)</td></tr>')


def test_the_page_on_privacy_says_what_an_employer_sees():
    text = (ROOT / "content" / "starter" / "pages" / "privacy.html").read_text(encoding="utf-8")
    rows = {label: (before, after) for label, before, after in ROW.findall(text)}
    assert set(rows) == set(PARTS)
    assert set().union(*PARTS.values()) == EVERYTHING
    for label, parts in PARTS.items():
        found = [
            {may_see(part, reader, Openness(searchable=True, name_shown=shown, active=True)) for part in parts}
            for reader, shown in ((BEFORE, False), (BEFORE, True), (AFTER, False))
        ]
        words = {(False, False): "No", (False, True): "No, unless you show it", (True, True): "Yes"}
        assert [len(one) for one in found] == [1, 1, 1]
        hidden, shown, after = (one.pop() for one in found)
        assert rows[label] == (words[hidden, shown], "Yes" if after else "No")
    assert OPENINGS.days == 2 * 365  # as the page says
    for blocked_or_resting in (Openness(True, True, True, blocked=True), Openness(True, True, False)):
        assert seen_parts(BEFORE, blocked_or_resting) | seen_parts(AFTER, blocked_or_resting) == set()


# --- what is kept of the person -----------------------------------------------------------------------------------


def test_all_of_it_is_exported_and_erased():
    employer = lakeside()
    profile = make_profile()
    person, recruiter = profile.user, make_member(employer)
    blocking.block_employer(person, employer)
    blocking.block_domain(person, "harbor.example")
    profile_openings.record_opening(profile, employer, recruiter, EVENING)
    data = export(person)
    assert [(row["organization"], row["domain"]) for row in data["hidden_from"]] == [
        (None, "harbor.example"),
        ("Lakeside Health", "lakeside.example"),
    ]
    assert [(row["by"], row["at"]) for row in data["profile_seen"]] == [("Lakeside Health", EVENING)]
    assert export(recruiter)["profiles_opened"] == [
        {"for": "Lakeside Health", "at": EVENING, "from": "A search of profiles"}
    ]

    privacy.erase_person(recruiter)
    assert ProfileOpening.objects.get().who is None
    privacy.erase_person(person)
    assert (BlockedEmployer.objects.count(), ProfileOpening.objects.count()) == (0, 0)
