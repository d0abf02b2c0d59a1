"""Saved searches of profiles: they tell of new ones, each once, and in a letter nothing about anybody."""

import re
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from aapm_site.accounts.domain import privacy
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.domain import delivery
from aapm_site.mail.models import OutgoingEmail, Subscription
from aapm_site.mail.states import EmailState, WhyNotSent
from careers.choices import AlertPace, EmployerKind, MemberRole
from careers.domain import blocking, profile_search_matching, profile_searches, profiles
from careers.domain.profile_search_letters import hour_before, letter_holds
from careers.domain.profile_searches import SearchesFull, WantedSearch, save_profile_search
from careers.domain.profiles import WantedPlace
from careers.due import NEW_PROFILES, PROFILE_LETTERS
from careers.models import (
    Employer,
    EmployerMember,
    Job,
    Profile,
    ProfileAppearance,
    ProfileFind,
    ProfileSearch,
)
from careers.privacy import export
from careers.profile_criteria import NearTown, ProfileCriteria
from careers.queries.profile_finding import conditions, find_profiles, fitting, is_shown
from careers.retention import PROFILE_FINDS
from tests.factories import client_of

from .factories import make_member, make_user
from .test_alerts import Clock, clock  # noqa: F401 - a fixture
from .test_profile_search import CRITERIA, crowd, many, offered, searching  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
EVERYBODY = ProfileCriteria()
SPANISH = ProfileCriteria(languages=("es",))
LIST_QUERIES = 10
# Of a batch of letters, with one for who the association is, remembered for a while; and for each search more.
BATCH_QUERIES, OF_A_SEARCH = 16, 4


@pytest.fixture
def employer() -> Employer:
    return searching(name="Harbor Lane")


@pytest.fixture
def owner(employer):
    return make_member(employer)


def member_of(user) -> EmployerMember:
    return EmployerMember.objects.select_related("employer", "user").get(user=user)


def save(user, criteria=EVERYBODY, pace: str = AlertPace.AT_ONCE, name: str = "") -> ProfileSearch:
    wanted = WantedSearch(name or f"Search {ProfileSearch.objects.count() + 1}", pace)
    return save_profile_search(member_of(user), wanted, criteria)


def letters() -> list[OutgoingEmail]:
    return list(OutgoingEmail.objects.filter(template="careers/profiles_found").order_by("pk"))


def work() -> None:
    """What the clock does every few minutes; what fails is raised."""
    for one in (NEW_PROFILES, PROFILE_LETTERS):
        for row in one.due(timezone.now()):
            if row.at <= timezone.now():
                one.do(row.key)


def next_hour(clock: Clock) -> None:  # noqa: F811 - the fixture
    """What is found is found, and then told at the full hour."""
    work()
    clock.move_to(hour_before(timezone.now()) + timedelta(hours=1, minutes=4))
    work()


def deliver() -> list[str]:
    for letter in letters():
        delivery.attempt_delivery(letter.pk)
    return [f"{letter.state} {letter.why_not_sent}".strip() for letter in letters()]


def page_of(employer: Employer) -> str:
    return f"/career-center/employers/{employer.public_id}/profiles/searches/"


def squeezed(answer) -> str:
    return " ".join(answer.text.split())


def said(answer) -> list[str]:
    return [str(one) for one in answer.context["messages"]]


# --- appearances ----------------------------------------------------------------------------------------------------


def appearances(profile: Profile) -> list[tuple[bool, bool]]:
    """Of each whether it is over, and whether it was looked for; the oldest first."""
    rows = ProfileAppearance.objects.filter(profile=profile).order_by("pk")
    return [(row.left_at is not None, row.matched_at is not None) for row in rows]


def test_a_profile_appears_when_it_is_first_offered_and_not_when_it_changes():
    made = offered()
    assert appearances(made) == [(False, False)]
    work()
    profiles.save_profile(made.user, {"languages": ["es"]}, (), (WantedPlace(state_code="ME"),))
    profiles.set_switches(made, searchable=True, name_shown=True, active=True, agencies=True)
    assert appearances(made) == [(False, True)]


def test_what_is_not_offered_does_not_appear():
    made = profiles.save_profile(make_user(), {"profession": offered().profession}, (), ())
    assert appearances(made) == []


