"""Employers search profiles: who may, what is found, what is never told apart, and that opening one is a press."""

import itertools
import random
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from aapm_site.accounts.domain.places import keep_names
from aapm_site.accounts.models import Place
from aapm_site.core.transitions import NotAllowed
from careers.choices import EmployerKind, MemberRole
from careers.domain import blocking, profile_access, profiles
from careers.domain.profile_openings import A_DAY, ProfilesUsedUp, open_profile
from careers.domain.profiles import WantedPlace, save_profile
from careers.forms.profile_filters import ProfileFilterForm, read_profile_criteria
from careers.models import Employer, EmployerMember, Profile, ProfileAccess, ProfileEntry, ProfileOpening
from careers.presenters.profile_search import band
from careers.profile_alias import alias_of, profile_number
from careers.profile_criteria import CHANGED_SINCE, YEARS, NearTown, ProfileCriteria
from careers.queries import profile_finding
from careers.queries.profile_access import search_standing
from careers.queries.profile_finding import conditions, find_profiles, fitting
from careers.queries.profile_words import word_groups
from tests.factories import client_of

from .factories import live_job, make_employer, make_member, make_user, profession, specialty
from .plain_profiles import findable, fits

pytestmark = pytest.mark.django_db
PAGE_QUERIES = 17


def searching(kind: str = "private-practice", **fields) -> Employer:
    """An organization that may search."""
    employer = make_employer(kind=kind, verified=True, **fields)
    live_job(employer)
    return employer


def offered(person=None, *, places=(), specialties=(), agencies=False, slug="physician", **fields) -> Profile:
    made = save_profile(person or make_user(), {"profession": profession(slug), **fields}, specialties, places)
    profiles.set_switches(made, searchable=True, name_shown=False, active=True, agencies=agencies)
    return made


def many(count: int, **fields) -> list[Profile]:
    return [offered(**fields) for _ in range(count)]


EVERYBODY = ProfileCriteria()


def found_by(employer: Employer, criteria=EVERYBODY) -> set[int]:
    return {number for _, number in fitting(conditions(criteria, employer, timezone.now()))}


def page_of(employer: Employer) -> str:
    return f"/career-center/employers/{employer.public_id}/profiles/"


def town(name: str, latitude: float, longitude: float, code: str) -> Place:
    made = Place.objects.create(
        name=name, slug=f"{name}-{code}".lower(), state=code, state_code=code, latitude=latitude, longitude=longitude
    )
    keep_names(made)
    return made


# --- who may search -----------------------------------------------------------------------------------------------


def test_a_live_position_opens_the_search_to_a_verified_organization():
    at = timezone.now()
    employer = make_employer()
    assert not search_standing(employer, at).is_open
    job = live_job(employer)
    assert not search_standing(employer, at).is_open  # people are promised that verified ones find them
    employer.verified = True
    employer.save()
    assert search_standing(employer, at).is_open
    assert not search_standing(employer, job.ends_at + timedelta(seconds=1)).is_open


def test_staff_let_an_organization_search_for_some_days():
    employer, staff = make_employer(verified=True), make_user()
    today = timezone.localdate()
    made = profile_access.give_profile_access(
        employer, until=today + timedelta(days=9), by=staff, reason=" Invoice 7. "
    )
    assert (made.reason, made.given_by, search_standing(employer, timezone.now()).is_open) == (
        "Invoice 7.",
        staff,
        True,
    )
    noon = timezone.now()
    assert search_standing(employer, noon + timedelta(days=9)).is_open
    assert not search_standing(employer, noon + timedelta(days=10)).is_open
    assert profile_access.end_profile_access(employer) == 1
    assert not search_standing(employer, noon).is_open
    with pytest.raises(NotAllowed):
        profile_access.end_profile_access(employer)


