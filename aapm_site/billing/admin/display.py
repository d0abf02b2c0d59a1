"""Words and links that several lists of billing's admin share."""

from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from aapm_site.core.money import Money

from ..models import Order
from ..states import RefundStatus

REFUND_TONES = {RefundStatus.REQUESTED: "wait", RefundStatus.DONE: "live", RefundStatus.FAILED: "back"}


def money(amount: Decimal, currency: str) -> str:
    """Always with its cents: these amounts are compared with bank statements."""
    text = str(Money(amount, currency))
    return text if "." in text else f"{text}.00"


def link_to(order: Order) -> SafeString:
    """The order's page, by the number of its invoice."""
    return format_html('<a href="{}">{}</a>', reverse("admin:billing_order_change", args=[order.pk]), order.invoice)


def sum_of(row: Any) -> str:
    """The amount of a payment, refund, entry or dispute."""
    return money(row.amount, row.currency)
