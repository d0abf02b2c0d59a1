"""What people look for, counted by its words, and what they looked for in vain. Who asked is not kept."""

import re
from datetime import datetime, timedelta

from django.db.models import Sum
from django.utils import timezone

from ..contact_marks import has_phone_number, has_web_address
from ..models import Count

SEARCH, NOTHING = "search", "search-nothing"  # of the whole site
VAIN_DAYS = 28
MOST_WORDS = 30
LONG_NUMBER = re.compile(r"(?:\d[ -]?){6,}")  # a ZIP code has five digits


def countable_words(typed: str) -> str:
    """Words of a search as they are counted, in small letters; nothing of a text that holds somebody's data."""
    words = " ".join(typed.lower().split())
    is_private = "@" in words or LONG_NUMBER.search(words) or has_phone_number(words) or has_web_address(words)
    return "" if is_private else words


def searched_in_vain(kind: str, at: datetime) -> list[tuple[str, int]]:
    """Words that found nothing in the last four weeks, the most frequent first; one query."""
    since = timezone.localdate(at) - timedelta(days=VAIN_DAYS)
    rows = Count.objects.filter(kind=kind, on__gt=since).values("key").annotate(number=Sum("times"))
    return list(rows.order_by("-number", "key").values_list("key", "number")[:MOST_WORDS])
