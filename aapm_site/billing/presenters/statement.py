"""A customer's account as the customer reads it."""

from dataclasses import replace
from datetime import date

from ..models import Customer
from ..queries import statements
from ..queries.statements import Statement, StatementRow
from ..rules import with_number
from ..states import CAME_BACK, EntryKind, PaymentMethod, RefundMethod


def statements_in_words(customer: Customer, first: date, last: date) -> list[Statement]:
    """The account between two days, both included: one statement for each currency, its rows in words."""
    found = statements.of(customer, first, last)
    return [replace(one, rows=tuple(StatementLine(row.entry, row.balance) for row in one.rows)) for one in found]


class StatementLine(StatementRow):
    """A row in words: what was booked, how the money came or went, and for which invoice."""

    @property
    def title(self) -> str:
        """What was booked, in the customer's words."""
        entry = self.entry
        if not entry.refund_id:
            return f"{entry.get_kind_display()} {entry.paper}"
        if entry.kind == EntryKind.REFUND_FAILED:
            return f"Refund of {entry.refund.payment} that failed"
        if entry.refund.method == RefundMethod.MISTAKE:
            return f"Payment {entry.refund.payment}, recorded by mistake"
        if entry.refund.method in CAME_BACK:
            return f"Returned payment {entry.refund.payment}"
        if entry.refund.method == RefundMethod.CREDIT:
            return f"Moved to {entry.refund.reference}"
        return f"Refund of {entry.refund.payment}"

    @property
    def how(self) -> str:
        """How the money came or went, with the check's number or the bank's reference; empty when no money moved."""
        entry = self.entry
        if entry.payment_id:
            if entry.method == PaymentMethod.CREDIT:
                return f"Moved from {entry.payment.reference}"
            return with_number(entry.payment.get_method_display(), entry.payment.reference)
        if entry.refund_id and entry.refund.method not in (*CAME_BACK, RefundMethod.CREDIT):
            return with_number(entry.refund.get_method_display(), entry.refund.reference)
        return ""

    @property
    def note(self) -> str:
        """How it came or went, and for which invoice."""
        if self.entry.invoice_id:
            return ""
        return f"{self.how}, for {self.entry.order}" if self.how else f"For {self.entry.order}"
