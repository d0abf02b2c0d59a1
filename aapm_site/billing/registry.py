"""Where rooms meet billing: what they sell, and for which customers a person may buy.

A room registers in its registration.py. Billing knows no room: it asks the source whose name
stands before the colon of a sku (`careers:single-30`).
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from aapm_site.accounts.people import Actor
from aapm_site.core.registry import Registry


@dataclass(frozen=True)
class Product:
    """What is sold now, at its price for this customer; an order copies all of it.

    `details` is what the room needs to know when it is paid, as plain JSON. `tax_rate` is in percent. An order holds
    between `least` and `most` of it. With `offered_until` it is an offer that ends by itself after that day, and not a
    debt. `note` says what one gets; `notes` say it of each quantity, where that makes a difference.
    """

    sku: str
    title: str
    unit_price: Decimal
    currency: str
    tax_rate: Decimal = Decimal(0)
    note: str = ""
    notes: Mapping[int, str] = field(default_factory=dict)
    most: int = 20
    least: int = 1
    details: Mapping[str, Any] = field(default_factory=dict)
    offered_until: date | None = None


@dataclass(frozen=True)
class AfterPurchase:
    """Where a buyer goes on once it is paid, and what is true until then."""

    label: str
    url: str
    paid: str
    waiting: str


@dataclass(frozen=True)
class ProductSource:
    """One room's shop: products(rests of skus, customer, user) finds what is sold now; next_step(order) the way on.

    `skus` lists (sku, title) of what a coupon may name. `prepare(customer, by)` is called under the customer's lock
    before something of the room is ordered: it ends, or refuses with NotAllowed, what cannot stand beside it.
    `unpaid_of(customer)` is the invoice's order that would refuse so, or None: who looks is led to it first.
    """

    name: str
    products: Callable[[Collection[str], Any, Any], Iterable[Product]]
    next_step: Callable[[Any], AfterPurchase | None]
    skus: Callable[[], list[tuple[str, str]]]
    order: int = 100
    prepare: Callable[[Any, Any], None] | None = None
    unpaid_of: Callable[[Any], Any] | None = None


@dataclass(frozen=True)
class CustomerSource:
    """Customers beyond a person's own: customers(user) for whom the person may buy and whose invoices they may see.

    `owner` is the room's relation to a customer, which is read with it where something is bought.
    """

    name: str
    customers: Callable[[Any], QuerySet]
    owner: str = ""
    order: int = 100


@dataclass(frozen=True)
class BookCheck:
    """Books that a room keeps beside the money's: find_faults() says what does not fit, a sentence each."""

    name: str
    find_faults: Callable[[], Iterable[str]]
    order: int = 100


product_sources: Registry[ProductSource] = Registry()
book_checks: Registry[BookCheck] = Registry()
customer_sources: Registry[CustomerSource] = Registry()


def find_products(skus: Iterable[str], customer: Any, user: Actor) -> dict[str, Product]:
    """The products by their skus; those that nobody sells (any more) are not in it. Each room is asked once."""
    asked: dict[str, set[str]] = defaultdict(set)
    for sku in skus:
        room, _, rest = sku.partition(":")
        asked[room].add(rest)
    found = (
        product
        for room, rests in asked.items()
        if (source := product_sources.get(room))
        for product in source.products(rests, customer, user)
    )
    return {product.sku: product for product in found}


def prepare_order(skus: Iterable[str], customer: Any, by: Actor) -> None:
    """Let the rooms make way for an order of these skus. Under the customer's lock; raises NotAllowed."""
    for room in dict.fromkeys(sku.partition(":")[0] for sku in skus):
        source = product_sources.get(room)
        if source and source.prepare:
            source.prepare(customer, by)


def unpaid_before(skus: Iterable[str], customer: Any) -> Any:
    """The order to be paid, or cancelled, before any of these can be ordered; None in most rooms, always."""
    for room in dict.fromkeys(sku.partition(":")[0] for sku in skus):
        source = product_sources.get(room)
        if source and source.unpaid_of and (order := source.unpaid_of(customer)):
            return order
    return None


def after_purchase(order: Any) -> AfterPurchase | None:
    """What the room of the order's first line says about going on."""
    for line in order.lines.all():
        source = product_sources.get(line.room)
        if source and (step := source.next_step(order)):
            return step
    return None


def all_skus() -> list[tuple[str, str]]:
    """Every (sku, title) that is sold."""
    return [pair for source in product_sources for pair in source.skus()]
