"""The ledger of a period: what was sold, taken back, paid and sent back, and whether it all fits together."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Max, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce

from ..models import CreditNote, CreditNoteLine, Entry, Invoice, OrderLine, Payment
from ..rules import ZERO
from ..states import RAISES, EntryKind, PaymentMethod, RefundMethod
from .aging import SIGNED

CHUNK = 2_000


@dataclass(frozen=True)
class ProductSales:
    """One product: the pieces and amounts that were invoiced, and those that credit notes took back."""

    sku: str
    title: str
    sold: int = 0
    taken_back: int = 0
    net: Decimal = ZERO
    tax: Decimal = ZERO
    credited_net: Decimal = ZERO
    credited_tax: Decimal = ZERO

    @property
    def left_net(self) -> Decimal:
        return self.net - self.credited_net

    @property
    def is_nothing(self) -> bool:
        """Neither pieces nor money."""
        return not (self.sold or self.taken_back or self.net or self.credited_net)


@dataclass
class LedgerReport:
    """The period in one currency. Refunds that failed are subtracted; credit that moved between orders cancels out."""

    currency: str
    opening: Decimal = ZERO
    invoiced: Decimal = ZERO
    invoiced_tax: Decimal = ZERO
    credited: Decimal = ZERO
    credited_tax: Decimal = ZERO
    paid: dict[str, Decimal] = field(default_factory=dict)
    refunded: dict[str, Decimal] = field(default_factory=dict)
    entries: int = 0
    # What the orders themselves say at the end of the period, and what the papers of the period come to.
    open: Decimal = ZERO
    kept: Decimal = ZERO
    papers: dict[str, Decimal] = field(default_factory=dict)
    products: list[ProductSales] = field(default_factory=list)

    @property
    def came(self) -> Decimal:
        """Money that came from outside."""
        return sum((amount for method, amount in self.paid.items() if method != PaymentMethod.CREDIT), ZERO)

    @property
    def left(self) -> Decimal:
        """Money that went outside."""
        return sum((amount for method, amount in self.refunded.items() if method != RefundMethod.CREDIT), ZERO)

    @property
    def moved_in(self) -> Decimal:
        return self.paid.get(PaymentMethod.CREDIT, ZERO)

    @property
    def moved_out(self) -> Decimal:
        return self.refunded.get(RefundMethod.CREDIT, ZERO)

    @property
    def moved(self) -> Decimal:
        """What moving did to the balance: nothing, unless a part of it is missing."""
        return self.moved_out - self.moved_in

    @property
    def in_hand(self) -> Decimal:
        return self.came - self.left

    @property
    def sold_net(self) -> Decimal:
        return self.invoiced - self.invoiced_tax

    @property
    def credited_net(self) -> Decimal:
        return self.credited - self.credited_tax

    @property
    def tax_due(self) -> Decimal:
        return self.invoiced_tax - self.credited_tax

    @property
    def closing(self) -> Decimal:
        """The opening balance with everything that happened: money of the period that is still to come."""
        return self.opening + self.invoiced - self.credited - self.came + self.left + self.moved

    @property
    def paid_by(self) -> list[tuple[str, Decimal]]:
        return _by_method(self.paid, PaymentMethod)

    @property
    def refunded_by(self) -> list[tuple[str, Decimal]]:
        return _by_method(self.refunded, RefundMethod)

    @property
    def faults(self) -> list[str]:
        """What does not fit, a sentence each; empty when it balances."""
        found = []
        owed = self.open - self.kept
        if self.closing != owed:
            found.append(
                f"The closing balance is {self.closing}, and the orders owe {owed}: a difference of "
                f"{self.closing - owed} {self.currency}."
            )
        if self.moved_in != self.moved_out:
            found.append(
                f"{self.moved_out} left orders for others, and {self.moved_in} arrived: a difference of "
                f"{self.moved_out - self.moved_in} {self.currency}."
            )
        booked = {"invoices": self.invoiced, "credit notes": self.credited, "payments": sum(self.paid.values(), ZERO)}
        for name, amount in booked.items():
            if amount != (papers := self.papers.get(name, ZERO)):
                found.append(
                    f"The ledger says {amount} for the {name} of the period, the {name} themselves {papers}: a "
                    f"difference of {amount - papers} {self.currency}."
                )
        return found


def _by_method(amounts: dict[str, Decimal], names: Any) -> list[tuple[str, Decimal]]:
    """Amounts with the words of their methods, in the order of the methods; moved credit is shown elsewhere."""
    return [(method.label, amounts[method]) for method in names if amounts.get(method) and method != "credit"]


def report(first: date, last: date) -> list[LedgerReport]:
    """The period from `first` to `last`, both included, a report for each currency, dollars first."""
    found: dict[str, LedgerReport] = {}
    _read_ledger(found, first, last)
    _read_orders(found, last)
    _read_papers(found, first, last)
    for currency, products in _products(first, last).items():
        _of(found, currency).products = products
    return sorted(found.values() or [LedgerReport("USD")], key=lambda one: (one.currency != "USD", one.currency))


def _of(found: dict[str, LedgerReport], currency: str) -> LedgerReport:
    return found.setdefault(currency, LedgerReport(currency))


def _read_ledger(found: dict[str, LedgerReport], first: date, last: date) -> None:
    """One pass over the entries up to the last day: what was before the period, and each kind and method within."""
    before = Case(When(booked_on__lt=first, then=Value(1)), default=Value(0), output_field=IntegerField())
    sums = Entry.objects.filter(booked_on__lte=last).order_by().annotate(before=before)
    grouped = sums.values("currency", "before", "kind", "method")
    for row in grouped.annotate(amount_sum=Sum("amount"), tax_sum=Sum("tax"), count=Count("pk")):
        one = _of(found, row["currency"])
        if row["before"]:
            one.opening += row["amount_sum"] if row["kind"] in RAISES else -row["amount_sum"]
        else:
            one.entries += row["count"]
            _add(one, row["kind"], row["method"], row["amount_sum"], row["tax_sum"])


def _add(one: LedgerReport, kind: str, method: str, amount: Decimal, tax: Decimal) -> None:
    if kind == EntryKind.INVOICE:
        one.invoiced, one.invoiced_tax = one.invoiced + amount, one.invoiced_tax + tax
    elif kind == EntryKind.CREDIT_NOTE:
        one.credited, one.credited_tax = one.credited + amount, one.credited_tax + tax
    elif kind == EntryKind.PAYMENT:
        one.paid[method] = one.paid.get(method, ZERO) + amount
    else:
        signed = -amount if kind == EntryKind.REFUND_FAILED else amount
        one.refunded[method] = one.refunded.get(method, ZERO) + signed


def _read_orders(found: dict[str, LedgerReport], last: date) -> None:
    """What each order owed at the end of the last day, added up: open ones, and those on which too much came."""
    owed = Entry.objects.filter(booked_on__lte=last).order_by().values("currency", "order").annotate(owed=Sum(SIGNED))
    for currency, amount in owed.exclude(owed=0).values_list("currency", "owed").iterator(chunk_size=CHUNK):
        one = _of(found, currency)
        if amount > 0:
            one.open += amount
        else:
            one.kept -= amount


def _read_papers(found: dict[str, LedgerReport], first: date, last: date) -> None:
    """What the documents of the period come to by themselves, without the ledger."""
    sources: tuple[tuple[str, QuerySet, str], ...] = (
        ("invoices", Invoice.objects.filter(issued_on__range=(first, last)), "total"),
        ("credit notes", CreditNote.objects.filter(issued_on__range=(first, last)), "total"),
        ("payments", Payment.objects.filter(received_on__range=(first, last)), "amount"),
    )
    for name, rows, amount in sources:
        for currency, total in rows.order_by().values_list("currency").annotate(total_sum=Sum(amount)):
            _of(found, currency).papers[name] = total


def _products(first: date, last: date) -> dict[str, list[ProductSales]]:
    """By currency, what was sold and taken back of each product, the largest first."""
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    lines = OrderLine.objects.filter(order__invoice__issued_on__range=(first, last)).order_by()
    for row in lines.values("currency", "sku").annotate(
        name=Max("title"), count=Sum("quantity"), net_sum=Sum("net"), tax_sum=Sum("tax")
    ):
        key = (row["currency"], row["sku"])
        rows[key] = {
            "title": row["name"], "sold": row["count"], "net": row["net_sum"], "tax": row["tax_sum"],
        }  # fmt: skip
    back = CreditNoteLine.objects.filter(credit_note__issued_on__range=(first, last)).order_by()
    for row in back.values("currency", sku=F("order_line__sku")).annotate(
        name=Max("order_line__title"), count=Sum("quantity"), net_sum=Sum("net"), tax_sum=Sum("tax")
    ):
        known = rows.setdefault((row["currency"], row["sku"]), {"title": row["name"]})
        known |= {"taken_back": row["count"], "credited_net": row["net_sum"], "credited_tax": row["tax_sum"]}
    found: dict[str, list[ProductSales]] = {}
    for (currency, sku), values in rows.items():
        if not (product := ProductSales(sku=sku, **values)).is_nothing:
            found.setdefault(currency, []).append(product)
    return {currency: sorted(sold, key=lambda one: (-one.left_net, one.sku)) for currency, sold in found.items()}


def entries(first: date, last: date) -> Iterator[tuple[Any, ...]]:
    """Every entry of the period, oldest first, a few thousand in memory at a time: what presenters.ledger writes."""
    paper = Coalesce("credit_note__number", "refund__payment__number", "payment__number", "order__invoice__number")
    reference = Coalesce("refund__reference", "payment__reference", Value(""))
    found = Entry.objects.filter(booked_on__range=(first, last)).order_by("booked_on", "pk")
    return (
        found.annotate(paper_number=paper, paper_reference=reference)
        .values_list(
            "booked_on", "kind", "paper_number", "order__invoice__number", "customer__name", "method",
            "paper_reference", "amount", "tax", "currency",
        )
        .iterator(CHUNK)
    )  # fmt: skip