@pytest.mark.parametrize(("days", "expected"), [(29.9, [(False, True)]), (30.1, [(True, True), (False, False)])])
def test_who_comes_back_is_news_after_thirty_days(days, expected):
    made = offered()
    work()
    profiles.set_switches(made, searchable=True, name_shown=False, active=False)
    assert appearances(made) == [(True, True)]
    ProfileAppearance.objects.update(left_at=timezone.now() - timedelta(days=days))
    profiles.set_switches(made, searchable=True, name_shown=False, active=True)
    assert appearances(made) == expected


def test_a_profile_that_is_deleted_leaves_no_appearance():
    made = offered(places=(WantedPlace(state_code="ME"),))
    profiles.delete_profile(made)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert not ProfileAppearance.objects.exists()


def test_one_that_goes_before_it_was_looked_for_is_looked_for_when_it_is_back(owner):
    search = save(owner)
    made = offered()
    profiles.set_switches(made, searchable=True, name_shown=False, active=False)
    work()
    assert not ProfileFind.objects.exists()
    profiles.set_switches(made, searchable=True, name_shown=False, active=True)
    work()
    assert search.finds.get().appearance.profile == made


# --- the matcher and the list are one -------------------------------------------------------------------------------


@settings(max_examples=60, phases=[Phase.generate])
@given(drawn=st.lists(CRITERIA, min_size=1, max_size=4))
def test_saved_searches_find_what_the_list_finds(crowd, drawn):  # noqa: F811 - the fixture
    at = timezone.now()
    with transaction.atomic():
        lists = {}
        for employer in crowd:
            user = make_member(employer)
            for criteria in {one.to_query(): one for one in (one.without("since") for one in drawn)}.values():
                parts = conditions(criteria, employer, at)
                lists[save(user, criteria).pk] = {number for _, number in fitting(parts, 1_000)}
                assert is_shown(parts) is not find_profiles(criteria, employer, at).is_withheld
        for profile in Profile.objects.values_list("pk", flat=True):
            wanted = sorted(search for search, numbers in lists.items() if profile in numbers)
            assert profile_search_matching.fitting_searches(profile) == wanted
        transaction.set_rollback(True)


@settings(max_examples=200)
@given(criteria=CRITERIA)
def test_criteria_are_kept_as_they_were(criteria):
    assert ProfileCriteria.from_data(criteria.to_data()) == criteria


def test_a_place_is_near_for_who_would_work_anywhere_in_its_state(owner):
    portland = NearTown("Portland", 43.65737, -70.2589, 25, "ME")
    search = save(owner, ProfileCriteria(near=portland))
    anywhere, elsewhere = (
        offered(places=(WantedPlace(state_code="ME"),)),
        offered(places=(WantedPlace(state_code="MA"),)),
    )
    assert profile_search_matching.fitting_searches(anywhere.pk) == [search.pk]
    assert profile_search_matching.fitting_searches(elsewhere.pk) == []


# --- letters --------------------------------------------------------------------------------------------------------


def test_a_letter_names_the_search_and_nobody(owner, employer, clock):  # noqa: F811
    many(5)
    work()
    save(owner, EVERYBODY, name="Everybody’s list")
    new = offered(make_user(first_name="Zora", last_name="Quill"), languages=["es"], about="Zanzibar")
    work()
    assert letters() == []  # the minute of the press is told to nobody

    next_hour(clock)
    (letter,) = letters()
    assert (letter.to, letter.kind, letter.subject) == (
        owner.email, "profile-searches.found", "A new profile for “Everybody’s list”",
    )  # fmt: skip
    told = letter.subject + letter.text + letter.html
    assert f"http://localhost:8000/career-center/employers/{employer.public_id}/profiles/" in letter.text
    assert "Harbor Lane" in letter.text
    assert letter.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for word in ("Zora", "Quill", "Zanzibar", "Spanish", "physician", new.public_id, new.user.email):
        assert word.lower() not in told.lower()
    assert deliver() == ["sent"]

    clock.shift(timedelta(days=7))
    work()
    assert len(letters()) == 1
    assert ProfileFind.objects.filter(told_at=None).count() == 0


