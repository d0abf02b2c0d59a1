"""Numbers without a gap: INV-2026-00012. The counter's row is locked until the document stands or is rolled back."""

from datetime import date

from django.db import connection

INVOICE, CREDIT_NOTE, RECEIPT = "INV", "CN", "RCT"


def next_number(prefix: str, on: date) -> str:
    """The next number of a series in the year of `on`. Call it inside the document's transaction, as late as possible.

    One statement makes the counter or takes the next value under its row lock: of two who meet the second waits for
    the first one's commit, and a rollback gives the number back.
    """
    return next_numbers(prefix, on, 1)[0]


def next_numbers(prefix: str, on: date, count: int) -> list[str]:
    """So many of them at once, under the same lock, for papers that are made by one statement."""
    series = f"{prefix}-{on.year}"
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO billing_counter (series, last) VALUES (%s, %s) "
            "ON CONFLICT (series) DO UPDATE SET last = billing_counter.last + excluded.last RETURNING last",
            [series, count],
        )
        last = cursor.fetchone()[0]
    return [f"{series}-{number:05d}" for number in range(last - count + 1, last + 1)]
