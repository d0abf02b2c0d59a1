"""A shop for billing's tests: a room of its own, so that they need none of the site's, and plain makers around it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count
from typing import Any

from aapm_site.billing import registry
from aapm_site.billing.domain import orders
from aapm_site.billing.domain.pricing import Wanted
from aapm_site.billing.models import Coupon, Customer, Letterhead, Order
from aapm_site.billing.signals import invoice_paid, invoice_reversed
from aapm_site.core.models import Association

numbers = count(1)
ADDRESS = {
    "bill_name": "Harbor Lane Pain & Spine",
    "bill_attention": "Accounts payable",
    "bill_street": "14 Harbor Lane",
    "bill_city": "Portland",
    "bill_region": "ME",
    "bill_postal_code": "04101",
    "bill_country": "United States",
    "bill_email": "billing@harborlane.example",
}


@dataclass
class Shop:
    """What is sold, and what the room was told of it. `refuses` makes it refuse to take anything back."""

    products: dict[str, registry.Product] = field(default_factory=dict)
    paid: list[str] = field(default_factory=list)
    reversed: list[tuple[str, list[tuple[str, int]], bool]] = field(default_factory=list)
    refuses: Exception | None = None

    def sell(self, name: str, price: Any, **fields: Any) -> str:
        """Put something on offer; returns its sku."""
        fields = {"title": name.capitalize(), "currency": "USD", **fields}
        self.products[name] = registry.Product(sku=f"shop:{name}", unit_price=Decimal(price), **fields)
        return f"shop:{name}"

    def on_offer(self, rests: Collection[str], customer: Any, user: Any) -> list[registry.Product]:
        return [self.products[rest] for rest in rests if rest in self.products]

    def next_step(self, order: Any) -> registry.AfterPurchase:
        return registry.AfterPurchase("Look at it", "/", "It is yours now.", "It comes when it is paid.")

    def skus(self) -> list[tuple[str, str]]:
        return [(product.sku, product.title) for product in self.products.values()]

    def when_paid(self, sender: Any, invoice: Any, **more: Any) -> None:
        self.paid.append(invoice.number)

    def when_reversed(self, sender: Any, invoice: Any, lines: Any, forced: bool, **more: Any) -> None:
        if self.refuses and not forced:
            raise self.refuses
        self.reversed.append((invoice.number, [(line.sku, pieces) for line, pieces in lines], forced))

    def open(self) -> None:
        registry.product_sources.register(
            registry.ProductSource("shop", self.on_offer, self.next_step, self.skus, order=1)
        )
        invoice_paid.connect(self.when_paid)
        invoice_reversed.connect(self.when_reversed)

    def close(self) -> None:
        registry.product_sources._items.pop("shop")
        invoice_paid.disconnect(self.when_paid)
        invoice_reversed.disconnect(self.when_reversed)


def make_customer(name: str = "Harbor Lane Pain & Spine", **fields: Any) -> Customer:
    return Customer.objects.create(name=name, **{**ADDRESS, **fields})


def make_coupon(code: str = "", **fields: Any) -> Coupon:
    fields = {"percent": Decimal(10), **fields} if fields.get("kind", "percent") == "percent" else fields
    return Coupon.objects.create(code=code or f"CODE{next(numbers)}", **fields)


def make_letterhead(**fields: Any) -> Letterhead:
    """How our papers are paid, and an address of the association for them to say."""
    Association.objects.update(street="1 Sample Street", city="Chicago", state="IL", postal_code="60601")
    defaults = {
        "check_to": "American Academy of Pain Medicine\n1 Sample Street\nChicago, IL 60601",
        "bank": "Sample Bank\nRouting 000000000\nAccount 123",
    }
    return Letterhead.objects.update_or_create(pk=1, defaults={**defaults, **fields})[0]


def place(
    *wanted: tuple[str, int], customer: Customer | None = None, by: Any = None, pay_by: str = "invoice", **more: Any
) -> Order:
    """An order of (sku, quantity) pairs."""
    return orders.place_order(
        customer or make_customer(),
        [Wanted(sku, quantity) for sku, quantity in wanted],
        by=by,
        pay_by=pay_by,
        bill_to=more.pop("bill_to", ADDRESS),
        checkout_key=more.pop("checkout_key", f"key-{next(numbers)}"),
        **more,
    )