def test_an_hours_finds_are_one_letter(owner, clock):  # noqa: F811
    many(5, languages=["es"])
    work()
    save(owner, EVERYBODY, name="All")
    save(owner, SPANISH, name="Spanish speakers")
    many(2, languages=["es"])
    next_hour(clock)
    (letter,) = letters()
    assert letter.subject == "New profiles for 2 of your searches"
    assert letter.text.count("New profiles, for Harbor Lane:") == 2
    assert re.findall(r"\?(\S+)", letter.text) == ["language=es"]


def test_what_changes_is_no_news(owner, clock):  # noqa: F811
    many(5, languages=["es"])
    changed = offered(languages=["en"])
    work()
    save(owner, SPANISH)
    profiles.save_profile(changed.user, {"languages": ["es"]}, (), ())
    next_hour(clock)
    assert letters() == []


MORNING = timezone.make_aware(datetime(2027, 3, 2, 6, 5))  # a Tuesday


@pytest.mark.parametrize(("pace", "hours"), [(AlertPace.AT_ONCE, 1), (AlertPace.DAILY, 24), (AlertPace.WEEKLY, 6 * 24)])
def test_each_pace_has_its_hour(clock, pace, hours):  # noqa: F811
    clock.move_to(MORNING)
    owner = make_member(searching())
    many(5)
    work()
    save(owner, pace=pace)
    offered()
    work()
    seen = []
    for hour in range(1, 7 * 24 + 1):
        clock.move_to(MORNING + timedelta(hours=hour))
        work()
        seen += [hour] * (len(letters()) - len(seen))
    assert seen == [hours]


def test_a_list_that_is_not_shown_tells_nothing_until_it_is(owner, clock):  # noqa: F811
    many(6, languages=["en"])
    many(3, languages=["es"])
    work()
    search = save(owner, SPANISH)
    offered(languages=["es"])
    next_hour(clock)
    assert letters() == []
    assert search.finds.filter(told_at=None).count() == 1

    offered(languages=["es"])
    work()
    assert letters() == []  # not at the minute in which the fifth of them presses
    next_hour(clock)
    (letter,) = letters()
    assert letter.subject.startswith("New profiles")
    assert search.finds.filter(told_at=None).count() == 0


def test_a_filter_that_leaves_a_few_out_tells_nothing(owner, clock):  # noqa: F811
    many(6, languages=["es"])
    offered(languages=["en"])
    work()
    save(owner, SPANISH)
    offered(languages=["es"])
    next_hour(clock)
    assert letters() == []
    many(4, languages=["en"])
    next_hour(clock)
    assert len(letters()) == 1


def test_what_waits_for_thirty_days_is_dropped(owner, clock):  # noqa: F811
    search = save(owner)
    offered()
    work()
    clock.shift(timedelta(days=30, hours=1))
    many(4)
    ProfileAppearance.objects.update(matched_at=timezone.now())
    work()
    assert letters() == []
    assert search.finds.count() == 1
    assert PROFILE_FINDS.forget(timezone.now() - timedelta(days=30)) == 1
    assert not search.finds.exists()


def test_an_appearance_that_is_over_is_forgotten():
    made, other = offered(), offered()
    profiles.set_switches(made, searchable=False, name_shown=False, active=True)
    ProfileAppearance.objects.filter(profile=made).update(left_at=timezone.now() - timedelta(days=31))
    assert PROFILE_FINDS.forget(timezone.now() - timedelta(days=30)) == 1
    assert (appearances(made), appearances(other)) == ([], [(False, False)])


# --- whom an employer may not find, and who may not search ----------------------------------------------------------


def test_a_blocked_employer_is_never_told_and_a_lifted_block_is_no_news(clock):  # noqa: F811
    hospital, sister, other = (searching(name=name, website=f"https://{name}.example") for name in "abc")
    sister.website = "https://careers.a.example"
    sister.save()
    people = [make_member(one) for one in (hospital, sister, other)]
    many(5)
    work()
    for one in people:
        save(one)
    new = offered(slug="physician")
    ProfileAppearance.objects.filter(profile=new).delete()
    profiles.set_switches(new, searchable=False, name_shown=False, active=True)
    blocking.block_domain(new.user, "a.example")
    profiles.set_switches(new, searchable=True, name_shown=False, active=True)
    next_hour(clock)
    assert [letter.user for letter in letters()] == [people[2]]

    blocking.unblock(new.user, list(new.user.blocked_employers.values_list("pk", flat=True)))
    assert new.pk in {number for _, number in fitting(conditions(EVERYBODY, hospital, timezone.now()))}
    next_hour(clock)
    assert len(letters()) == 1


