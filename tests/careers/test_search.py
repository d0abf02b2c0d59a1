"""The search of positions: its criteria as a value and an address, and its entries, which follow every change."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aapm_site.accounts.domain.places import keep_names
from aapm_site.accounts.models import Place
from careers.choices import (
    EmployerKind,
    EmploymentType,
    MostCall,
    OfferedBy,
    OpioidShare,
    PayModel,
    PayPeriod,
    Procedure,
    Remote,
    Setting,
    WantedTerm,
    YesNo,
)
from careers.criteria import MILES, SINCE, JobCriteria, NearPlace
from careers.domain.jobs import set_job_places, set_job_terms
from careers.forms.filters import PAY, read_criteria
from careers.models import Employer, Job, JobEntry
from careers.queries.listings import matching
from careers.states import JobStatus

from .factories import live_job, make_employer, profession, specialty
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
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
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
FIELDS = st.fixed_dictionaries(
    {
        "setting": st.sampled_from(Setting.values),
        "employment_type": st.sampled_from(EmploymentType.values),
        "remote": st.sampled_from(Remote.values),
        "confidential": st.booleans(),
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
        fields = self.draw(FIELDS)
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
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
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