def test_what_began_before_today_ends_with_yesterday():
    employer, today = make_employer(verified=True), timezone.localdate()
    ProfileAccess.objects.create(
        employer=employer, starts_on=today - timedelta(days=3), ends_on=today + timedelta(days=3), reason="A trial."
    )
    profile_access.end_profile_access(employer)
    assert ProfileAccess.objects.get().ends_on == today - timedelta(days=1)


@pytest.mark.parametrize(("days", "reason"), [(-1, "Why."), (900, "Why."), (5, "  ")])
def test_an_access_without_sense_is_refused(days, reason):
    with pytest.raises(NotAllowed):
        profile_access.give_profile_access(
            make_employer(), until=timezone.localdate() + timedelta(days=days), by=make_user(), reason=reason
        )
    assert not ProfileAccess.objects.exists()


def test_who_may_not_search_is_told_how_to_get_in():
    employer = make_employer()
    owner = make_member(employer)
    many(6)
    page = client_of(owner).get(page_of(employer))
    assert (page.status_code, page.templates[0].name) == (200, "careers/talent/locked.html")
    assert "How you get in" in page.text
    alias = alias_of(Profile.objects.first().pk, employer.pk)
    for path in (f"{page_of(employer)}{alias}/open/", f"{page_of(employer)}{alias}/"):
        answer = client_of(owner).post(path) if path.endswith("open/") else client_of(owner).get(path)
        assert answer.templates[0].name == "careers/talent/locked.html"
    assert not ProfileOpening.objects.exists()


# --- what is found ------------------------------------------------------------------------------------------------

PORTLAND, BATH, BOSTON = (43.65737, -70.2589), (43.91064, -69.8206), (42.35843, -71.05977)
TOWNS = {"Portland": (*PORTLAND, "ME"), "Bath": (*BATH, "ME"), "Boston": (*BOSTON, "MA")}

NEAR_PORTLAND = NearTown("Portland", *PORTLAND, 50, "ME")


def some_of(values, most=2):
    return st.lists(st.sampled_from(values), max_size=most, unique=True).map(tuple)


CRITERIA = st.builds(
    ProfileCriteria,
    words=st.sampled_from(["", "", "", "anesth", "spanish and epidural", "xylophone"]),
    near=st.sampled_from(
        [None, None, NearTown("Portland", *PORTLAND, 50, "ME"), NearTown("Boston", *BOSTON, 25, "MA")]
    ),
    states=some_of(["ME", "MA"]),
    professions=some_of(["physician", "nurse"]),
    specialties=some_of(["anesthesiology", "neurology"]),
    certifications=some_of(["pain", "fipp"]),
    licenses=some_of(["ME", "MA"]),
    procedures=some_of(["epidural"]),
    languages=some_of(["en", "es"]),
    stages=some_of(["fellow", "practice"]),
    years=st.sampled_from([0, 0, *YEARS]),
    settings=some_of(["hospital", "academic"]),
    remote=some_of(["on-site", "fully"]),
    visas=some_of(["none", "j-1"]),
    available_by=st.sampled_from([None, None, date(2027, 3, 1), date(2027, 9, 1)]),
    since_days=st.sampled_from([0, 0, *CHANGED_SINCE]),
)


