"""The ledger of a period as tables for a spreadsheet."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from ..queries import ledger
from ..states import RAISES, EntryKind, PaymentMethod, RefundMethod

ENTRY_HEAD = (
    "Day", "Kind", "Paper", "Invoice", "Customer", "Method", "Reference", "Charges", "Credits", "Tax", "Currency",
)  # fmt: skip
METHODS = {method.value: method.label for method in (*RefundMethod, *PaymentMethod)} | {
    "credit": "Credit between orders"
}
REPORT_HEAD = ("Part", "What", "Quantity", "Amount", "Tax", "Currency")


def entry_rows(first: date, last: date) -> Iterator[tuple[Any, ...]]:
    """Every entry of the period; the rows of ENTRY_HEAD."""
    for on, kind, number, invoice, customer, method, reference, amount, tax, currency in ledger.entries(first, last):
        raises, lowers = (amount, "") if kind in RAISES else ("", amount)
        words = EntryKind(kind).label
        yield (on, words, number, invoice, customer, METHODS.get(method, ""), reference, raises, lowers, tax, currency)


def report_rows(first: date, last: date) -> Iterator[tuple[Any, ...]]:
    """The report as a table; the rows of REPORT_HEAD."""
    for one in ledger.report(first, last):
        parts: list[tuple[Any, ...]] = [
            ("Opening balance", "", "", one.opening, ""),
            ("Sold", "With tax", "", one.invoiced, one.invoiced_tax),
            ("Credited", "With tax", "", one.credited, one.credited_tax),
            *(("Paid", label, "", amount, "") for label, amount in one.paid_by),
            *(("Refunded", label, "", amount, "") for label, amount in one.refunded_by),
            ("Moved between orders", "Out", "", one.moved_out, ""),
            ("Moved between orders", "In", "", one.moved_in, ""),
            ("Closing balance", "", "", one.closing, ""),
            ("Tax due", "", "", one.tax_due, ""),
        ]
        for sold in one.products:
            parts.append((f"Sold: {sold.sku}", sold.title, sold.sold, sold.net, sold.tax))
            if sold.taken_back or sold.credited_net:
                back = (sold.taken_back, sold.credited_net, sold.credited_tax)
                parts.append((f"Credited: {sold.sku}", sold.title, *back))
        for fault in one.faults:
            parts.append(("Does not balance", fault, "", "", ""))
        yield from ((*part, one.currency) for part in parts)
