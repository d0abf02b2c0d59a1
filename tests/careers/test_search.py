"""The search of positions: its criteria as a value and an address, and its entries, which follow every change."""

import random
import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.postgres.search import SearchRank
from django.db import connection, transaction
from django.db.models import F
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from aapm_site.accounts.distance import miles
from aapm_site.accounts.domain.places import keep_names
from aapm_site.accounts.models import Place
from aapm_site.core.search.query import to_query
from careers.choices import (
    EmployerKind,
    EmploymentType,
    JobSort,
    MostCall,
    OfferedBy,
    OpioidShare,
    PayModel,
    PayPeriod,
    Procedure,
    Remote,
    Setting,
    WantedTerm,
    WeeklyHours,
    YesNo,
)
from careers.criteria import JOB_FIELDS as FIELDS
from careers.criteria import MILES, SINCE, JobCriteria, NearPlace
from careers.domain.jobs import set_job_places, set_job_terms
from careers.forms.filters import PAY, read_criteria
from careers.models import Employer, Job, JobEntry
from careers.presenters import search
from careers.queries import finding, listings
from careers.queries.finding import sort_of
from careers.queries.listings import find, matching
from careers.states import JobStatus
from careers.tasks import sweep_entries

from .factories import live_job, make_employer, make_member, profession, specialty
from .plain_search import fits

TOWNS = {
    "Portland": (43.65737, -70.2589),
    "Bath": (43.91064, -69.8206),
    "Boston": (42.35843, -71.05977),
    "Anchorage": (61.21806, -149.90028),
    "Agana": (13.47567, 144.74886),
}
NEAR = [NearPlace(f"{name}, Maine", *point, miles) for name, point in TOWNS.items() for miles in MILES]
PROFESSIONS, SPECIALTIES, STATES = ("physician", "nurse"), ("neurology", "oncology", "psychiatry"), ("ME", "MA", "AK")


def some(*values):
    return st.lists(st.sampled_from(values), unique=True, max_size=3).map(tuple)


def stated(choices):
    return some(*(value for value in choices.values if value))


CRITERIA = st.builds(
    JobCriteria,
    words=st.sampled_from(["", "", "", "ferry", "physician -ferry", "nowhere", "cedar"]),
    near=st.none() | st.none() | st.sampled_from(NEAR),
    states=some(*STATES),
    professions=some(*PROFESSIONS),
    specialties=some(*SPECIALTIES),
    settings=stated(Setting),
    types=stated(EmploymentType),
    remote=st.booleans(),
    pay=st.sampled_from([0, 0, *PAY]),
    since_days=st.sampled_from([0, 0, *SINCE]),
    terms=stated(WantedTerm),
    call=stated(MostCall),
    hours=stated(WeeklyHours),
    pay_models=stated(PayModel),
    opioid_shares=stated(OpioidShare),
    procedures=stated(Procedure),
    offered_by=stated(OfferedBy),
    employer=st.sampled_from(["", "", "cedar-fork"]),
)


def one_field(criteria: JobCriteria) -> list[JobCriteria]:
    """Each of the conditions alone: all of them together fit next to nothing."""
    keys = [key for key in criteria.chosen if key != "miles"]
    found = []
    for kept in keys:
        alone = criteria
        for key in keys:
            alone = alone if key == kept else alone.without(key)
        found.append(alone)
    return found


@given(CRITERIA)
def test_criteria_without_one_key_ask_for_nothing_under_it(criteria):
    for key in criteria.chosen:
        assert key not in criteria.without(key).chosen
    for term in criteria.terms:
        assert set(criteria.without("terms", term).terms) == set(criteria.terms) - {term}


@pytest.fixture
def towns() -> dict[str, Place]:
    found = {}
    for name, (latitude, longitude) in TOWNS.items():
        found[name] = Place.objects.create(
            name=name, state_code="ME", state="Maine", slug=name.lower(), latitude=latitude, longitude=longitude
        )
        keep_names(found[name])
    return found


