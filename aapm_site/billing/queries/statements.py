"""A customer's account: what was booked, line by line, with what was owed after each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from aapm_site.core.money import Money

from ..models import Customer, Entry
from ..rules import ZERO

PAPERS = ("invoice", "credit_note", "payment", "refund__payment", "order__invoice")


@dataclass(frozen=True)
class StatementRow:
    """One entry, and what was owed after it."""

    entry: Entry
    balance: Money

    @property
    def change(self) -> Money:
        """What the line adds to what is owed; below zero when it lowers it."""
        sum_ = self.entry.sum
        return sum_ if self.entry.raises else Money(-sum_.amount, sum_.currency)


@dataclass(frozen=True)
class Statement:
    """The lines of one currency in a period, between two balances."""

    currency: str
    opening: Money
    rows: tuple[StatementRow, ...]
    closing: Money

    @property
    def holds_money(self) -> bool:
        """Whether some balance is below zero: then the customer's money is held."""
        return any(balance.amount < ZERO for balance in (self.opening, *(row.balance for row in self.rows)))


def years(customer: Customer) -> list[int]:
    """The years in which anything was booked, the latest first."""
    return [day.year for day in Entry.objects.filter(customer=customer).dates("booked_on", "year", order="DESC")]


def of(customer: Customer, first: date, last: date) -> list[Statement]:
    """The customer's account between two days, both included: one statement for each currency."""
    entries = Entry.objects.filter(customer=customer, booked_on__lte=last)
    found = list(entries.filter(booked_on__gte=first).select_related(*PAPERS).order_by("booked_on", "pk"))
    before = entries.filter(booked_on__lt=first)
    currencies = entries.order_by("currency").values_list("currency", flat=True).distinct()
    return [
        _statement(
            currency, before.filter(currency=currency).owed(), [row for row in found if row.currency == currency]
        )
        for currency in currencies
    ]


def _statement(currency: str, opening: Decimal, entries: Sequence[Entry]) -> Statement:
    balance, rows = opening, []
    for entry in entries:
        balance += entry.amount if entry.raises else -entry.amount
        rows.append(StatementRow(entry, Money(balance, currency)))
    return Statement(currency, Money(opening, currency), tuple(rows), Money(balance, currency))