def hide(profile: Profile) -> None:
    profiles.set_switches(profile, searchable=False, name_shown=False, active=True)


def change(profile: Profile) -> None:
    profiles.save_profile(profile.user, {"languages": ["en"]}, (), ())


def block(profile: Profile) -> None:
    blocking.block_employer(profile.user, Employer.objects.get())


def close(profile: Profile) -> None:
    profile.user.is_active = False
    profile.user.save()


@pytest.mark.parametrize("by", [hide, change, block, close, profiles.delete_profile])
@pytest.mark.parametrize("stage", ["found", "written"])
def test_who_is_gone_or_fits_no_more_is_not_told(by, stage, owner, clock):  # noqa: F811
    many(6, languages=["es"])
    many(6, languages=["en"])
    work()
    save(owner, SPANISH)
    new = offered(languages=["es"])
    if stage == "found":
        work()
        by(new)
        next_hour(clock)
        assert letters() == []
    else:
        next_hour(clock)
        assert len(letters()) == 1
        by(new)
        assert deliver() == ["suppressed overtaken"]
    clock.shift(timedelta(days=2))
    work()
    assert len(letters()) == (stage == "written")


def pause(search: ProfileSearch) -> None:
    profile_searches.pause_profile_search(search)


def remove(search: ProfileSearch) -> None:
    profile_searches.remove_profile_search(search)


def leave(search: ProfileSearch) -> None:
    EmployerMember.objects.get(pk=search.member_id).delete()


def unverify(search: ProfileSearch) -> None:
    Employer.objects.update(verified=False)


def end_position(search: ProfileSearch) -> None:
    Job.objects.update(ends_at=timezone.now() - timedelta(seconds=1))


def close_employer(search: ProfileSearch) -> None:
    Employer.objects.update(closed_at=timezone.now())


def close_account(search: ProfileSearch) -> None:
    user = search.member.user
    user.is_active = False
    user.save()


def make_agency(search: ProfileSearch) -> None:
    Employer.objects.update(kind=EmployerKind.AGENCY)


ENDS = [pause, remove, leave, unverify, end_position, close_employer, close_account, make_agency]


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("stage", ["found", "written"])
def test_who_may_not_be_told_any_more_is_not_told(end, stage, owner, clock):  # noqa: F811
    many(6)
    work()
    search = save(owner)
    offered()
    if stage == "found":
        work()
        end(search)
        next_hour(clock)
        assert letters() == []
    else:
        next_hour(clock)
        end(search)
        assert deliver() == ["suppressed overtaken"]
        assert not ProfileFind.objects.exclude(letter=None).exists()


def test_one_press_in_the_mail_program_stops_all_and_a_new_search_wakes_itself_alone(owner, clock):  # noqa: F811
    many(6)
    work()
    old = save(owner)
    offered()
    next_hour(clock)
    token = Subscription.objects.get(kind="profile-searches").token
    Client().post(f"/mail/unsubscribe/{token}/", {"List-Unsubscribe": "One-Click"})
    assert deliver() == ["suppressed paused"]
    offered(languages=["es"])
    next_hour(clock)
    assert len(letters()) == 1

    new = save(owner, ProfileCriteria(professions=("physician",)))
    old.refresh_from_db()
    assert (old.paused_at is not None, new.paused_at) == (True, None)
    offered()
    next_hour(clock)
    assert [letter.subject for letter in letters()[1:]] == [f"A new profile for “{new.name}”"]


def test_while_a_team_may_not_search_finds_wait(owner, employer, clock):  # noqa: F811
    many(6)
    work()
    save(owner)
    offered()
    Employer.objects.update(verified=False)
    next_hour(clock)
    Employer.objects.update(verified=True)
    work()
    assert letters() == []
    next_hour(clock)
    assert len(letters()) == 1


