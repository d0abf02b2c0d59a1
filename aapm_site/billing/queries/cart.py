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

        A customer who has not paid for any yet gets fewer, and so does who orders: over all such customers together,
        so that one more organization brings no more letters.
        """
        placed = getattr(self.customer, "placed_lately", 0)
        if getattr(self.customer, "has_paid", False):
            return placed >= MOST_AN_HOUR
        return max(placed, self._placed_by_buyer) >= MOST_AT_FIRST

    @property
    def _placed_by_buyer(self) -> int:
        """Asked of the database only for an account that is not kept yet."""
        if self.is_for_new_customer and self.customer.user is not None:
            return _placed_unpaid(self.customer.user).count()
        return getattr(self.customer, "placed_by_buyer", 0)

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
    mine = _with_orders_lately(Customer.objects.for_user(user).with_owners(), user)
    if chosen == OWN:
        return list(mine.filter(user=user)) or [_unsaved(user)]
    if chosen:
        return [mine.get(public_id=chosen)]
    found = list(mine[:MOST_CUSTOMERS])
    return found if any(customer.user_id == user.pk for customer in found) else [*found, _unsaved(user)]


def _with_orders_lately(customers: QuerySet[Customer], user: User) -> QuerySet[Customer]:
    """Each with `placed_lately`, how many orders were placed for it within the last hour, and `has_paid`, ever.

    `placed_by_buyer` is how many this person placed in that hour for all who have not paid.
    """
    return customers.annotate(
        placed_lately=_count(_lately().filter(customer=OuterRef("pk")), "customer"),
        placed_by_buyer=_count(_placed_unpaid(user), "placed_by"),
        has_paid=Exists(_paid_by("pk")),
    )


def _count(orders: QuerySet[Order], of: str) -> Coalesce:
    return Coalesce(Subquery(orders.order_by().values(of).annotate(count=Count("pk")).values("count")), 0)


def _lately() -> QuerySet[Order]:
    return Order.everything.filter(placed_at__gt=timezone.now() - timedelta(hours=1))


def _placed_unpaid(user: User) -> QuerySet[Order]:
    """What this person ordered lately for customers who have not paid for anything yet."""
    return _lately().filter(~Exists(_paid_by("customer")), placed_by=user)


def _paid_by(customer: str) -> QuerySet[Order]:
    return Order.objects.filter(customer=OuterRef(customer), status=OrderStatus.PAID).exclude(pay_by=PayBy.FREE)


def _unsaved(user: User) -> Customer:
    """The person's own account as it would be made."""
    name = user.signature_name
    return Customer(pk=NOT_KEPT, name=user.display_name, user=user, bill_name=name, bill_email=user.email)


def _products(skus: Sequence[str], customer: Customer, user: User) -> tuple[Product, ...]:
    """All products, or none when one of them is not sold to this customer."""
    found = find_products(skus, customer, user)
    return tuple(found[sku] for sku in skus) if all(sku in found for sku in skus) else ()