@pytest.mark.django_db
@settings(max_examples=40)
@given(CRITERIA)
def test_an_address_means_what_it_was_made_of(towns, criteria):
    for one in PROFESSIONS:
        profession(one)
    for one in SPECIALTIES:
        specialty(one)
    assert read_criteria(QueryDict(criteria.to_query())) == criteria


# --- the entries ------------------------------------------------------------------------------------------------------

DAYS = st.integers(-20, 20).map(lambda days: timedelta(days=days, hours=1))
TERMS = st.fixed_dictionaries(
    {
        "call_one_in": st.sampled_from([None, 0, 1, 4, 5, 6, 7, 8, 9]),
        "hours_a_week": st.sampled_from([None, 1, 20, 21, 35, 36, 40, 41, 80]),
        "weekend_one_in": st.sampled_from([None, 0, 4]),
        "partnership_months": st.sampled_from([None, 0, 24]),
        "pay_model": st.sampled_from(PayModel.values),
        "opioid_share": st.sampled_from(OpioidShare.values),
        "procedures": stated(Procedure).map(list),
        "new_graduates": st.sampled_from(YesNo.values),
        "h1b": st.sampled_from(YesNo.values),
        "tail": st.sampled_from(["", "employer", "clinician", "not-needed"]),
        "loan_repayment": st.sampled_from(["", "none", "program", "both"]),
    }
)
CHANGES = st.fixed_dictionaries(
    {
        "setting": st.sampled_from(Setting.values),
        "employment_type": st.sampled_from(EmploymentType.values),
        "remote": st.sampled_from(Remote.values),
        "confidential": st.booleans(),
        # Who withholds its name is applied to on the site alone.
        "takes_applications": st.just(True),
        "apply_email": st.just(""),
        "summary": st.sampled_from(["By the ferry.", "Far from it."]),
        "pay_period": st.sampled_from(PayPeriod.values),
        "pay_max": st.none()
        | st.sampled_from([0, 60, 95.5, 1600, 8000, 99_999.99, 100_000, 475_000, 900_000, 9_000_000]),
    }
)


class Moves:
    """What can happen to jobs, each at random."""

    def __init__(self, draw, towns):
        self.draw, self.towns = draw, list(towns.values())

    def job(self) -> Job:
        return self.draw(st.sampled_from(list(Job.objects.order_by("pk"))))

    def status(self) -> None:
        status = self.draw(st.sampled_from([JobStatus.DRAFT, JobStatus.APPROVED, JobStatus.PAUSED, JobStatus.FILLED]))
        down = timezone.now() if status in {JobStatus.PAUSED, JobStatus.FILLED} else None
        Job.objects.filter(pk=self.job().pk).update(status=status, taken_down_at=down)

    def dates(self) -> None:
        starts_at = timezone.now() + self.draw(DAYS)
        Job.objects.filter(pk=self.job().pk).update(starts_at=starts_at, ends_at=starts_at + timedelta(days=10))

    def fields(self) -> None:
        fields = self.draw(CHANGES)
        fields["pay_min"] = None if fields["pay_max"] is None else Decimal(0)
        job = self.job()
        for name, value in fields.items():
            setattr(job, name, value)
        job.pay_exemption = "By rank."
        job.save()

    def profession(self) -> None:
        Job.objects.filter(pk=self.job().pk).update(profession=profession(self.draw(st.sampled_from(PROFESSIONS))))

    def specialties(self) -> None:
        self.job().specialties.set([specialty(slug) for slug in self.draw(some(*SPECIALTIES))])

    def places(self) -> None:
        towns = self.draw(st.lists(st.sampled_from(self.towns), max_size=3, unique=True))
        rows = [{"city": town.name, "state_code": self.draw(st.sampled_from(STATES)), "place": town} for town in towns]
        set_job_places(self.job(), rows)

    def terms(self) -> None:
        set_job_terms(self.job(), self.draw(TERMS))

    def no_terms(self) -> None:
        job = self.job()
        type(job.stated_terms).objects.filter(job=job).delete()

    def employer(self) -> None:
        kind = self.draw(st.sampled_from(EmployerKind.values))
        slug = self.draw(st.sampled_from(["cedar-fork", "cedar-spoon"]))
        Employer.objects.filter(pk=self.job().employer_id).update(kind=kind, slug=slug)

    def slugs(self) -> None:
        for one in (profession("nurse"), specialty("oncology")):
            type(one).objects.filter(pk=one.pk).update(slug=f"{one.slug}-then")
            type(one).objects.filter(pk=one.pk).update(slug=one.slug)

    def town(self) -> None:
        town = self.draw(st.sampled_from(self.towns))
        latitude, longitude = self.draw(st.sampled_from(list(TOWNS.values())))
        Place.objects.filter(pk=town.pk).update(latitude=latitude, longitude=longitude)

    def gone(self) -> None:
        if Job.objects.count() > 2:
            self.job().delete()