@pytest.fixture
def crowd():
    """People of all sorts, some of whom hide, rest, keep agencies away, or block a hospital."""
    chance = random.Random(12)
    towns = [town(name, *where) for name, where in TOWNS.items()]
    fields_of_work = [specialty("anesthesiology"), specialty("neurology")]
    lists = {
        "certifications": ["pain", "fipp", "neurology"], "licenses": ["ME", "MA", "TX"], "procedures": ["epidural"],
        "languages": ["en", "es"], "settings_wanted": ["hospital", "academic"],
    }  # fmt: skip
    hospital = searching(name="Lakeside", website="https://lakeside.example")
    for _ in range(40):
        fields = {name: chance.sample(values, chance.randrange(len(values))) for name, values in lists.items()}
        wanted = [WantedPlace(place=one) for one in chance.sample(towns, chance.randrange(3))]
        wanted += [WantedPlace(state_code=code) for code in chance.sample(["ME", "MA"], chance.randrange(2))]
        made = offered(
            places=wanted,
            specialties=chance.sample(fields_of_work, chance.randrange(3)),
            slug=chance.choice(["physician", "physician", "nurse"]),
            agencies=chance.random() < 0.5,
            stage=chance.choice(["", "fellow", "practice"]),
            years=chance.choice([None, 0, 1, 4, 12, 30]),
            remote=chance.choice(["", "on-site", "fully"]),
            visa=chance.choice(["", "none", "j-1"]),
            available_on=chance.choice([None, date(2027, 1, 1), date(2027, 6, 1)]),
            **fields,
        )
        state = chance.randrange(10)
        now = timezone.now()
        changes = {
            0: {"searchable": False}, 1: {"active": False}, 2: {"paused_at": now},
            3: {"hidden_at": now, "hidden_reason": "Spam."},
        }.get(state, {})  # fmt: skip
        Profile.objects.filter(pk=made.pk).update(
            updated_at=now - timedelta(days=chance.choice([1, 20, 80, 170, 300])), **changes
        )
        if state == 4:
            made.user.is_active = False
            made.user.save()
        if state in {5, 6}:
            blocking.block_domain(made.user, "lakeside.example")
    agency, other = searching(kind=EmployerKind.AGENCY, website=""), searching(website="https://other.example")
    return {employer: findable(employer) for employer in (hospital, agency, other)}


@settings(max_examples=120, phases=[Phase.generate])
@given(criteria=CRITERIA)
def test_a_search_finds_what_a_plain_matcher_finds(crowd, criteria):
    at = timezone.now()
    for employer, people in crowd.items():
        wanted = {one.pk for one in people if fits(one, criteria, at)}
        assert found_by(employer, criteria) == wanted


def test_the_crowd_has_everything_in_it(crowd):
    """So that the test above compares what differs."""
    sizes = [len(found_by(employer)) for employer in crowd]
    assert 0 < sizes[0] < sizes[2] < Profile.objects.count()
    assert 0 < sizes[1] < sizes[2]


def test_entries_follow_every_change():
    made = offered(specialties=[specialty()], places=[WantedPlace(state_code="ME")])
    entry = ProfileEntry.objects.get()
    assert {"profession:physician", "specialty:anesthesiology", "state:ME", "anywhere:ME"} <= set(entry.tags)
    assert "agencies:yes" not in entry.tags
    physician = made.profession
    physician.slug = "doctor"
    physician.save()
    made.specialties.clear()
    profiles.set_switches(made, searchable=True, name_shown=False, active=True, agencies=True)
    tags = set(ProfileEntry.objects.get().tags)
    assert tags == {"profession:doctor", "agencies:yes", "state:ME", "anywhere:ME"}
    person = made.user
    person.is_active = False
    person.save()
    assert not ProfileEntry.objects.exists()
    person.is_active = True
    person.save()
    assert ProfileEntry.objects.exists()
    profiles.delete_profile(made)
    assert not ProfileEntry.objects.exists()


def test_words_are_looked_for_in_the_lists_alone():
    made = offered(
        procedures=["epidural"], about="Zanzibar is where I grew up.", training="Zanzibar", experience="Zanzibar"
    )
    many(6)
    employer = searching()
    assert word_groups("zanzibar") == [()]
    assert found_by(employer, ProfileCriteria(words="Zanzibar")) == set()
    assert found_by(employer, ProfileCriteria(words="epidur")) == {made.pk}
    assert found_by(employer, ProfileCriteria(words=made.user.email.partition("@")[0])) == set()


def test_an_agency_finds_only_who_lets_agencies():
    shy, open_to_all = offered(), offered(agencies=True)
    agency, clinic = searching(kind=EmployerKind.AGENCY), searching()
    assert found_by(agency) == {open_to_all.pk}
    assert found_by(clinic) == {shy.pk, open_to_all.pk}
    assert list(Profile.objects.visible_to(agency)) == [open_to_all]


