"""What the page of an order shows below its buttons, read in a fixed number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from aapm_site.core.seo import absolute
from aapm_site.core.templatetags.ui import money

from ..domain import payments
from ..models import Entry, Order, Payment
from ..queries import aging
from ..rules import ZERO
from ..states import RefundStatus
from .display import REFUND_TONES


@dataclass(frozen=True)
class Booked:
    """An entry of the ledger with what was owed on the order after it."""

    entry: Entry
    owed: Decimal


@dataclass(frozen=True)
class PaymentRow:
    """A payment with what of it has gone back, and whether staff may say that it came back unpaid."""

    payment: Payment
    gone: Decimal
    can_return: bool

    @property
    def words(self) -> SafeString:
        """How it came, who wrote it down, and what went back."""
        way = f"{self.payment.get_method_display()} {self.payment.reference}".strip()
        recorded = f", recorded by {self.payment.recorded_by.display_name}" if self.payment.recorded_by else ""
        if not self.gone:
            return format_html("{}{}", way, recorded)
        return format_html("{}{}; {} went back", way, recorded, money(self.gone, self.payment.currency, cents=True))


def facts(order: Order) -> dict[str, Any]:
    """All parts of the page."""
    came = list(order.payments.select_related("recorded_by").prefetch_related("refunds"))
    notes = list(order.invoice.credit_notes.select_related("issued_by"))
    return {
        "lines": list(order.lines.with_gone()),
        "came": [_came(payment) for payment in came],
        "refunds": [
            (refund, REFUND_TONES[RefundStatus(refund.status)]) for payment in came for refund in payment.refunds.all()
        ],
        "credit_notes": notes,
        "booked": list(_booked(order)),
        "card_sessions": list(order.card_sessions.all()),
        "reminders": list(order.invoice.reminders.all()),
        "overdue": in_words(overdue_now(order)),
    }


def overdue_now(order: Order) -> int:
    """How many days its payment is overdue; 0 when none is waited for."""
    return aging.days_overdue_of(order, timezone.localdate())


def in_words(days: int) -> str:
    """15 days; empty for none."""
    return f"{days} day{'' if days == 1 else 's'}" if days else ""


def pay_url(order: Order) -> str:
    """The page where the order is paid without an account, for a customer who calls."""
    return absolute(reverse("billing:pay", args=[order.pay_token]))


def _came(payment: Payment) -> PaymentRow:
    gone = sum((one.amount for one in payment.refunds.all() if one.status != RefundStatus.FAILED), ZERO)
    return PaymentRow(payment, gone, can_return=payment.method in payments.BY_STAFF and gone < payment.amount)


def _booked(order: Order) -> Iterable[Booked]:
    owed = ZERO
    for entry in in_order(order):
        owed += entry.amount if entry.raises else -entry.amount
        yield Booked(entry, owed)


def in_order(order: Order) -> Sequence[Entry]:
    """The order's entries as they were booked, with their papers."""
    entries = order.entries.select_related("invoice", "credit_note", "payment", "refund__payment")
    return list(entries.order_by("pk"))
