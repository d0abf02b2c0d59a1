"""What membership does when money came or went, in the money's own transaction."""

from collections.abc import Sequence
from typing import Any

from django.dispatch import receiver

from aapm_site.billing.models import Invoice, OrderLine
from aapm_site.billing.signals import invoice_paid, invoice_reversed

from .domain import bundle_dues, dues
from .skus import BUNDLE, MORE, SHOP


@receiver(invoice_paid, dispatch_uid="membership.give_paid_terms")
def give_paid_terms(sender: Any, invoice: Invoice, **signal: Any) -> None:
    """The person gets the terms that were paid, and the institution its seats, once, however often the signal comes."""
    sold = [line for line in invoice.order.lines.all() if line.room == SHOP]
    for line in filter(_is_bundle, sold):
        bundle_dues.give_bundle(line)
    if lines := [line for line in sold if not _is_bundle(line)]:
        dues.give_paid_terms(lines)


def _is_bundle(line: OrderLine) -> bool:
    return line.details.get("kind") in {BUNDLE, MORE}


@receiver(invoice_reversed, dispatch_uid="membership.take_back_terms")
def take_back_terms(
    sender: Any, invoice: Invoice, lines: Sequence[tuple[OrderLine, int]], forced: bool, **signal: Any
) -> None:
    """Terms that have not begun are void; one that has begun is staff's to decide, or ends today where money went."""
    for line, quantity in lines:
        if line.room == SHOP and _is_bundle(line):
            bundle_dues.take_back_bundle(line, quantity, forced=forced)
        elif line.room == SHOP:
            dues.take_back_terms(line, quantity, forced=forced)