def test_the_address_holds_what_was_read():
    town("Portland", *PORTLAND, "ME")
    from django.http import QueryDict  # noqa: PLC0415

    typed = QueryDict(
        "q=spine&near=Portland&miles=25&state=ME&profession=physician&specialty=anesthesiology&certified=pain&licensed=ME"
        "&procedure=epidural&language=es&stage=fellow&years=3&setting=hospital&remote=fully&visa=none&by=2027-07-01"
        "&since=30"
    )
    profession(), specialty()
    criteria = read_profile_criteria(typed)
    assert set(criteria.chosen) == set(ProfileCriteria.FIELDS)
    assert read_profile_criteria(QueryDict(criteria.to_query())) == criteria


# --- nobody is told apart -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "words"),
    [(5, "under 10"), (9, "under 10"), (10, "10 to 25"), (24, "10 to 25"), (25, "25 to 50"), (49, "25 to 50"),
     (50, "50 to 100"), (100, "50 to 100"), (101, "more than 100")],
)  # fmt: skip
def test_counts_are_said_in_bands(count, words):
    assert band(count) == words


@pytest.mark.parametrize("fitting_count", [0, 1, 4])
def test_fewer_than_five_are_not_shown(fitting_count):
    many(fitting_count, languages=["ta"])
    many(6, languages=["en"])
    employer = searching()
    found = find_profiles(ProfileCriteria(languages=("ta",)), employer, timezone.now())
    assert (found.too_few, found.numbers, found.count, found.next) == (True, (), 0, None)
    assert dict(found.without) == {"language": 6 + fitting_count}
    page = client_of(make_member(employer)).get(f"{page_of(employer)}?language=ta")
    assert "Too few to show" in page.text
    assert page.text.count("Fewer than 5 people fit all of this.") == 1
    assert "Without “Tamil”: under 10 people" in page.text or fitting_count == 4
    assert alias_of(Profile.objects.first().pk, employer.pk) not in page.text


def test_nothing_tells_none_from_four():
    many(6, languages=["en"])
    employer, at = searching(), timezone.now()
    none = find_profiles(ProfileCriteria(languages=("ta",)), employer, at)
    many(4, languages=["ta"])
    four = find_profiles(ProfileCriteria(languages=("ta",)), employer, at)
    assert (none.too_few, none.count, none.numbers) == (four.too_few, four.count, four.numbers)


def test_five_are_shown():
    made = many(5, languages=["ta"])
    many(5, languages=["en"])
    found = find_profiles(ProfileCriteria(languages=("ta",)), searching(), timezone.now())
    assert (found.numbers, found.count) == (tuple(one.pk for one in reversed(made)), 5)


@pytest.mark.parametrize(("others", "shown"), [(0, True), (1, False), (4, False), (5, True)])
def test_a_filter_that_leaves_few_out_is_not_asked(others, shown):
    """With the list without it beside this one, one would know who does not fit the filter."""
    many(7, languages=["ta"])
    many(others, languages=["en"])
    found = find_profiles(ProfileCriteria(languages=("ta",)), searching(), timezone.now())
    assert bool(found.numbers) is shown
    assert found.leaves_out == ("" if shown else "language")


def test_a_filter_by_a_day_counts_those_who_state_none(monkeypatch):
    many(6, available_on=date(2027, 1, 1))
    many(1)
    found = find_profiles(ProfileCriteria(available_by=date(2027, 2, 1)), searching(), timezone.now())
    assert found.leaves_out == "by"


