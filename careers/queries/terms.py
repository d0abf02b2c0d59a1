"""Jobs by their terms of work. Only what an employer has stated is found: “Ask” fits no filter."""

from django.db.models import Q

from ..choices import EmployerKind, LoanRepayment, MostCall, OfferedBy, TailPayer, WantedTerm, YesNo

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
