"""Where rooms meet billing: what they sell, and for which customers a person may buy.

A room registers in its ready(), as with the registries of core. Billing knows no room: it asks the source whose name
stands before the colon of a sku (`careers:single-30`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from aapm_site.core.registries import Registry


@dataclass(frozen=True)
class Product:
    """What is sold now, at its price for this customer; an order copies all of it.

    `details` is what the room needs to know when it is paid, as plain JSON. `tax_rate` is in percent.
    """

    sku: str
    title: str
    unit_price: Decimal
    currency: str
    tax_rate: Decimal = Decimal(0)
    note: str = ""
    most: int = 20
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class NextStep:
    """Where a buyer goes on once it is paid, and what is true until then."""

    label: str
    url: str
    paid: str
    waiting: str


@dataclass(frozen=True)
class ProductSource:
    """One room's shop: find(rest of the sku, customer, user) gives a Product or None; next_step(order) the way on.

    `skus` lists (sku, title) of what a coupon may name.
    """

    name: str
    find: Callable[[str, Any, Any], Product | None]
    next_step: Callable[[Any], NextStep | None]
    skus: Callable[[], list[tuple[str, str]]]
    order: int = 100


@dataclass(frozen=True)
class CustomerSource:
    """Customers beyond a person's own: customers(user) for whom the person may buy and whose invoices they may see."""

    name: str
    customers: Callable[[Any], QuerySet]
    order: int = 100


product_sources: Registry[ProductSource] = Registry()
customer_sources: Registry[CustomerSource] = Registry()


def find_product(sku: str, customer: Any, user: Any) -> Product | None:
    """The product of a sku, or None when nobody sells it (any more)."""
    room, _, rest = sku.partition(":")
    source = product_sources.get(room)
    return source.find(rest, customer, user) if source and rest else None


def next_step(order: Any) -> NextStep | None:
    """What the room of the order's first line says about going on."""
    for line in order.lines.all():
        source = product_sources.get(line.sku.partition(":")[0])
        if source and (step := source.next_step(order)):
            return step
    return None


def all_skus() -> list[tuple[str, str]]:
    """Every (sku, title) that is sold."""
    return [pair for source in product_sources for pair in source.skus()]
