"""The demonstration's board of fellowships: a round that is open today, and a dozen programs."""

import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from aapm_site.accounts.queries.places import places_called

from ..fellowship_states import OfferStatus
from ..models import Employer, FellowshipOffer, FellowshipRound

FILE = Path(__file__).parent / "offers.toml"
OPEN_SINCE, OPEN_FOR = timedelta(days=12), timedelta(days=75)
COPIED = ("program", "open_places", "accredited", "visa", "summary", "wanted", "apply_url", "apply_email")


def load_fellowships(employers: Mapping[str, Employer]) -> int:
    """Once: what staff have changed since stays. How many offers are new."""
    if FellowshipRound.objects.exists():
        return 0
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["offer"]
    places = places_called({(row["city"], row["state"]) for row in rows})
    today = timezone.localdate()
    begun = FellowshipRound.objects.create(
        name=f"After the {today.year} match", opens_on=today - OPEN_SINCE, closes_on=today + OPEN_FOR
    )
    known = [row for row in rows if (row["city"], row["state"]) in places]
    for row in known:
        _offer(row, employers[row["employer"]], begun, place=places[row["city"], row["state"]])
    return len(known)


def _offer(row: Mapping[str, Any], employer: Employer, begun: FellowshipRound, **fields: Any) -> None:
    now = timezone.now()
    FellowshipOffer.objects.create(
        employer=employer,
        round=begun,
        begins_on=next_july(begun.opens_on),
        status=OfferStatus.APPROVED,
        submitted_at=now - OPEN_SINCE,
        approved_at=now - OPEN_SINCE,
        is_sample=True,
        **{name: row[name] for name in COPIED},
        **fields,
    )


def next_july(day: date) -> date:
    """When the fellowship year begins that is filled now."""
    return date(day.year + (day.month >= 6), 7, 1)
