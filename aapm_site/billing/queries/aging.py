"""What is open, by how long it has been due: the table of customers by age, and the same steps for lists of orders."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Case, DecimalField, F, Min, Q, QuerySet, Sum, Value, When

from ..models import Entry, Order
from ..rules import ZERO
from ..states import LOWERS, OrderStatus

NOT_DUE = "not-due"


@dataclass(frozen=True)
class Bucket:
    """A span of days overdue, from `first` to `last`; open at the end where there is None."""

    name: str
    label: str
    first: int | None
    last: int | None

    def due(self, on: date, field: str = "invoice__due_on") -> Q:
        """The orders that are so many days overdue on a day."""
        found = Q()
        if self.last is not None:
            found &= Q(**{f"{field}__gte": on - timedelta(days=self.last)})
        if self.first is not None:
            found &= Q(**{f"{field}__lte": on - timedelta(days=self.first)})
        return found


BUCKETS = (
    Bucket(NOT_DUE, "Not due yet", None, 0),
    Bucket("1-30", "1–30 days", 1, 30),
    Bucket("31-60", "31–60 days", 31, 60),
    Bucket("61-90", "61–90 days", 61, 90),
    Bucket("over-90", "Over 90 days", 91, None),
)
BY_NAME = {bucket.name: bucket for bucket in BUCKETS}

SIGNED = Case(
    When(kind__in=LOWERS, then=-F("amount")),
    default=F("amount"),
    output_field=DecimalField(max_digits=14, decimal_places=2),
)


def days_overdue(due_on: date, on: date) -> int:
    """How many days an invoice is overdue; 0 until the day after it was due."""
    return max((on - due_on).days, 0)


def days_overdue_of(order: Order, on: date) -> int:
    """The same for an order with its invoice; 0 when no payment is waited for."""
    return days_overdue(order.invoice.due_on, on) if order.is_unpaid else 0


def overdue(on: date) -> QuerySet[Order]:
    """Orders that wait for a payment which was due before this day."""
    return Order.objects.unpaid().filter(invoice__due_on__lt=on)


@dataclass(frozen=True)
class AgingRow:
    """What one customer, or all together, owe in one currency: an amount a bucket, in the order of BUCKETS."""

    currency: str
    parts: tuple[Decimal, ...]
    customer: int | None = None
    name: str = ""

    @property
    def total(self) -> Decimal:
        return sum(self.parts, ZERO)

    @property
    def cells(self) -> list[tuple[Bucket, Decimal]]:
        return list(zip(BUCKETS, self.parts, strict=True))


def customers(on: date) -> QuerySet:
    """A row for each customer and currency with something open, what is overdue longest first; see `rows`."""
    grouped = _open(on, "customer", "customer__name", "currency")
    return grouped.annotate(oldest=Min("order__invoice__due_on")).order_by("oldest", "customer__name", "customer")


def rows(found: Iterable[Mapping[str, Any]]) -> list[AgingRow]:
    return [_row(values, customer=values["customer"], name=values["customer__name"]) for values in found]


def totals(on: date) -> list[AgingRow]:
    """What all customers together owe, a row for each currency."""
    return [_row(values) for values in _open(on, "currency").order_by("currency")]


def _open(on: date, *by: str) -> QuerySet:
    """The ledger of unpaid orders, summed by bucket."""
    sums = {
        _column(bucket): Sum(SIGNED, filter=bucket.due(on, "order__invoice__due_on"), default=Value(ZERO))
        for bucket in BUCKETS
    }
    return Entry.objects.filter(order__status=OrderStatus.AWAITING_PAYMENT).order_by().values(*by).annotate(**sums)


def _column(bucket: Bucket) -> str:
    return f"sum_{bucket.name.replace('-', '_')}"


def _row(values: Mapping[str, Any], **more: Any) -> AgingRow:
    parts = tuple(values[_column(bucket)] for bucket in BUCKETS)
    return AgingRow(currency=values["currency"], parts=parts, **more)
