"""Words and links that several lists of billing's admin share."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from aapm_site.core.money import Money

from ..models import Order


def link_to(order: Order) -> SafeString:
    """The order's page, by the number of its invoice."""
    return format_html('<a href="{}">{}</a>', reverse("admin:billing_order_change", args=[order.pk]), order.invoice)


def sum_of(row: Any) -> str:
    """The amount of a payment, refund, entry or dispute, always with its cents."""
    text = str(Money(row.amount, row.currency))
    return text if "." in text else f"{text}.00"
