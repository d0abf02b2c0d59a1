"""The demonstration's meetings: invented samples, each of which says so, counted from the day of loading."""

import tomllib
from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils import timezone

from aapm_site.core.starter import Say
from content.domain.meetings import cancel_meeting, publish_meeting, save_meeting
from content.models import Meeting

FILE = Path(__file__).parent / "meetings.toml"


def load(say: Say) -> None:
    """Make those whose address is free, and announce them. Running it again changes nothing."""
    rows: list[dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))["meetings"]
    known = set(Meeting.objects.values_list("slug", flat=True))
    made = [_make(row, timezone.localdate()) for row in rows if row["slug"] not in known]
    say(f"Meetings: {len(made)} made; {len(rows) - len(made)} were there.")


def _make(row: dict[str, Any], today: date) -> Meeting:
    values = dict(row)
    because = values.pop("canceled_because", "")
    starts_on = today + timedelta(days=values.pop("begins_in_days"))
    values["starts_on"] = starts_on
    if (days := values.pop("days", 1)) > 1:
        values["ends_on"] = starts_on + timedelta(days=days - 1)
    if before := values.pop("registration_ends_days_before", 0):
        values["registration_until"] = starts_on - timedelta(days=before)
    for name in ("starts_time", "ends_time"):
        if name in values:
            values[name] = time.fromisoformat(values[name])
    if "credits" in values:
        values["credits"] = Decimal(values["credits"])
    made = publish_meeting(save_meeting(Meeting(**values)), by=None)
    return cancel_meeting(made, by=None, reason=because) if because else made
