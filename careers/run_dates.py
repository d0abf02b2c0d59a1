"""The days of a position, counted on the calendar of the association's zone. Pure functions, without a database.

A day on which a position could be read at whatever hour counts as one. A pause counts the midnights that it crosses.
"""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

MOST_PAUSED = 90  # days that pauses add to a position in all
LEAST_DAYS = 7  # of the account, used at a time
MOST_AHEAD = 365  # days from today to the last day that days of the account may reach
REOPENS_FOR = 14  # days after a position was filled
UNREAD_FOR = 90  # days after its end in which an unchanged position comes back without being read again


def end_of(day: date) -> datetime:
    """The last moment of a day."""
    return timezone.make_aware(datetime.combine(day, time.max))


def last_of(first: date, days: int) -> date:
    """The last of so many days, the first being counted."""
    return first + timedelta(days=days - 1)


def plus(day: date, days: int) -> date:
    return day + timedelta(days=days)


def paused_between(since: date, until: date, first: date, had: int) -> int:
    """What a pause adds: the days since it began, or since the first day if that came later, as far as 90 reach.

    `had` are the days that earlier pauses have added.
    """
    return max(0, min((until - max(since, first)).days, MOST_PAUSED - had))


def unused(first: date, last: date, today: date) -> int:
    """The days of a run that are left after today; all of them before its first day."""
    return max(0, (last - max(today, plus(first, -1))).days)


def gap_before(today: date, last: date) -> int:
    """The whole days between a last day and today, on which nothing was live."""
    return max(0, (today - last).days - 1)


def first_of_renewal(last: date, today: date) -> date:
    """The day after the last one, so that no day is lost; today, once that is over."""
    return max(today, plus(last, 1))