MOVES = sorted(name for name in vars(Moves) if not name.startswith("_") and name != "job")


@pytest.mark.django_db
@settings(max_examples=25)
@given(data=st.data())
def test_the_search_finds_what_a_plain_matcher_finds_after_any_moves(towns, data):
    with transaction.atomic():
        employer = make_employer("Cedar Fork", slug="cedar-fork")
        for days_ago in (1, 5, 9):
            live_job(employer, days_ago=days_ago)
        moves = Moves(data.draw, towns)
        for name in data.draw(st.lists(st.sampled_from(MOVES), min_size=4, max_size=14)):
            getattr(moves, name)()
        now = timezone.now()
        for at in (now, now + timedelta(days=4), now + timedelta(days=12)):
            live = set(Job.objects.live(at).values_list("pk", flat=True))
            assert set(JobEntry.objects.live(at).values_list("job", flat=True)) == live
        jobs = list(Job.objects.live(now))
        for criteria in one_field(data.draw(CRITERIA)):
            found = set(matching(criteria, now).values_list("pk", flat=True))
            assert found == {job.pk for job in jobs if fits(job, criteria, now)}, criteria
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("paid", "fits_at_least"),
    [
        (None, True),
        (Decimal(0), False),
        (Decimal("0.40"), False),
        (Decimal("24999.99"), False),
        (Decimal(25_000), True),
    ],
)
def test_pay_of_nothing_is_stated_and_no_pay_is_not(paid, fits_at_least):
    job = live_job(make_employer("Cedar Fork"), days_ago=1)
    job.pay_min = job.pay_max = paid
    job.pay_exemption = "By rank."
    job.save()
    assert matching(JobCriteria(pay=25_000), timezone.now()).exists() is fits_at_least


# --- the list ---------------------------------------------------------------------------------------------------------

URL = "/career-center/jobs/"
CHOICES = {"state": STATES, "profession": PROFESSIONS, "specialty": SPECIALTIES, "setting": Setting.values,
           "type": EmploymentType.values, "terms": WantedTerm.values, "by": OfferedBy.values}  # fmt: skip


@pytest.fixture
def board(towns) -> list[Job]:
    """Sixteen positions that differ in everything that is looked for, most of it shared by several."""
    chance = random.Random(4)  # noqa: S311
    employers = [make_employer("Cedar Fork", slug="cedar-fork"), make_employer(kind="agency")]
    for number in range(16):
        chosen = chance.sample(list(towns.values()), chance.randint(0, 2))
        pay = chance.choice([None, 90_000, 250_000, 250_000, 400_000])
        job = live_job(
            employers[number % 3 == 0],
            title=f"{chance.choice(['Physician', 'Nurse'])} {number}",
            days_ago=number // 2 + 1,
            featured=number in {5, 11},
            profession=profession(chance.choice(PROFESSIONS)),
            setting=chance.choice(Setting.values[:3]),
            employment_type=chance.choice(EmploymentType.values[:2]),
            remote=chance.choice(Remote.values),
            pay_min=pay,
            pay_max=pay,
            pay_exemption="By rank.",
            summary="By the ferry. " * chance.randint(0, 3) + "A clinic.",
            places=[{"city": one.name, "state_code": chance.choice(STATES), "place": one} for one in chosen],
            terms={"h1b": chance.choice(YesNo.values), "weekend_one_in": chance.choice([None, 0])},
            confidential=number == 7,
        )
        job.specialties.set([specialty(slug) for slug in chance.sample(SPECIALTIES, chance.randint(0, 2))])
    return list(Job.objects.live())


