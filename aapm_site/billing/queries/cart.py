"""What somebody is about to buy, and for which of their customers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from aapm_site.accounts.models import User

from ..models import Customer, Order
from ..registry import Product, find_products
from ..states import OrderStatus, PayBy

MOST_CUSTOMERS = 20
MOST_AN_HOUR, MOST_AT_FIRST = 30, 6
JUST_NOW = timedelta(minutes=15)
NOT_KEPT = 0  # a key that no row has
OWN = "own"  # in an address: the person's own account, whether it is there already or not


@dataclass(frozen=True)
class Basket:
    """Products at today's prices for one customer."""

    customer: Customer
    products: tuple[Product, ...]

    @property
    def is_for_new_customer(self) -> bool:
        """Whether the customer is made only with the order."""
        return self.customer.pk == NOT_KEPT

    @property
    def has_ordered_enough(self) -> bool:
        """Whether so many orders were placed within an hour that no person does it: each writes to a mailbox.

        Who has not paid for any yet may write to fewer.
        """
        most = MOST_AN_HOUR if getattr(self.customer, "has_paid", False) else MOST_AT_FIRST
        return getattr(self.customer, "placed_lately", 0) >= most

    @property
    def customer_key(self) -> str:
        """The customer as an address names it."""
        return OWN if self.is_for_new_customer else self.customer.public_id

    @property
    def skus(self) -> list[str]:
        return [product.sku for product in self.products]


def find(user: User, skus: Sequence[str], chosen: str = "") -> Basket | None:
    """The basket for the chosen customer, else for the first who can buy all of it. None: it is not on offer.

    Raises Customer.DoesNotExist when somebody else's customer was chosen. Writes nothing: who has no account with the
    billing office yet gets one that is not saved.
    """
    for customer in _candidates(user, chosen):
        if products := _products(skus, customer, user):
            return Basket(customer, products)
    return None


def ordered_lately(basket: Basket) -> list[Order]:
    """Orders for the same that this customer has just placed: somebody may have come back by the browser's button."""
    if not getattr(basket.customer, "placed_lately", 0):
        return []
    same = Order.objects.filter(customer=basket.customer, lines__sku__in=basket.skus).exclude(
        status=OrderStatus.CANCELLED
    )
    found = same.filter(placed_at__gt=timezone.now() - JUST_NOW).select_related("invoice")
    return list(found.distinct().order_by("placed_at")[:3])


def others(user: User, basket: Basket) -> list[Customer]:
    """The person's other customers who may buy the same."""
    own = Customer.objects.for_user(user).with_owners().exclude(pk=basket.customer.pk)[:MOST_CUSTOMERS]
    return [customer for customer in own if _products(basket.skus, customer, user)]


def _candidates(user: User, chosen: str) -> list[Customer]:
    mine = _with_orders_lately(Customer.objects.for_user(user).with_owners())
    if chosen == OWN:
        return list(mine.filter(user=user)) or [_unsaved(user)]
    if chosen:
        return [mine.get(public_id=chosen)]
    found = list(mine[:MOST_CUSTOMERS])
    return found if any(customer.user_id == user.pk for customer in found) else [*found, _unsaved(user)]


def _with_orders_lately(customers: QuerySet[Customer]) -> QuerySet[Customer]:
    """Each with `placed_lately`, how many orders were placed for it within the last hour, and `has_paid`, ever."""
    lately = Order.objects.filter(customer=OuterRef("pk"), placed_at__gt=timezone.now() - timedelta(hours=1))
    counted = lately.order_by().values("customer").annotate(count=Count("pk")).values("count")
    paid = Order.objects.filter(customer=OuterRef("pk"), status=OrderStatus.PAID).exclude(pay_by=PayBy.FREE)
    return customers.annotate(placed_lately=Coalesce(Subquery(counted), 0), has_paid=Exists(paid))


def _unsaved(user: User) -> Customer:
    """The person's own account as it would be made."""
    name = user.signature_name
    return Customer(pk=NOT_KEPT, name=user.display_name, user=user, bill_name=name, bill_email=user.email)


def _products(skus: Sequence[str], customer: Customer, user: User) -> tuple[Product, ...]:
    """All products, or none when one of them is not sold to this customer."""
    found = find_products(skus, customer, user)
    return tuple(found[sku] for sku in skus) if all(sku in found for sku in skus) else ()
