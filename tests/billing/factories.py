"""Orders in the states that pages show, as plain makers over the tests' shop."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from aapm_site.billing.domain import payments
from aapm_site.billing.models import Customer, Order, Payment
from aapm_site.billing.states import PaymentMethod

from .shop import make_customer, place


def fresh(order: Order) -> Order:
    return Order.objects.select_related("invoice", "customer").get(pk=order.pk)


def placed(
    buyer: Customer | None = None,
    *,
    by: Any = None,
    wanted: Sequence[tuple[str, int]] = (("shop:three", 1),),
    **more: Any,
) -> Order:
    """An order as the checkout places it, with its invoice."""
    return fresh(place(*wanted, customer=buyer or make_customer(), by=by, **more))


def payment(order: Order, amount: str = "", *, on: date | None = None, reference: str = "4711") -> Payment:
    """A check over all that was invoiced, or over a part."""
    return payments.record_payment(
        order,
        by=None,
        method=PaymentMethod.CHECK,
        amount=Decimal(amount) if amount else order.invoice.total,
        received_on=on or timezone.localdate(),
        reference=reference,
    )


def paid(buyer: Customer | None = None, **more: Any) -> Order:
    """An order whose check has come."""
    order = placed(buyer, **more)
    payment(order)
    return fresh(order)