ASKED = [
    JobCriteria(),
    JobCriteria(words="ferry"),
    JobCriteria(words="ferry or physician", professions=("nurse",), states=("ME", "AK")),
    JobCriteria(near=NearPlace("Portland", *TOWNS["Portland"], 250), settings=("hospital", "academic")),
    JobCriteria(near=NearPlace("Bath", *TOWNS["Bath"], 100), words="clinic", terms=("h-1b",)),
    JobCriteria(pay=250_000, types=("full-time",), offered_by=("employer",)),
    JobCriteria(states=("MA",), specialties=("oncology", "neurology"), terms=("no-weekends",)),
]


def pages(criteria: JobCriteria, sort: str, at, size: int) -> list[list[int]]:
    found, page = [], find(criteria, at, sort=sort, size=size)
    while True:
        found.append([job.pk for job in page.jobs])
        if page.next is None:
            return found
        page = find(criteria, at, sort=sort, size=size, after=page.next)


def by_hand(criteria: JobCriteria, sort: str, jobs: list[Job]) -> list[int]:
    """In Python what the order says; the rank of words is PostgreSQL's own."""
    ranks = dict(Job.objects.annotate(rank=SearchRank(F("search"), to_query(criteria.words))).values_list("pk", "rank"))
    scores = {
        "newest": lambda job: job.featured,
        "pay": lambda job: job.pay_max or 0,
        "relevance": lambda job: ranks[job.pk],
        "distance": lambda job: -away(job, criteria.near),
    }
    ordered = sorted(jobs, key=lambda job: (scores[sort](job), job.starts_at, job.pk), reverse=True)
    return [job.pk for job in ordered]


def away(job: Job, near: NearPlace) -> float:
    places = [location.place for location in job.locations.select_related("place")]
    return min(miles(near.latitude, near.longitude, one.latitude, one.longitude) for one in places)


@pytest.mark.django_db
def test_every_order_shows_each_position_once_page_by_page_however_many_fit(board, monkeypatch):
    at, tried = timezone.now(), 0
    for criteria in ASKED:
        fitting = list(matching(criteria, at))
        for sort in JobSort.values:
            if sort_of(sort, criteria) != sort:
                continue
            expected = by_hand(criteria, sort, fitting)
            tried += len(expected) > 3
            for size, cap in ((3, 1_000), (4, 2), (50, 1_000)):
                monkeypatch.setattr(listings, "COUNT_CAP", cap)
                found = pages(criteria, sort, at, size)
                if cap < len(expected) and (sort in {"relevance", "distance"} or (sort == "pay" and criteria.pay)):
                    newest = by_hand(criteria, "newest", fitting)[:cap]
                    expected_now = [number for number in expected if number in newest]
                else:
                    expected_now = expected
                assert sum(found, []) == expected_now, (criteria, sort, size)
                assert all(len(page) == size for page in found[:-1])
                last = find(criteria, at, sort=sort, size=size, before=found[-1][0]) if len(found) > 1 else None
                assert last is None or [job.pk for job in last.jobs] == found[-2]
    assert tried > 5


@pytest.mark.django_db
def test_a_count_says_how_many_a_filter_would_leave_under_the_others(board):
    at = timezone.now()
    for criteria in ASKED:
        found = find(criteria, at)
        counts = dict(found.tags)
        assert found.count == matching(criteria, at).count()
        for key, values in CHOICES.items():
            assert key in found.counted
            field = FIELDS[key]
            others = criteria.terms if key == "terms" else ()
            for value in values:
                under = replace(criteria, **{field: (*others, value)})
                assert counts.get(f"{key}:{value}", 0) == matching(under, at).count(), (criteria, key, value)


