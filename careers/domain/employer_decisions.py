"""The record of what is decided of an organization: written in the transaction of the decision, under its lock."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from aapm_site.accounts.people import Actor
from aapm_site.core.transitions import actor

from ..choices import EmployerDecisionKind
from ..models import Employer, EmployerDecision
from ..web_domains import belong_together, domain_of

# By which it came to be verified, and by which that ended.
GAINED = (EmployerDecisionKind.PROVED, EmployerDecisionKind.VERIFIED)
LOST = (EmployerDecisionKind.TAKEN_BACK, EmployerDecisionKind.RENAMED, EmployerDecisionKind.MOVED)


@dataclass(frozen=True)
class KnownAs:
    """What staff knew an organization by, before an edit."""

    name: str
    website: str


def record_decision(
    employer: Employer, kind: EmployerDecisionKind, *, by: Actor, reason: str = "", domain: str = ""
) -> EmployerDecision:
    """Keep a decision. Call it in the transaction of what was decided."""
    return EmployerDecision.objects.create(
        employer=employer, kind=kind, by=actor(by), reason=reason.strip(), domain=domain
    )


def basis_of(employer: Employer) -> EmployerDecision | None:
    """The decision by which a verified organization is so; None where it was decided before records were kept."""
    rows = EmployerDecision.objects.filter(employer=employer, kind__in=(*GAINED, *LOST)).newest_first()
    last = rows.first()
    return last if last is not None and last.kind in GAINED else None


def is_known_to_staff(employer: Employer) -> bool:
    """Verified by a person, and not by a mailed link alone."""
    if not employer.verified:
        return False
    basis = basis_of(employer)
    return basis is None or basis.kind == EmployerDecisionKind.VERIFIED


def lose_standing(employer: Employer, former: KnownAs, *, by: Actor) -> bool:
    """What was known of an organization holds no more once it has another name.

    Nor does what a mailed link has proved, once its website is elsewhere. Call it under the employer's lock, when the
    edit is written. Whether the verification was lost.
    """
    if not employer.verified:
        return False
    if employer.name != former.name:
        kind, reason = EmployerDecisionKind.RENAMED, f"From “{former.name}” to “{employer.name}”."
    elif _has_left_its_domain(employer):
        kind, reason = EmployerDecisionKind.MOVED, f"From {_host(former.website)} to {_host(employer.website)}."
    else:
        return False
    set_verified(employer, False)
    record_decision(employer, kind, by=by, reason=reason)
    return True


def set_verified(employer: Employer, verified: bool) -> None:
    """Write it under the employer's lock. What is not verified is not trusted either."""
    employer.verified = verified
    employer.trusted = employer.trusted and verified
    employer.save(update_fields=["verified", "trusted"])


def _has_left_its_domain(employer: Employer) -> bool:
    basis = basis_of(employer)
    if basis is None or basis.kind != EmployerDecisionKind.PROVED:
        return False
    return not belong_together(basis.domain, domain_of(employer.website))


def _host(website: str) -> str:
    return urlsplit(website).hostname or "no website"