def test_pages_have_everybody_once(monkeypatch):
    monkeypatch.setattr(profile_finding, "PAGE_SIZE", 3)
    made = many(11)
    employer, at = searching(), timezone.now()
    for cap in (100, 5):
        monkeypatch.setattr(profile_finding, "CAP", cap)
        seen, after = [], None
        for _ in itertools.count():
            found = find_profiles(ProfileCriteria(), employer, at, after=after)
            seen += found.numbers
            after = found.next
            if after is None:
                break
        assert seen == [one.pk for one in reversed(made)], cap


# --- addresses ----------------------------------------------------------------------------------------------------


def test_a_profile_is_called_otherwise_by_each_employer():
    aliases = {(employer, number): alias_of(number, employer) for employer in (1, 2) for number in (1, 2, 2**40)}
    assert len(set(aliases.values())) == len(aliases)
    for (employer, number), alias in aliases.items():
        assert profile_number(alias, employer) == number
        assert profile_number(alias, employer + 1) is None
        assert profile_number(alias[:-2] + ("AA" if alias[-2:] != "AA" else "BB"), employer) is None


@pytest.mark.parametrize("alias", ["", "x", "A" * 22, "é" * 22, "A" * 10_000, "A" * 21 + "="])
def test_an_invented_name_is_nobody(alias):
    assert profile_number(alias, 1) is None


def test_pages_hold_neither_number_nor_random_id_nor_name():
    people = many(6, languages=["en"], about="Zanzibar")
    employer = searching()
    browser = client_of(make_member(employer))
    alias = alias_of(people[0].pk, employer.pk)
    browser.post(f"{page_of(employer)}{alias}/open/")
    for path in (page_of(employer), f"{page_of(employer)}{alias}/"):
        page = browser.get(path)
        assert page.status_code == 200
        assert page["Cache-Control"].startswith("private")
        for one in people:
            assert one.public_id not in page.text
            assert one.user.email not in page.text
        assert "Zanzibar" not in page.text


# --- opening ------------------------------------------------------------------------------------------------------


def test_opening_is_a_press_that_its_person_reads():
    (profile, *_others) = many(6, languages=["es"])
    employer = searching(name="Tidewater Pain")
    owner = make_member(employer)
    browser, alias = client_of(owner), alias_of(profile.pk, employer.pk)
    address = f"{page_of(employer)}{alias}/"
    page = browser.get(address)
    assert "You have not opened it today." in page.text
    assert "Spanish" not in page.text
    assert not ProfileOpening.objects.exists()
    assert browser.get(f"{address}open/").status_code == 405

    answer = browser.post(f"{address}open/")
    assert answer["Location"] == address
    row = ProfileOpening.objects.get()
    assert (row.profile, row.employer, row.who, row.source, row.named) == (profile, employer, owner, "search", True)
    page = browser.get(address)
    assert "Spanish" in page.text
    assert "1 of 50 profiles opened today" in page.text
    browser.post(f"{address}open/")
    assert ProfileOpening.objects.count() == 1
    assert "Tidewater Pain" in client_of(profile.user).get("/career-center/profile/seen/").text

    ProfileOpening.objects.update(opened_on=timezone.localdate() - timedelta(days=1))
    assert "Spanish" not in browser.get(address).text


def test_fifty_different_ones_a_day_and_the_same_again_is_free():
    employer, at = searching(), timezone.now()
    person = make_member(employer)
    made = many(A_DAY + 1)
    for one in made[:A_DAY]:
        open_profile(one, employer, person, at)
    open_profile(made[0], employer, person, at)
    with pytest.raises(ProfilesUsedUp):
        open_profile(made[-1], employer, person, at)
    open_profile(made[-1], employer, person, at + timedelta(days=1))
    open_profile(made[-1], searching(), person, at)
    assert ProfileOpening.objects.filter(employer=employer).count() == A_DAY + 1