def test_of_an_overtaken_letter_the_rest_comes_in_the_next(owner, clock):  # noqa: F811
    many(6, languages=["es"])
    many(6)
    work()
    save(owner, SPANISH, name="Spanish")
    everybody = save(owner, name="Everybody")
    offered(languages=["es"])
    next_hour(clock)
    remove(ProfileSearch.objects.get(name="Spanish"))
    assert deliver() == ["suppressed overtaken"]
    assert everybody.finds.get().told_at is None
    next_hour(clock)
    assert [letter.subject for letter in letters()[1:]] == ["A new profile for “Everybody”"]
    assert deliver()[1] == "sent"
    with pytest.raises(NotAllowed, match="not so any more"):
        delivery.resend_email(letters()[0])


def test_a_letter_that_holds_asks_and_changes_nothing(owner, clock):  # noqa: F811
    many(6)
    work()
    save(owner)
    offered()
    next_hour(clock)
    (letter,) = letters()
    before = list(ProfileFind.objects.values())
    assert letter_holds(letter)
    assert list(ProfileFind.objects.values()) == before


def test_an_address_that_is_not_confirmed_gets_nothing(owner, clock):  # noqa: F811
    many(6)
    work()
    save(owner)
    owner.emailaddress_set.update(verified=False)
    offered()
    next_hour(clock)
    (letter,) = letters()
    assert (letter.state, letter.why_not_sent) == (EmailState.SUPPRESSED, WhyNotSent.UNCONFIRMED)


def test_letters_ask_as_much_for_one_profile_as_for_many(owner, clock):  # noqa: F811
    two = {"languages": ["en", "es"]}
    many(30, **two)
    work()
    save(owner)
    asked = []
    more = [
        ProfileCriteria(languages=tuple(one), professions=some)
        for one in (["es"], ["en"])
        for some in ((), ("physician",))
    ]
    for profiles_of_an_hour, more_searches in (
        (1, []),
        (12, []),
        (1, [*more, ProfileCriteria(languages=("en", "es"))]),
    ):
        for criteria in more_searches:
            save(owner, criteria)
        many(profiles_of_an_hour, **two)
        work()
        clock.move_to(hour_before(timezone.now()) + timedelta(hours=1, minutes=4))
        (row,) = PROFILE_LETTERS.due(timezone.now())
        with CaptureQueriesContext(connection) as captured:
            PROFILE_LETTERS.do(row.key)
        asked.append(len(captured))
    assert asked == [BATCH_QUERIES, BATCH_QUERIES, BATCH_QUERIES + 5 * OF_A_SEARCH]


# --- keeping them ---------------------------------------------------------------------------------------------------


def test_a_search_is_saved_from_its_list(owner, employer):
    many(6, languages=["es"])
    browser = client_of(owner)
    listed = browser.get(f"/career-center/employers/{employer.public_id}/profiles/?language=es&since=7").text
    action = re.search(rf'action="({re.escape(page_of(employer))}new/[^"]*)"', listed).group(1)
    assert action == f"{page_of(employer)}new/?language=es"
    assert 'value="Spanish"' in listed

    answer = browser.post(action, {"name": " Spanish  speakers ", "pace": "weekly"}, follow=True)
    assert said(answer) == [
        "“Spanish  speakers” is saved. We write once a week, on Monday morning when somebody new fits."
    ]
    made = ProfileSearch.objects.get()
    assert (made.name, made.pace, made.address, made.keys) == (
        "Spanish  speakers", "weekly", "language=es", ["language:es"],
    )  # fmt: skip
    assert "Spanish  speakers" in answer.text
    assert "Tells you, once a week" in squeezed(answer)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"pace": "daily"}, "Give the search a name."),
        ({"name": "\0", "pace": "daily"}, ""),
        ({"name": "x" * 10_000, "pace": "daily"}, "80"),
        ({"name": "Mine", "pace": "hourly"}, "Choose one of the three."),
        ({"name": "mine TWICE", "pace": "daily"}, "You have a saved search of this name already."),
    ],
)
def test_what_cannot_be_saved_is_said_and_kept(data, words, owner, employer):
    save(owner, SPANISH, name="Mine twice")
    answer = client_of(owner).post(f"{page_of(employer)}new/?years=3", data)
    assert answer.status_code == 422
    assert words in answer.text
    assert ProfileSearch.objects.count() == 1


