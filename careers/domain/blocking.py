"""From whom a person hides: up to fifty organizations and domains, each with whatever shares its domain."""

from collections.abc import Callable, Iterable

from django.db import transaction

from aapm_site.accounts.models import User
from aapm_site.core.transitions import NotAllowed

from ..models import BlockedEmployer, Employer
from ..web_domains import domain_of, is_shared

LIMIT = 50


class BlockListFull(NotAllowed):
    """The list takes no more before something is taken off it."""


def block_employer(user: User, employer: Employer) -> BlockedEmployer:
    """Hide from an organization, and from what shares its domains, now and later. One that is there stays as it is.

    Raises BlockListFull at the limit.
    """
    domain = domain_of(employer.website)
    kept = "" if is_shared(domain) else domain
    return _add(
        user,
        lambda row: row.employer_id == employer.pk,
        BlockedEmployer(user=user, employer=employer, domain=kept),
    )


def block_domain(user: User, domain: str) -> BlockedEmployer:
    """Hide from everybody with this domain, in the spelling of web_domains.domain_of(). Once, as with an organization.

    Raises NotAllowed for one that tells nothing of an organization, BlockListFull at the limit.
    """
    if is_shared(domain):
        raise NotAllowed(
            f"Anybody can have an address or a page at {domain}, so it tells nothing of an employer. Give the name of "
            "the organization instead."
        )
    return _add(
        user,
        lambda row: row.employer_id is None and row.domain == domain,
        BlockedEmployer(user=user, domain=domain),
    )


@transaction.atomic
def _add(user: User, is_it: Callable[[BlockedEmployer], bool], wanted: BlockedEmployer) -> BlockedEmployer:
    """Locks the person's row, so that of many presses at once none goes over the limit."""
    User.objects.select_for_update(no_key=True).only("pk").get(pk=user.pk)
    rows = list(BlockedEmployer.objects.for_user(user))
    if known := next(filter(is_it, rows), None):
        return known
    if len(rows) >= LIMIT:
        raise BlockListFull(f"Your list holds {LIMIT} entries, and that is all it takes. Remove one of them first.")
    wanted.save()
    return wanted


def unblock(user: User, numbers: Iterable[int]) -> int:
    """Take these off the person's list. How many there were."""
    return BlockedEmployer.objects.for_user(user).filter(pk__in=numbers).delete()[0]