@pytest.mark.parametrize(
    "change", [{"searchable": False}, {"active": False}, {"hidden_at": timezone.now(), "hidden_reason": "Spam."}]
)
def test_what_is_not_to_be_found_is_neither_opened_nor_shown(change):
    (profile, *_others) = many(6, languages=["es"])
    employer = searching()
    browser, address = client_of(make_member(employer)), f"{page_of(employer)}{alias_of(profile.pk, employer.pk)}/"
    browser.post(f"{address}open/")
    Profile.objects.filter(pk=profile.pk).update(**change)
    page = browser.get(address)
    assert "It is not there any more." in page.text
    assert "Spanish" not in page.text
    answer = browser.post(f"{address}open/", follow=True)
    assert [str(one) for one in answer.context["messages"]] == ["This profile is not there any more."]


def test_whoever_hides_afterwards_is_gone_at_once():
    (profile, *_others) = many(6)
    employer = searching(website="https://lakeside.example")
    browser, address = client_of(make_member(employer)), f"{page_of(employer)}{alias_of(profile.pk, employer.pk)}/"
    browser.post(f"{address}open/")
    blocking.block_domain(profile.user, "lakeside.example")
    assert "It is not there any more." in browser.get(address).text
    assert alias_of(profile.pk, employer.pk) not in browser.get(page_of(employer)).text


def test_a_viewer_looks_and_opens_nothing():
    (profile, *_others) = many(6, languages=["es"])
    employer = searching()
    viewer = client_of(make_member(employer, MemberRole.VIEWER))
    address = f"{page_of(employer)}{alias_of(profile.pk, employer.pk)}/"
    assert "As a viewer you read what your colleagues have opened today." in viewer.get(page_of(employer)).text
    assert viewer.post(f"{address}open/").status_code == 404
    client_of(make_member(employer, MemberRole.POSTER)).post(f"{address}open/")
    assert "Spanish" in viewer.get(address).text


def test_another_team_meets_nothing():
    (profile, *_others) = many(6)
    employer, other = searching(), searching()
    stranger = client_of(make_member(other))
    alias = alias_of(profile.pk, employer.pk)
    assert stranger.get(page_of(employer)).status_code == 404
    assert stranger.get(f"{page_of(employer)}{alias}/").status_code == 404
    assert stranger.post(f"{page_of(employer)}{alias}/open/").status_code == 404
    assert stranger.get(f"{page_of(other)}{alias}/").status_code == 404
    assert stranger.post(f"{page_of(other)}{alias}/open/").status_code == 404
    assert Client().get(page_of(employer))["Location"].startswith("/accounts/login/")
    assert not ProfileOpening.objects.exists()


@pytest.mark.parametrize(
    "query",
    ["q=%00", "q=" + "x" * 10_000, "near=%00", "years=99999999999999999999", "by=yesterday", "state=XX", "after=zzz",
     "profession=%00&since=-1&visa=golden&language=tlh", "miles=1"],
)  # fmt: skip
def test_bad_input_is_left_out_and_said(query):
    many(6)
    employer = searching()
    page = client_of(make_member(employer)).get(f"{page_of(employer)}?{query}")
    assert page.status_code == 200


def test_the_page_asks_as_much_for_one_as_for_many(django_assert_num_queries):
    employer = searching()
    owner = make_member(employer)
    EmployerMember.objects.create(employer=searching(), user=make_user())
    many(5, specialties=[specialty()])
    browser = client_of(owner)
    browser.get(page_of(employer))
    with django_assert_num_queries(PAGE_QUERIES):
        browser.get(page_of(employer))
    many(25, specialties=[specialty()])
    with django_assert_num_queries(PAGE_QUERIES):
        browser.get(page_of(employer))


@pytest.mark.parametrize(
    ("typed", "asked"),
    [("2027-07-01", date(2027, 7, 31)), ("2028-02-29", date(2028, 2, 29)), ("2027-12-31", date(2027, 12, 31))],
)
def test_a_day_to_begin_by_is_asked_as_its_month(typed, asked):
    form = ProfileFilterForm({"by": typed})
    assert form.is_valid()
    assert form.criteria.available_by == asked
