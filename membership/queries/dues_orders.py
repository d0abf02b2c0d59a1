"""A person's orders for dues, offers too."""

from django.db.models import Exists, OuterRef, QuerySet

from aapm_site.accounts.people import Visitor
from aapm_site.billing.models import Customer, Order, OrderLine
from aapm_site.billing.states import OrderStatus

from ..skus import SHOP

MOST_SHOWN = 12


def dues_orders(user: Visitor) -> QuerySet[Order]:
    """All orders for the dues of this person, the newest first, whoever placed them."""
    lines = OrderLine.objects.filter(order=OuterRef("pk"), sku__startswith=f"{SHOP}:")
    mine = Order.everything.filter(Exists(lines), customer__user_id=user.pk)
    return mine.with_owed().select_related("invoice", "customer").prefetch_related("lines").order_by("-placed_at")


def invoiced_dues(user: Visitor) -> Order | None:
    """The order for dues whose invoice is open. It is owed, so nothing is offered beside it."""
    return dues_orders(user).filter(status=OrderStatus.AWAITING_PAYMENT).first()


def invoiced_dues_of(customer: Customer) -> Order | None:
    """The same of whose account with the billing office this is: a person's, or an institution's."""
    if customer.user is not None:
        return invoiced_dues(customer.user)
    return institution_orders(customer).filter(status=OrderStatus.AWAITING_PAYMENT).first()


def institution_orders(customer: Customer) -> QuerySet[Order]:
    """All orders of an institution for seats, the newest first."""
    mine = Order.everything.filter(customer=customer)
    return mine.with_owed().select_related("invoice", "customer").prefetch_related("lines").order_by("-placed_at")