@pytest.mark.parametrize("query", ["q=%00", "near=" + "x" * 5_000, "years=99999999999999999999", "state=XX&visa=%00"])
def test_a_bad_address_is_read_as_far_as_it_goes(query, owner, employer):
    answer = client_of(owner).post(f"{page_of(employer)}new/?{query}", {"name": "One", "pace": "daily"})
    assert answer.status_code == 302
    assert ProfileSearch.objects.get().address == ""


def test_the_same_search_is_kept_once(owner):
    save(owner, SPANISH, name="Mine")
    with pytest.raises(NotAllowed, match="it is called “Mine”"):
        save(owner, ProfileCriteria(languages=("es",), since_days=7))


def test_a_word_in_no_list_finds_nobody(owner):
    search = save(owner, ProfileCriteria(words="xylophone spanish"))
    assert search.keys == ["nobody"]
    assert profile_search_matching.fitting_searches(offered(languages=["es"]).pk) == []


def test_a_team_has_room_for_so_many(owner, employer, monkeypatch):
    monkeypatch.setattr(profile_searches, "LIMIT", 2)
    save(owner)
    save(make_member(employer), SPANISH)
    with pytest.raises(SearchesFull, match="keeps 2 searches"):
        save(owner, SPANISH)


def test_a_team_that_may_not_search_saves_nothing(owner, employer):
    Employer.objects.update(verified=False)
    with pytest.raises(NotAllowed):
        save(owner)
    answer = client_of(owner).post(f"{page_of(employer)}new/", {"name": "One", "pace": "daily"})
    assert answer.templates[0].name == "careers/talent/locked.html"
    assert "Nothing is told at present." in client_of(owner).get(page_of(employer)).text


def test_what_its_owner_does_with_it(owner, employer):
    search = save(owner, name="First")
    other = save(owner, SPANISH, name="Second")
    offered()
    work()
    browser = client_of(owner)

    def press(do: str, **more) -> list[str]:
        return said(browser.post(page_of(employer), {"search": search.public_id, "do": do, **more}, follow=True))

    assert press("change", name="Anew", pace="weekly") == ["“Anew” tells you once a week, on Monday morning."]
    search.refresh_from_db()
    assert (search.name, search.pace) == ("Anew", "weekly")
    answer = browser.post(
        page_of(employer), {"search": search.public_id, "do": "change", "name": "second", "pace": "daily"}
    )
    assert answer.status_code == 422
    assert "You have a saved search of this name already." in answer.text
    assert 'value="second"' in answer.text

    assert search.finds.count() == 1
    assert press("pause") == ["“Anew” rests."]
    search.refresh_from_db()
    assert search.paused_at is not None
    assert not search.finds.exists()
    later = "“Anew” tells you once a week, on Monday morning, once you take it up again."
    assert press("change", name="Anew", pace="weekly") == [later]
    assert press("resume") == ["“Anew” tells you of new profiles again."]
    assert press("stop") == ["All of your searches rest. Nothing is sent before you take them up again."]
    assert "You have stopped the letters." in browser.get(page_of(employer)).text
    assert press("resume") == ["“Anew” tells you of new profiles again."]
    other.refresh_from_db()
    assert other.paused_at is not None
    assert press("stop")
    assert press("go-on") == ["Good. We go on telling you of new profiles."]
    assert press("remove") == ["“Anew” is removed."]
    assert list(ProfileSearch.objects.all()) == [other]
    assert press("remove") == ["We did not understand that. Please press one of the buttons below."]


def test_stopped_letters_that_go_on_tell_no_old_news(owner, clock):  # noqa: F811
    many(6)
    work()
    save(owner)
    offered()
    work()
    profile_searches.stop_profile_letters(owner)
    profile_searches.resume_profile_letters(owner)
    next_hour(clock)
    assert letters() == []


@pytest.mark.parametrize("number", ["\0", "x" * 5_000, "", "99999999999999999999"])
@pytest.mark.parametrize("do", ["pause", "change", "remove", "zzz", "\0"])
def test_a_press_that_means_no_search_changes_nothing_and_says_so(do, number, owner, employer):
    save(owner)
    before = list(ProfileSearch.objects.values())
    answer = client_of(owner).post(page_of(employer), {"do": do, "search": number, "name": "X"}, follow=True)
    assert said(answer) == ["We did not understand that. Please press one of the buttons below."]
    assert list(ProfileSearch.objects.values()) == before