@pytest.mark.django_db
@pytest.mark.parametrize(("cap", "read"), [(4, 5), (2, 5), (2, 1), (3, 2)])
def test_where_too_many_fit_a_filter_is_counted_or_known_to_have_more_or_says_nothing(board, monkeypatch, cap, read):
    at, kinds = timezone.now(), set()
    monkeypatch.setattr(listings, "COUNT_CAP", cap)
    monkeypatch.setattr(finding, "READ", read)
    for criteria in ASKED:
        found = find(criteria, at)
        for key, values in CHOICES.items():
            others = criteria.terms if key == "terms" else ()
            for value in values:
                number = matching(replace(criteria, **{FIELDS[key]: (*others, value)}), at).count()
                told = dict(found.tags).get(f"{key}:{value}", 0 if key in found.counted else None)
                kinds.add("counted" if key in found.counted else "more" if told else "nothing")
                if key in found.counted:
                    assert told == number, (criteria, key, value)
                else:
                    assert told is None or cap < told <= number, (criteria, key, value)
                    assert key not in criteria.chosen or len(matching(criteria.without(key), at)) > cap
    assert kinds >= ({"counted"} if cap * read > len(board) else {"more", "nothing"})


@pytest.mark.django_db
def test_what_more_than_a_thousand_have_says_so_beside_the_filter(client, board, monkeypatch):
    monkeypatch.setattr(listings, "COUNT_CAP", 3)
    monkeypatch.setattr(search, "COUNT_CAP", 3)
    numbers = {state: matching(JobCriteria(states=(state,)), timezone.now()).count() for state in STATES}
    assert max(numbers.values()) > 3
    for read, shows_others in ((100, True), (1, False)):
        monkeypatch.setattr(finding, "READ", read)
        page = client.get(f"{URL}?q=clinic").text
        told = {code: re.search(f'value="{code}".*?</label>', page)[0] for code in STATES}
        for code, number in numbers.items():
            if number > 3 and shows_others:
                assert '<span class="tally">3+</span>' in told[code]
            elif shows_others:
                assert f'<span class="tally">{number}</span>' in told[code]
            else:
                assert '<span class="tally">0</span>' not in told[code]
        assert ('<span class="tally">0</span>' in page) is shows_others


@pytest.mark.django_db
def test_where_nothing_fits_it_says_what_to_take_away(client, board):
    page = client.get(f"{URL}?q=ferry&terms=h-1b&terms=j-1&pay=600000&remote=on")
    assert page.context["found"].count == 0
    criteria = read_criteria(QueryDict("q=ferry&terms=h-1b&terms=j-1&pay=600000&remote=on"))
    expected = {}
    for key, value in (("q", ""), ("terms", "h-1b"), ("terms", "j-1"), ("pay", ""), ("remote", "")):
        if count := matching(criteria.without(key, value), timezone.now()).count():
            expected[f"{URL}?{criteria.without(key, value).to_query()}"] = f": {count} position"
    ways = {way.url: way.text for way in page.context["ways_out"]}
    assert expected
    assert ways.keys() == expected.keys()
    assert all(expected[url] in text for url, text in ways.items())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "left_out"),
    [
        ("q=" + "ferry+" * 1_700, False),
        ("q=%00%1f%E2%80%AEferry", False),
        ("q=" + "-" * 40 + "%22%27:*%26|!(", False),
        ("miles=50", False),
        ("miles=7&near=Portland,+Maine", True),
        ("near=Atlantis,+ME", True),
        ("near=00000", True),
        ("near=Port%0d%0aland", True),
        ("near=" + "x" * 500, True),
        ("pay=12", True),
        ("pay=-1&since=0&sort=luck&state=ZZ", True),
        ("state=", False),
        ("after=9007199254740993", True),
        ("after=9007199254740992", False),
        ("before=1&sort=distance", False),
        ("sort=relevance", False),
        ("after=1&before=1", False),
    ],
)
def test_what_makes_no_sense_is_a_sensible_page(client, board, query, left_out):
    response = client.get(f"{URL}?{query}")
    assert response.status_code == 200
    assert response.context["left_out"] is left_out
    assert response.context["found"].jobs or "q=" in query
    assert client.get(f"{URL}feed/?{query}").status_code == 200


