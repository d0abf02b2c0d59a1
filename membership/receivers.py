"""What membership does when money came or went, in the money's own transaction."""

from collections.abc import Sequence
from typing import Any

from django.dispatch import receiver

from aapm_site.billing.models import Invoice, OrderLine
from aapm_site.billing.signals import invoice_paid, invoice_reversed

from .domain import dues
from .skus import SHOP


@receiver(invoice_paid, dispatch_uid="membership.give_paid_terms")
def give_paid_terms(sender: Any, invoice: Invoice, **signal: Any) -> None:
    """The person gets the terms that were paid, once, however often the signal comes."""
    if lines := [line for line in invoice.order.lines.all() if line.room == SHOP]:
        dues.give_paid_terms(lines)


@receiver(invoice_reversed, dispatch_uid="membership.take_back_terms")
def take_back_terms(
    sender: Any, invoice: Invoice, lines: Sequence[tuple[OrderLine, int]], forced: bool, **signal: Any
) -> None:
    """Terms that have not begun are void; one that has begun is staff's to decide, or ends today where money went."""
    for line, quantity in lines:
        if line.room == SHOP:
            dues.take_back_terms(line, quantity, forced=forced)
