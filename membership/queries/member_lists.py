"""Who is on a saved list today, and what a list is in words."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from .. import regions
from ..models import MemberFilter, Membership
from ..states import MembershipStatus
from . import standings


def members_of(saved: MemberFilter, on: date | None = None) -> QuerySet[Membership]:
    """Everybody who fits each condition that is set; all members where none is."""
    return narrowed(Membership.objects.all(), saved, on or timezone.localdate())


def narrowed(rows: QuerySet[Membership], saved: MemberFilter, on: date) -> QuerySet[Membership]:
    """Those of the rows who are on the list on a day."""
    if saved.statuses:
        rows = rows.filter(pk__in=standings.standing_as(saved.statuses, on))
    if plans := _keys(saved.plans):
        rows = rows.filter(pk__in=standings.in_categories(plans, on))
    if saved.ends_within is not None:
        rows = rows.filter(pk__in=standings.paid_until(on, on + timedelta(days=saved.ends_within), on))
    if saved.state_codes:
        rows = rows.filter(state_code__in=saved.state_codes)
    if stages := _keys(saved.career_stages):
        rows = rows.filter(career_stage__in=stages)
    if specialties := _keys(saved.specialties):
        rows = rows.filter(user__specialty__in=specialties)
    if groups := _keys(saved.groups):
        in_them = Membership.groups.through.objects.filter(group__in=groups)
        rows = rows.filter(pk__in=in_them.values("membership"))
    if saved.joined_from:
        rows = rows.filter(joined_on__gte=saved.joined_from)
    if saved.joined_to:
        rows = rows.filter(joined_on__lte=saved.joined_to)
    return rows


def _keys(chosen: Any) -> list[int]:
    return list(chosen.values_list("pk", flat=True))


def list_words(saved: MemberFilter) -> str:
    """What the conditions say, one after another, for people and for the record of an export."""
    return "; ".join(_conditions(saved)) or "every member"


def _conditions(saved: MemberFilter) -> Iterator[str]:
    states = dict(regions.CHOICES)
    for name, values in (
        ("standing", [MembershipStatus(one).label for one in saved.statuses]),
        ("category", _names(saved.plans.all())),
        ("career stage", _names(saved.career_stages.all())),
        ("specialty", _names(saved.specialties.all())),
        ("group", _names(saved.groups.all())),
        ("state", [states[code] for code in saved.state_codes]),
    ):
        if values:
            yield f"{name}: {' or '.join(values)}"
    if saved.joined_from:
        yield f"member since {date_format(saved.joined_from)} or later"
    if saved.joined_to:
        yield f"member since {date_format(saved.joined_to)} or earlier"
    if saved.ends_within is not None:
        yield f"ends within {saved.ends_within} days"


def _names(rows: Iterable[Any]) -> list[str]:
    return [str(row) for row in rows]