@pytest.mark.django_db
def test_a_place_of_several_is_the_largest_and_the_others_are_offered(client, board, towns):
    Place.objects.filter(name="Bath").update(population=9)
    other = Place.objects.create(
        name="Bath", state_code="MA", state="Massachusetts", slug="bath-ma", latitude=42.4, longitude=-71.1
    )
    keep_names(other)
    page = client.get(f"{URL}?near=Bath&miles=25")
    assert page.context["criteria"].near == NearPlace("Bath, Maine", 43.91064, -69.8206, 25)
    (link,) = page.context["other_places"]
    assert client.get(link.url).context["criteria"].near.label == "Bath, Massachusetts"
    for job in page.context["found"].jobs:
        assert job.miles_away == max(1, round(away(Job.objects.get(pk=job.pk), page.context["criteria"].near)))


@pytest.mark.django_db
def test_only_the_open_question_and_single_choices_are_kept(client, board, settings):
    settings.PAGE_CACHE = True
    kept = ["", "?state=ME", "?terms=h-1b", "?remote=on", "?pay=250000", "feed/?state=ME", "states/"]
    passing = ["?q=ferry", "?state=ME&state=MA", "?state=ME&remote=on", "?sort=pay", "?after=1", "?near=Bath,+Maine",
               "?employer=cedar-fork", "feed/?q=ferry"]  # fmt: skip
    for address in kept:
        assert "public" in client.get(URL + address)["Cache-Control"], address
    for address in passing:
        assert client.get(URL + address)["Cache-Control"] == "private, no-store", address


@pytest.mark.django_db
def test_each_search_has_a_feed_and_every_state_its_count(client, board):
    at = timezone.now()
    text = client.get(f"{URL}feed/?state=ME&profession=nurse").text
    fitting = matching(JobCriteria(states=("ME",), professions=("nurse",)), at)
    assert fitting
    assert text.count("<entry>") == fitting.count()
    assert all(f"{URL}{job.pk}-" in text for job in fitting)
    assert f'href="http://testserver{URL}?state=ME&amp;profession=nurse"' in text.replace(
        "http://localhost:8000", "http://testserver"
    )
    states = {name: count for name, count, _ in client.get(f"{URL}states/").context["states"]}
    for code, name in (("ME", "Maine"), ("MA", "Massachusetts"), ("AK", "Alaska"), ("TX", "Texas")):
        assert states[name] == str(matching(JobCriteria(states=(code,)), at).count())


@pytest.mark.django_db
def test_the_list_asks_as_often_for_one_position_as_for_many(client, towns):
    person = make_member(make_employer())
    query = f"{URL}?near=Portland,+Maine&miles=250&q=ferry&remote=on"
    numbers = []
    for many in (1, 30):
        for number in range(many):
            live_job(title=f"Physician {number}", remote="full", places=[
                {"city": "Bath", "state_code": "ME", "place": towns["Bath"]}
            ])  # fmt: skip
        for visitor in (False, True):
            if visitor:
                client.force_login(person)
            client.get(query)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(query).context["found"].count
            numbers.append(len(asked))
        client.logout()
    # The place, the sets with their page, the jobs; signed in three for the session and the person, and what is saved.
    # The menu and the two lists that staff keep are remembered in a running site.
    assert numbers == [3 + 3, 7 + 3, 3 + 3, 7 + 3]


@pytest.mark.django_db
def test_what_has_ended_is_swept_by_night_and_what_is_open_stays(board):
    ended, still_open = board[0], board[1]
    # The entry of a job that ended by the clock stays behind: nothing was written.
    JobEntry.objects.filter(job=ended).update(ends_at=timezone.now())
    sweep_entries()
    assert not JobEntry.objects.filter(job=ended).exists()
    assert JobEntry.objects.filter(job=still_open).exists()
