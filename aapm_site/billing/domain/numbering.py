"""Numbers without a gap: INV-2026-00012. The counter's row is locked until the document stands or is rolled back."""

from datetime import date

from django.db import connection

INVOICE, CREDIT_NOTE, RECEIPT = "INV", "CN", "RCT"


def next_number(prefix: str, on: date) -> str:
    """The next number of a series in the year of `on`. Call it inside the document's transaction, as late as possible.

    One statement makes the counter or takes the next value under its row lock: of two who meet the second waits for
    the first one's commit, and a rollback gives the number back.
    """
    series = f"{prefix}-{on.year}"
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO billing_counter (series, last) VALUES (%s, 1) "
            "ON CONFLICT (series) DO UPDATE SET last = billing_counter.last + 1 RETURNING last",
            [series],
        )
        return f"{series}-{cursor.fetchone()[0]:05d}"
