"""A plain matcher of jobs by their own rows, one condition after the other, that the search is compared with.

Only what an employer has stated is found: “Ask” fits no filter.
"""

from datetime import datetime, timedelta

from django.db.models import Q

from aapm_site.accounts.distance import miles
from aapm_site.core.search.query import to_query
from careers.choices import EmployerKind, LoanRepayment, MostCall, OfferedBy, Remote, TailPayer, WantedTerm, YesNo
from careers.criteria import JobCriteria, NearPlace
from careers.models import Job

REPAID = (LoanRepayment.EMPLOYER, LoanRepayment.PROGRAM, LoanRepayment.BOTH)
WANTED: dict[str, Q] = {
    WantedTerm.NO_WEEKENDS: Q(terms__weekend_one_in=0),
    WantedTerm.PARTNERSHIP: Q(terms__partnership_months__gt=0),
    WantedTerm.NO_NON_COMPETE: Q(terms__non_compete_miles=0),
    WantedTerm.TAIL: Q(terms__tail__in=(TailPayer.EMPLOYER, TailPayer.NOT_NEEDED)),
    WantedTerm.LOAN_REPAYMENT: Q(terms__loan_repayment__in=REPAID),
    WantedTerm.NEW_GRADUATES: Q(terms__new_graduates=YesNo.YES),
    WantedTerm.J1_WAIVER: Q(terms__j1_waiver=YesNo.YES),
    WantedTerm.H1B: Q(terms__h1b=YesNo.YES),
}
NO_CALL = Q(terms__call_one_in=0)
BY_AGENCY = Q(employer__kind=EmployerKind.AGENCY)


def all_of(wanted: tuple[str, ...]) -> Q:
    """Jobs that state every one of these terms."""
    found = Q()
    for name in wanted:
        found &= WANTED[name]
    return found


def call_within(limits: tuple[str, ...]) -> Q:
    """Jobs without call, or with no more of it than the widest of these limits."""
    numbers = [int(limit) for limit in limits if limit != MostCall.NONE]
    return NO_CALL | Q(terms__call_one_in__gte=min(numbers)) if numbers else NO_CALL


def offered_by(who: tuple[str, ...]) -> Q:
    """Jobs of agencies, or of those who employ themselves. What kind a confidential employer is, is withheld too."""
    if len(set(who)) != 1:
        return Q()
    return Q(BY_AGENCY if OfferedBy.AGENCY in who else ~BY_AGENCY, confidential=False)


HOURS = {"20": (1, 20), "35": (21, 35), "40": (36, 40), "more": (41, 80)}


def works(hours: int | None, wanted: tuple[str, ...]) -> bool:
    """Whether the stated hours of a week are within one of the spans; those that nobody states are in none."""
    return not wanted or (hours is not None and any(HOURS[one][0] <= hours <= HOURS[one][1] for one in wanted))


YEARLY = {"hour": 2080, "day": 260, "week": 52, "month": 12, "year": 1}


def fits(job: Job, criteria: JobCriteria, at: datetime) -> bool:
    """Whether a job is what the reader looks for. Whether it is live at the moment, the caller asks."""
    asked = (
        ("search", to_query(criteria.words) if criteria.words else ""),
        ("locations__state_code__in", criteria.states),
        ("profession__slug__in", criteria.professions),
        ("specialties__slug__in", criteria.specialties),
        ("setting__in", criteria.settings),
        ("employment_type__in", criteria.types),
        ("terms__pay_model__in", criteria.pay_models),
        ("terms__opioid_share__in", criteria.opioid_shares),
        ("terms__procedures__overlap", list(criteria.procedures)),
        ("remote__in", (Remote.HYBRID, Remote.FULL) if criteria.remote else ()),
    )
    rows = Job.objects.filter(pk=job.pk, **{name: value for name, value in asked if value})
    rows = rows.filter(all_of(criteria.terms), offered_by(criteria.offered_by))
    if criteria.call:
        rows = rows.filter(call_within(criteria.call))
    if criteria.employer:
        rows = rows.filter(employer__slug=criteria.employer, confidential=False)
    if criteria.since_days:
        rows = rows.filter(starts_at__gte=at - timedelta(days=criteria.since_days))
    if not works(job.stated_terms.hours_a_week, criteria.hours):
        return False
    return rows.exists() and pays(job, criteria.pay) and (criteria.near is None or is_near(job, criteria.near))


def pays(job: Job, least: int) -> bool:
    """Whether the most that it pays reaches so much a year; what nobody states may."""
    return not least or job.pay_max is None or job.pay_max * YEARLY[job.pay_period] >= least


def is_near(job: Job, near: NearPlace) -> bool:
    places = [location.place for location in job.locations.select_related("place") if location.place]
    return any(miles(near.latitude, near.longitude, one.latitude, one.longitude) <= near.miles for one in places)
