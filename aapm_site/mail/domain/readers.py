"""What is known of readers before a letter is written to them: asked, and counted, in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from ..registry import is_our_own, proofs_of
from .daily_share import TAKE, share_values

ASK = "WITH asked (known, also) AS MATERIALIZED (SELECT ARRAY[{known}]::boolean[], {also}), taken AS ({take}) "
ASK += "SELECT known, also, EXISTS (SELECT 1 FROM taken) FROM asked"

Condition = tuple[str, Sequence[Any]]


@dataclass(frozen=True)
class KnownReader:
    """An address, whether somebody has confirmed it, and if not, whether it still gets a letter today.

    Without `has_share` that has not been counted yet.
    """

    address: str
    is_confirmed: bool
    has_share: bool | None = None


def look_up_readers(first: str, *others: str, also: QuerySet[Any] | None = None) -> tuple[list[KnownReader], bool]:
    """The readers in this order, and whether the rows of `also` are any: all by one statement.

    An open letter to the first is about to be written, so it is counted at once if nobody has confirmed that address.
    Like the letter, the count belongs to the present transaction.
    """
    conditions = [_known(address) for address in (first, *others)]
    asked, extra = ", ".join(sql for sql, _ in conditions), _exists(also)
    take = TAKE.format(when="(SELECT NOT known[1] FROM asked)")
    values = [value for _, found in (*conditions, extra) for value in found]
    with connection.cursor() as cursor:
        cursor.execute(ASK.format(known=asked, also=extra[0], take=take), [*values, *share_values(first, secret=False)])
        known, is_also, has_share = cursor.fetchone()
    shares = [None if known[0] else has_share, *[None] * len(others)]
    return [KnownReader(*row) for row in zip((first, *others), known, shares, strict=True)], is_also


def _known(address: str) -> Condition:
    return ("true", ()) if is_our_own(address) else _exists(proofs_of(address))


def _exists(rows: QuerySet[Any] | None) -> Condition:
    try:
        sql, values = rows.query.sql_with_params() if rows is not None else ("", ())
    except EmptyResultSet:
        return "false", ()
    return (f"EXISTS ({sql})", values) if sql else ("false", ())
