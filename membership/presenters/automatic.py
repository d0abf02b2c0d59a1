"""Automatic renewal in words, for “My membership” and the staff's page of a member."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format

from aapm_site.core.money import Money

from ..domain.automatic_renewals import AutomaticTerms, automatic_terms, may_begin
from ..models import AutomaticRenewal, Membership, Term


@dataclass(frozen=True)
class AutomaticWords:
    """What stands on the page: that it runs, with which card, and what comes when; or that it may begin."""

    is_on: bool
    sum: Money | None
    day: date | None
    card: str = ""
    good_until: date | None = None
    expires_before: bool = False
    held_up: str = ""


OPEN_INVOICE = "Your invoice for dues is open, so nothing is charged: pay it as you like."
NOTHING_NEXT = "At present there is nothing that it would charge."


def automatic_words(
    membership: Membership | None, terms: list[Term], found: AutomaticRenewal | None, *, is_invoiced: bool = False
) -> AutomaticWords | None:
    """Nothing for whom it neither runs nor may begin. `found` is the one that runs."""
    today = timezone.localdate()
    if found is None:
        offered = may_begin(membership, terms, today)
        return AutomaticWords(False, offered.sum, offered.ends_on) if offered and not is_invoiced else None
    coming = automatic_terms(terms, today)
    expires_on = found.card.expires_on
    return AutomaticWords(
        True,
        coming.sum if coming else None,
        coming.ends_on if coming else None,
        found.card.name,
        expires_on,
        bool(coming and expires_on and expires_on < coming.ends_on),
        _held_up(coming, is_invoiced),
    )


def _held_up(coming: AutomaticTerms | None, is_invoiced: bool) -> str:
    if is_invoiced:
        return OPEN_INVOICE
    return "" if coming else NOTHING_NEXT


def for_staff(membership: Membership) -> str:
    """That it runs, since when and with which card; else how the last one ended. Two queries at most."""
    rows = membership.automatic_renewals.exclude(confirmed_at=None).select_related("card").order_by("-agreed_at")
    last = rows.first()
    if last is None:
        return "Never agreed to"
    since = date_format(timezone.localdate(last.agreed_at))
    if last.stopped_at is None:
        return f"Runs, agreed to on {since}: {last.card.name}"
    stopped = date_format(timezone.localdate(last.stopped_at))
    return f"Stopped on {stopped}. {last.get_stopped_why_display()}. Agreed to on {since}"
