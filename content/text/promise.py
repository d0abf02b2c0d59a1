"""What “Ask us anything” promises, in words and as a moment."""

from datetime import datetime, timedelta

from django.contrib.humanize.templatetags.humanize import apnumber
from django.template.defaultfilters import pluralize
from django.utils import timezone

SATURDAY = 5


def within(days: int) -> str:
    """The promise as a sentence says it: “within two working days”."""
    return f"within {apnumber(days)} working day{pluralize(days)}"


def promised_before(now: datetime, days: int) -> datetime:
    """What was asked before this moment waits, now, for longer than so many working days, Monday to Friday.

    A weekend counts nothing: on Sunday a question stands as it stood at the end of Friday.
    """
    at = timezone.localtime(now)
    if at.weekday() >= SATURDAY:
        at -= timedelta(days=at.weekday() - SATURDAY)
        at = at.replace(hour=0, minute=0, second=0, microsecond=0)
    for _ in range(days):
        at -= timedelta(days=1)
        while at.weekday() >= SATURDAY:
            at -= timedelta(days=1)
    return at
