"""When an entry was published, as the old site tells it in one of three ways."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from django.utils import timezone

from aapm_site.core.days import is_believed
from content.wordpress.wxr import Item

_written = re.compile(r"^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$")


def _read(written: str) -> datetime | None:
    """What WordPress writes; the zeros of an entry without a date are none."""
    if not _written.match(written):
        return None
    try:
        at = datetime.strptime(written, "%Y-%m-%d %H:%M:%S")  # noqa: DTZ007 - each caller knows the zone
    except ValueError:
        return None
    return at if is_believed(at) else None


def published_at(item: Item) -> datetime | None:
    """The instant: by Greenwich, else by the association's clock, else as the feed says it."""
    if at := _instant(item.post_date_gmt, item.post_date):
        return at
    try:
        at = parsedate_to_datetime(item.pub_date)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return at if is_believed(at) else None


def changed_at(item: Item) -> datetime | None:
    """When somebody last wrote on the entry over there; readers are told, and an import is no change."""
    published, changed = published_at(item), _instant(item.modified_gmt, item.modified)
    return max((at for at in (published, changed) if at and at <= timezone.now()), default=None)


def _instant(by_greenwich: str, by_their_clock: str) -> datetime | None:
    if at := _read(by_greenwich):
        return at.replace(tzinfo=UTC)
    at = _read(by_their_clock)
    return timezone.make_aware(at) if at else None


def shifted(item: Item, at: datetime) -> bool:
    """Whether the old site showed another day than this one will: it kept its clock in another zone."""
    there = _read(item.post_date)
    return there is not None and there.date() != timezone.localdate(at)
