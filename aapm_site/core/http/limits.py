"""Limits that hold for all workers and machines together, however many requests come at the same moment.

A use is counted by one statement, which the database does one after another for the same row, and the count is
committed by itself: what is rolled back afterwards does not forget it. The window begins with the first use.
"""

import ipaddress
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from ..forms import client_ip
from ..models import LimitCount

NETWORK_BITS = 64  # of an IPv6 address: what one household or office is given, and may vary as it likes
COUNT = """
    INSERT INTO core_limitcount AS kept (name, subject, times, ends_at) VALUES (%(name)s, %(subject)s, 1, %(ends_at)s)
    ON CONFLICT (name, subject) DO UPDATE SET
        times = CASE WHEN kept.ends_at <= %(now)s THEN 1 ELSE kept.times + 1 END,
        ends_at = CASE WHEN kept.ends_at <= %(now)s THEN excluded.ends_at ELSE kept.ends_at END
    RETURNING times
"""
GIVE_BACK = "UPDATE core_limitcount SET times = times - 1 WHERE name = %(name)s AND subject = %(subject)s AND times > 0"
FORGET = "DELETE FROM core_limitcount WHERE name = %(name)s AND subject = %(subject)s"


def within(name: str, subject: str, *, times: int, seconds: int) -> bool:
    """Count one more use by this subject; False once there were more than `times` in the window."""
    return count(name, subject, seconds=seconds) <= times


def count(name: str, subject: str, *, seconds: int) -> int:
    """Count one more use by this subject: how many there were in the window, this one among them.

    The subject is whatever the limit is about: a network, an address, both. Only a digest of it is kept.
    """
    now = timezone.now()
    ends_at = now + timedelta(seconds=seconds)
    with _apart() as cursor:
        cursor.execute(COUNT, {"name": name, "subject": digest(subject), "now": now, "ends_at": ends_at})
        counted: int = cursor.fetchone()[0]
    return counted


def counted(name: str, subject: str) -> int:
    """How many uses by this subject there were in the window that runs; asking is none. One query."""
    running = LimitCount.objects.filter(name=name, subject=digest(subject), ends_at__gt=timezone.now())
    return running.values_list("times", flat=True).first() or 0


def within_limit(request: HttpRequest, name: str, *, times: int, seconds: int) -> bool:
    """Count one more use of a form from the reader's network; False once there were too many in the window."""
    return within(name, network(request), times=times, seconds=seconds)


def give_back(name: str, subject: str) -> None:
    """Take one use back, as when the try that was counted beforehand was a right one."""
    with _apart() as cursor:
        cursor.execute(GIVE_BACK, {"name": name, "subject": digest(subject)})


def forget(name: str, subject: str) -> None:
    """Begin anew with this subject."""
    with _apart() as cursor:
        cursor.execute(FORGET, {"name": name, "subject": digest(subject)})


def network(request: HttpRequest) -> str:
    """Where a request comes from: its address, or of an IPv6 address the network."""
    address = client_ip(request)
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.IPv6Network((int(parsed), NETWORK_BITS), strict=False))


def digest(subject: str) -> str:
    """What is kept of a subject: neither an address nor a mailbox can be read in the table."""
    return salted_hmac("core.limits", subject, algorithm="sha256").hexdigest()


def tidy() -> None:
    """Forget the counts whose window has ended."""
    LimitCount.objects.filter(ends_at__lte=timezone.now()).delete()


@contextmanager
def _apart() -> Iterator[CursorWrapper]:
    """A cursor that commits by itself: inside a transaction it is one of a connection of its own, beside the pool."""
    if not _in_transaction():
        with connection.cursor() as cursor:
            yield cursor
        return
    own = connection.copy()
    own.settings_dict["OPTIONS"].pop("pool", None)
    try:
        with own.cursor() as cursor:
            yield cursor
    finally:
        own.close()


def _in_transaction() -> bool:
    """Whether a rollback would take the count back. The transaction around a test is none of the site's own."""
    blocks = connection.atomic_blocks
    return bool(blocks) and not any(block._from_testcase for block in blocks)  # type: ignore[attr-defined]  # Django's
