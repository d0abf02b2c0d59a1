"""From whom a person hides: the list, what is proposed for it, and whether an organization is on it."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, QuerySet

from aapm_site.accounts.models import User
from aapm_site.accounts.people import Visitor
from aapm_site.core.statements import PERSON, Prepared

from ..models import BlockedEmployer, Employer, Job
from ..web_domains import belong_together, domain_of, is_shared

MOST_FOUND = 10
_LIST_OF = Prepared[BlockedEmployer](lambda: BlockedEmployer.objects.for_user(PERSON).select_related("employer"))
_DOMAINS_OF = Prepared[str](
    lambda: EmailAddress.objects.filter(user=PERSON, verified=True).order_by("pk").values_list("email", flat=True)
)


@dataclass(frozen=True)
class Proposal:
    """Whom the person may want to hide from: a domain of theirs, or an organization; with the reason."""

    domain: str
    employer: Employer | None
    reason: str


def is_blocked_for(person: Visitor, employer: Employer) -> bool:
    """Whether the person hides from this organization, by its name or by a domain. Nobody may be told of it."""
    return BlockedEmployer.objects.for_user(person).against(employer).exists()


def blocked_list(user: Visitor) -> list[BlockedEmployer]:
    """The person's list, the last entry first; one query."""
    return _LIST_OF.rows(person=user.pk)


def publicly_named() -> QuerySet[Employer]:
    """Organizations that everybody could meet here by their name.

    Those with confidential positions alone are in no list: that they post here is not to be found out by trying names.
    """
    named = Job.objects.once_public().filter(employer=OuterRef("pk"), confidential=False)
    return Employer.objects.filter(Exists(named))


def find_employers(words: str) -> list[Employer]:
    """Publicly named organizations with these words in their name."""
    return list(publicly_named().filter(name__icontains=words).order_by("name", "pk")[:MOST_FOUND])


def proposals(user: User, listed: list[BlockedEmployer]) -> list[Proposal]:
    """Where the person seems to work, as far as it is not on the list: by their confirmed addresses, by their teams."""
    own = dict.fromkeys(domain_of(email) for email in _DOMAINS_OF.rows(person=user.pk))
    domains = [
        Proposal(domain, None, f"You sign in with an address at {domain}.")
        for domain in own
        if domain and not is_shared(domain) and not any(_covers(row, domain) for row in listed)
    ]
    taken = {row.employer_id for row in listed}
    teams = [
        Proposal("", employer, f"You are on the team of {employer}.")
        for employer in Employer.objects.for_user(user).order_by("name", "pk")
        if employer.pk not in taken and not _is_in(employer, domains)
    ]
    return [*domains, *teams]


def _covers(row: BlockedEmployer, domain: str) -> bool:
    return bool(row.domain) and belong_together(row.domain, domain)


def _is_in(employer: Employer, domains: list[Proposal]) -> bool:
    """Whether a proposed domain hides from this organization as well."""
    domain = domain_of(employer.website)
    return bool(domain) and any(belong_together(one.domain, domain) for one in domains)
