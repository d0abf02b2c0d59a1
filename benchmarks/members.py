"""What a list of fifty thousand members costs: read, checked and applied, and sent once more. This runs in the site.

Everything happens in one transaction that is rolled back. One line in a hundred is wrong.
"""

import json
import resource
import time
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction

from membership.domain import member_imports
from membership.import_columns import Outcome
from membership.models import Plan

LINES = 50_000
HEAD = "Member number,E-mail,First name,Last name,Degrees,State,Member since,Category,Term from,Term to"


class _TakenBack(Exception):
    """Ends the transaction in which the list was applied."""


def told() -> str:
    """For the table: seconds of each step by the clock, the lines, those that were wrong, how many the same list would
    change if it were sent again, and the most memory that this process had, as JSON.
    """
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL statement_timeout = 0")
            found = _steps()
            raise _TakenBack
    except _TakenBack:
        return json.dumps(found)


def _steps() -> dict[str, Any]:
    category = Plan.objects.order_by("pk").values_list("name", flat=True)[0]
    content = "\n".join([HEAD, *(_line(number, category) for number in range(1, LINES + 1))]).encode()
    read, made = _timed(lambda: member_imports.upload_members(content, "members.csv", by=None))
    check, made = _timed(lambda: member_imports.choose_columns(made, made.columns, made.date_order))
    apply, applied = _timed(lambda: member_imports.apply_members(made))
    if not applied:
        raise RuntimeError("The list was not applied.")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    again = member_imports.upload_members(content, "members.csv", by=None)
    second, again = _timed(lambda: member_imports.choose_columns(again, made.columns, made.date_order))
    changed = sum(again.count(outcome) for outcome in (Outcome.NEW, Outcome.CHANGED))
    counted = {"lines": LINES, "wrong": made.count(Outcome.WRONG), "changed": changed, "memory": memory}
    return {"read": read, "check": check, "apply": apply, "second": second, **counted}


def _line(number: int, category: str) -> str:
    day = "2026-13-01" if number % 100 == 0 else "2026-01-01"
    who = f"{900_000 + number},member{number}@bench.example,Ida,Holm {number},MD,New York"
    return f"{who},2011-05-01,{category},{day},2026-12-31"


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    begun = time.monotonic()
    done = work()
    return time.monotonic() - begun, done
