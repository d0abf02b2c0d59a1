"""Who on an employer's team may do what, and how long a credit keeps a job open. Pure functions."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from .choices import MemberRole

SHORTEST_BODY = 120  # characters of a description that says what the work is
# Where anybody gets an address, so that it tells nothing of an organization.
ANYBODYS_DOMAINS = frozenset(
    [
        "aol.com",
        "att.net",
        "comcast.net",
        "fastmail.com",
        "gmail.com",
        "gmx.com",
        "gmx.net",
        "googlemail.com",
        "hotmail.com",
        "hushmail.com",
        "icloud.com",
        "live.com",
        "mac.com",
        "mail.com",
        "me.com",
        "msn.com",
        "outlook.com",
        "proton.me",
        "protonmail.com",
        "sbcglobal.net",
        "verizon.net",
        "yahoo.com",
        "ymail.com",
        "zoho.com",
    ]
)
WRITERS = (MemberRole.OWNER, MemberRole.POSTER)
BUYERS = WRITERS


def open_until(starts_at: datetime, runs_days: int) -> datetime:
    """The last moment of a job that goes live at `starts_at`: the end of a day in the association's zone.

    It is open on so many calendar days, the day on which it goes live being the first, at whatever hour.
    """
    last_day = timezone.localdate(starts_at) + timedelta(days=runs_days - 1)
    return timezone.make_aware(datetime.combine(last_day, time.max))


def may_write_jobs(role: str) -> bool:
    """Write, send, pause, fill and withdraw jobs."""
    return role in WRITERS


def may_manage_employer(role: str) -> bool:
    """Change the employer's details and its team."""
    return role == MemberRole.OWNER


def may_buy(role: str) -> bool:
    """Buy credits for the employer, and see its orders and invoices."""
    return role in BUYERS


def is_anybodys_domain(domain: str) -> bool:
    return domain in ANYBODYS_DOMAINS


def months_later(day: date, months: int) -> date:
    """The same day so many months later; the last of a month that is shorter: August 31 and February 28."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