def test_colleagues_see_it_and_an_owner_may_remove_it(owner, employer):
    viewer = make_member(employer, MemberRole.VIEWER, first_name="Vera", last_name="Lund")
    search = save(viewer, name="Vera’s")
    poster = client_of(make_member(employer, MemberRole.POSTER))
    for browser, sees in ((poster, 0), (client_of(owner), 1)):
        page = squeezed(browser.get(page_of(employer)))
        assert "Tells Vera Lund, at once" in page
        assert page.count('value="remove"') == sees
    for do in ("pause", "change", "resume"):
        client_of(owner).post(page_of(employer), {"search": search.public_id, "do": do, "name": "X", "pace": "daily"})
    poster.post(page_of(employer), {"search": search.public_id, "do": "remove"})
    assert ProfileSearch.objects.get().name == "Vera’s"
    client_of(owner).post(page_of(employer), {"search": search.public_id, "do": "remove"})
    assert not ProfileSearch.objects.exists()


def test_another_team_meets_nothing(owner, employer):
    search = save(owner)
    other = searching()
    stranger = client_of(make_member(other))
    before = list(ProfileSearch.objects.values())
    assert stranger.get(page_of(employer)).status_code == 404
    assert stranger.get(f"{page_of(employer)}new/").status_code == 404
    assert stranger.post(f"{page_of(employer)}new/", {"name": "X", "pace": "daily"}).status_code == 404
    for do in ("remove", "pause", "change"):
        sent = {"search": search.public_id, "do": do, "name": "X", "pace": "weekly"}
        assert stranger.post(page_of(employer), sent).status_code == 404
        stranger.post(page_of(other), sent)
    assert list(ProfileSearch.objects.values()) == before


def test_the_way_from_a_letter(owner, employer):
    browser = client_of(owner)
    assert browser.get("/career-center/employers/profile-searches/")["Location"] == "/career-center/employers/"
    save(owner)
    assert browser.get("/career-center/employers/profile-searches/")["Location"] == page_of(employer)
    assert "/career-center/employers/profile-searches/" in browser.get("/account/mail/").text


def test_the_page_asks_as_much_for_one_as_for_many(owner, employer, django_assert_num_queries):
    save(owner)
    browser = client_of(owner)
    browser.get(page_of(employer))
    with django_assert_num_queries(LIST_QUERIES):
        browser.get(page_of(employer))
    for years in (1, 3, 5, 10, 20):
        save(owner, ProfileCriteria(years=years, states=("ME",)))
        save(make_member(employer), ProfileCriteria(years=years, licenses=("ME",)))
    with django_assert_num_queries(LIST_QUERIES):
        browser.get(page_of(employer))


def test_a_search_that_asks_for_what_is_in_no_list_any_more_stays_to_be_removed(owner, employer):
    save(owner, ProfileCriteria(specialties=("phrenology",)))
    page = client_of(owner).get(page_of(employer))
    assert (page.status_code, "All profiles" in page.text) == (200, True)


def test_both_sides_get_and_erase_what_is_theirs(owner, clock):  # noqa: F811
    many(6)
    work()
    save(owner, name="Mine")
    save(owner, SPANISH, name="Other")
    new = offered()
    next_hour(clock)
    told = {row["name"]: len(row["told_at"]) for row in export(owner)["searches_of_profiles_saved"]}
    assert told == {"Mine": 1, "Other": 0}
    (seen,) = export(new.user)["profile_offered"]
    assert (seen["until"], seen["told_in_letters"]) == (None, 1)

    person = new.user
    privacy.erase_person(person)
    assert ProfileFind.objects.exclude(appearance=None).count() == 0
    privacy.erase_person(owner)
    assert not ProfileSearch.objects.exists()
    assert not ProfileFind.objects.exclude(search=None).exists()
    assert letters() == []


@pytest.mark.parametrize("zone_hour", [0, 3, 6, 23])
def test_full_hours_are_full_in_the_associations_zone(zone_hour):
    at = timezone.make_aware(datetime(2027, 3, 14, zone_hour, 59, 59))
    local = timezone.localtime(hour_before(at))
    assert (local.hour, local.minute, local.second) == (zone_hour, 0, 0)
