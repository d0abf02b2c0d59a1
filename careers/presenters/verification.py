"""How an organization is known, in sentences for its owners and for staff."""

from django.utils import timezone
from django.utils.formats import date_format

from ..choices import EmployerDecisionKind
from ..models import Employer, EmployerDecision


def decision_words(decision: EmployerDecision) -> str:
    """How somebody knew, or why; of a mailed link the domain to which it went."""
    if decision.kind == EmployerDecisionKind.PROVED:
        return f"By a link mailed to an address at {decision.domain}."
    return decision.reason


def verified_words(employer: Employer, decisions: list[EmployerDecision]) -> str:
    """Since when an organization is verified, and how; for its own team."""
    if not employer.verified:
        return ""
    last = next((one for one in decisions if one.kind in _VERIFIES), None)
    if last is None:
        return f"{employer} is verified."
    on = date_format(timezone.localdate(last.at), "F j, Y")
    if last.kind == EmployerDecisionKind.PROVED:
        return f"{employer} is verified since {on}, by a link that we mailed to an address at {last.domain}."
    return f"{employer} is verified since {on}, by our staff."


_VERIFIES = (EmployerDecisionKind.PROVED, EmployerDecisionKind.VERIFIED)
# What its owners read when it is not verified any more, or not yet.
_WAITS = {
    EmployerDecisionKind.PROVED: (
        "Your domain is proved. Because it was verified before and is so no more, our staff look at it once more."
    ),
    EmployerDecisionKind.RENAMED: (
        "It was verified under its former name. Prove your domain again, and our staff look at the new name."
    ),
    EmployerDecisionKind.MOVED: "It was verified by the domain of its former website. Prove the new one.",
    EmployerDecisionKind.TAKEN_BACK: (
        "Our staff have taken the verification back. You can prove your domain; they look at it again."
    ),
}


def unverified_words(employer: Employer, decisions: list[EmployerDecision]) -> str:
    """Why an organization is not verified, where something was decided."""
    if employer.verified or not decisions:
        return ""
    return _WAITS.get(EmployerDecisionKind(decisions[0].kind), "")
