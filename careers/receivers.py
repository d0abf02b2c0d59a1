"""What the career center does when money came or went, in the money's own transaction, or an address was confirmed."""

from collections.abc import Sequence
from typing import Any

from allauth.account.signals import email_confirmed
from django.db import transaction
from django.dispatch import receiver

from aapm_site.billing.models import Invoice, OrderLine
from aapm_site.billing.signals import invoice_paid, invoice_reversed

from .credit_types import SHOP
from .domain import credits
from .domain.alerts import take_over_alerts


@receiver(invoice_paid, dispatch_uid="careers.give_what_was_bought")
def give_what_was_bought(sender: Any, invoice: Invoice, **signal: Any) -> None:
    """The employer gets its credits, once, however often the signal comes."""
    credits.add_bought_credits([line for line in invoice.order.lines.all() if line.room == SHOP])


@receiver(invoice_reversed, dispatch_uid="careers.take_back_what_was_bought")
def take_back_what_was_bought(
    sender: Any, invoice: Invoice, lines: Sequence[tuple[OrderLine, int]], forced: bool, **signal: Any
) -> None:
    """Unused credits go back; used ones are refused. If the bank has taken the money already, they owe their days."""
    ours = [(line, quantity) for line, quantity in lines if line.room == SHOP]
    for line, quantity in ours:
        credits.take_back_credits(line, quantity, forced=forced)
    if forced and ours:
        credits.settle_days_of(ours[0][0])


@receiver(email_confirmed, dispatch_uid="careers.take_over_alerts")
def alerts_come_along(sender: Any, email_address: Any, **signal: Any) -> None:
    """Alerts that came to the address before there was an account are the account's."""
    with transaction.atomic():
        take_over_alerts(email_address.user)
