"""Verifying an organization: by a link mailed to an address at its own domain, or by staff.

Everything takes the employer's lock, so that of two who decide at once, or decide while it is renamed, one is refused.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.accounts.people import Actor
from aapm_site.accounts.rules import normal_email
from aapm_site.core.http import limits
from aapm_site.core.seo import absolute
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.domain.queue import queue_email

from ..choices import EmployerDecisionKind
from ..models import DomainProof, Employer, EmployerDecision
from ..web_domains import domain_of, is_anybodys
from . import employer_decisions
from .bans import refuse_banned
from .credit_ledger import lock_employer
from .employers import refuse_closed

SALT = "careers.domain-proof"
HOURS = 48  # that a link is good for
LETTERS_A_DAY = 5  # of one organization
DECIDED = "Somebody has decided already."
VERIFIED = "Your organization is verified already."
LINK_IS_OVER = "This link leads nowhere any more: it was used, it is older than two days, or a newer one was sent."
NO_WEBSITE = "Please give your organization’s website under “Organization” first: the address must be at its domain."


@dataclass(frozen=True)
class ProofOutcome:
    """What a used link came to: the domain is proved, and it is verified by that, unless staff look once more."""

    employer: Employer
    domain: str

    @property
    def is_verified(self) -> bool:
        return self.employer.verified


# A link to the organization's own domain ------------------------------------------------------------------------------
def own_domain(employer: Employer) -> str:
    """The domain of its website. NotAllowed without one, and for one at which anybody can have a page."""
    domain = domain_of(employer.website)
    if not domain:
        raise NotAllowed(NO_WEBSITE)
    if is_anybodys(domain):
        raise NotAllowed(
            f"Your website is at {domain}, where anybody can have a page, so an address there proves nothing. Give a "
            "website at a domain of your own, or write to us."
        )
    return domain


def proved_domain(employer: Employer, address: str) -> str:
    """The domain that an address would prove. NotAllowed unless it is the website's, above it or below it."""
    site, domain = own_domain(employer), address.rpartition("@")[2]
    if is_anybodys(domain):
        raise NotAllowed(f"Anybody can have an address at {domain}. Please give one at {site}.")
    if not (domain == site or domain.endswith(f".{site}") or site.endswith(f".{domain}")):
        raise NotAllowed(f"This address is not at the domain of your website. Please give one at {site}.")
    return domain


@transaction.atomic
def ask_for_proof(employer: Employer, *, by: User, address: str) -> DomainProof:
    """Mail a link to an address at the organization's domain; an earlier link is good no more.

    NotAllowed for another domain, when it is closed or verified already, and after five letters in a day.
    """
    locked = lock_employer(employer.pk)
    refuse_closed(locked)
    if locked.verified:
        raise NotAllowed(VERIFIED)
    address = normal_email(address)
    refuse_banned(by, locked)
    domain = proved_domain(locked, address)
    if not limits.within("domain-proof", str(locked.pk), times=LETTERS_A_DAY, seconds=24 * 60 * 60):
        raise NotAllowed(f"We have sent {LETTERS_A_DAY} letters today. Please look in that mailbox, or ask us.")
    now = timezone.now()
    DomainProof.objects.filter(employer=locked).delete()
    proof = DomainProof.objects.create(
        employer=locked, domain=domain, asked_by=by, asked_at=now, expires_at=now + timedelta(hours=HOURS)
    )
    url = absolute(reverse("careers:employer-proof", args=[locked.public_id, token_of(proof)]))
    queue_email(address, "careers/domain_proof", {"url": url, "hours": HOURS}, kind="careers.domain_proof")
    return proof


def token_of(proof: DomainProof) -> str:
    return signing.dumps(proof.public_id, salt=SALT)


def proof_by_token(employer: Employer, signed: str) -> DomainProof | None:
    """The link's request, if it is this organization's and still good; None for a forged one too."""
    try:
        public_id = signing.loads(signed, salt=SALT)
    except signing.BadSignature:
        return None
    waiting = DomainProof.objects.filter(employer=employer, expires_at__gt=timezone.now())
    return waiting.filter(public_id=public_id).first()


@transaction.atomic
def use_proof(proof: DomainProof, *, by: User) -> ProofOutcome:
    """The link was pressed by an owner: the domain is proved, once.

    That verifies an organization, unless it has lost its verification by a new name or by the staff's decision: then
    staff decide. NotAllowed when the link is good no more, and when the website is elsewhere by now.
    """
    employer = lock_employer(proof.employer_id)
    refuse_closed(employer)
    refuse_banned(by, employer)
    taken, _ = DomainProof.objects.filter(pk=proof.pk, expires_at__gt=timezone.now()).delete()
    if not taken:
        raise NotAllowed(LINK_IS_OVER)
    if employer.verified:
        raise NotAllowed(VERIFIED)
    proved_domain(employer, f"@{proof.domain}")
    may_verify = not _is_staffs_to_decide(employer)
    employer_decisions.record_decision(employer, EmployerDecisionKind.PROVED, by=by, domain=proof.domain)
    if may_verify:
        employer_decisions.set_verified(employer, True)
    return ProofOutcome(employer, proof.domain)


def _is_staffs_to_decide(employer: Employer) -> bool:
    lost = (EmployerDecisionKind.TAKEN_BACK, EmployerDecisionKind.RENAMED)
    by_staff = EmployerDecision.objects.filter(employer=employer, kind__in=(*lost, EmployerDecisionKind.VERIFIED))
    last = by_staff.newest_first().first()
    return last is not None and last.kind in lost


# By staff -------------------------------------------------------------------------------------------------------------
@transaction.atomic
def verify_employer(employer: Employer, *, by: Actor, how: str) -> Employer:
    """Staff know that the organization is who it says it is. NotAllowed when it is verified already."""
    return _decided(employer, True, EmployerDecisionKind.VERIFIED, by=by, reason=how)


@transaction.atomic
def unverify_employer(employer: Employer, *, by: Actor, why: str) -> Employer:
    """Staff do not know that any more: it is not trusted either, and no link on its way is good.

    NotAllowed when it is not verified.
    """
    return _decided(employer, False, EmployerDecisionKind.TAKEN_BACK, by=by, reason=why)


def _decided(employer: Employer, verified: bool, kind: EmployerDecisionKind, *, by: Actor, reason: str) -> Employer:
    locked = lock_employer(employer.pk)
    if locked.verified is verified:
        raise NotAllowed(DECIDED)
    employer_decisions.set_verified(locked, verified)
    DomainProof.objects.filter(employer=locked).delete()
    employer_decisions.record_decision(locked, kind, by=by, reason=reason)
    return locked
