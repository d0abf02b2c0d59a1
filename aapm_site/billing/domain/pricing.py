"""What an order would cost now: a quote, made the same way for the page that shows it and the order that takes it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from aapm_site.accounts.people import Actor
from aapm_site.core.money import Money
from aapm_site.core.transitions import NotAllowed

from ..models import Coupon, Customer, Order
from ..registry import Product, find_products
from ..rules import ZERO, Amounts, line_amounts, percent_of, spread
from ..states import OrderStatus

MOST = Decimal("50_000_000")  # with its tax it fits the column


class CouponRefused(NotAllowed):
    """The code cannot be used for this; the text says why and what can be done."""


@dataclass(frozen=True)
class Wanted:
    """What somebody wishes to buy."""

    sku: str
    quantity: int = 1


@dataclass(frozen=True)
class QuotedLine:
    product: Product
    quantity: int
    amounts: Amounts

    @property
    def gross(self) -> Money:
        """Before discount and tax."""
        return Money(self.product.unit_price * self.quantity, self.product.currency)


@dataclass(frozen=True)
class Quote:
    """Lines with their amounts, in one currency."""

    lines: tuple[QuotedLine, ...]
    currency: str
    coupon: Coupon | None = None

    def _sum(self, part: str) -> Money:
        return Money(sum((getattr(line.amounts, part) for line in self.lines), ZERO), self.currency)

    @property
    def discount(self) -> Money:
        return self._sum("discount")

    @property
    def net(self) -> Money:
        return self._sum("net")

    @property
    def tax(self) -> Money:
        return self._sum("tax")

    @property
    def total(self) -> Money:
        return self.net + self.tax


def quote_order(
    customer: Customer,
    wanted: Sequence[Wanted],
    *,
    user: Actor,
    on: date,
    code: str = "",
    lock: bool = False,
    products: Sequence[Product] | None = None,
) -> Quote:
    """Price what is wanted for this customer. Raises NotAllowed for what is not sold, CouponRefused for the code.

    With `lock` the coupon's row stays locked until the transaction ends, so that its uses can be counted on. What is
    wanted is looked up, unless the caller has just found the `products`.
    """
    if products is None:
        found = find_products([row.sku for row in wanted], customer, user)
    else:
        found = {product.sku: product for product in products}
    chosen = [(_product(row, found), row.quantity) for row in wanted]
    currencies = {product.currency for product, _ in chosen}
    if len(currencies) != 1:
        raise NotAllowed("Please buy things of different currencies one after the other.")
    currency = currencies.pop()
    gross = [Money(product.unit_price * quantity).amount for product, quantity in chosen]
    coupon = find_coupon(code, customer, on=on, lock=lock) if code.strip() else None
    off = _discounts(coupon, [product.sku for product, _ in chosen], gross, currency) if coupon else [ZERO] * len(gross)
    if sum(gross, ZERO) > MOST:
        raise NotAllowed("This is more than one invoice can hold. Please order it in parts, or ask us.")
    lines = tuple(
        QuotedLine(product, quantity, line_amounts(product.unit_price, quantity, less, _tax_rate(product, customer)))
        for (product, quantity), less in zip(chosen, off, strict=True)
    )
    return Quote(lines, currency, coupon)


def _product(row: Wanted, found: Mapping[str, Product]) -> Product:
    product = found.get(row.sku)
    if product is None:
        raise NotAllowed("This is not on offer any more. Please choose again from the present rates.")
    if not product.least <= row.quantity <= product.most:
        raise NotAllowed(f"Please order between {product.least} and {product.most} of “{product.title}”.")
    return product


def _tax_rate(product: Product, customer: Customer) -> Decimal:
    return Decimal(0) if customer.tax_exempt_number else product.tax_rate


def _discounts(coupon: Coupon, skus: Sequence[str], gross: Sequence[Decimal], currency: str) -> list[Decimal]:
    """What the coupon takes off each line; nothing off what it is not for."""
    base = [amount if coupon.applies_to(sku) else ZERO for sku, amount in zip(skus, gross, strict=True)]
    if not any(coupon.applies_to(sku) for sku in skus):
        raise CouponRefused(f"The code {coupon.code} is not for what you chose.")
    if coupon.percent is not None:
        return percent_of(coupon.percent, base)
    if coupon.currency != currency:
        raise CouponRefused(f"The code {coupon.code} is for prices in {coupon.currency}.")
    return spread(coupon.amount, base)


def find_coupon(code: str, customer: Customer, *, on: date, lock: bool = False) -> Coupon:
    """The coupon of a typed code, if this customer can use it on that day. Raises CouponRefused.

    Uses are counted from orders that were not cancelled; with `lock` nobody else can use the coupon meanwhile. Without
    it an offer of this customer's does not count: whoever orders anew ends it first.
    """
    coupons = Coupon.objects.by_code(code)
    coupon = (coupons.select_for_update() if lock else coupons).first()
    if coupon is None or not coupon.is_active:
        raise CouponRefused("We do not know this code. Check its spelling, or leave the field empty.")
    if not coupon.is_open_on(on):
        raise CouponRefused(_not_today(coupon, on))
    used = Order.everything.filter(coupon=coupon).exclude(status__in=(OrderStatus.CANCELLED, OrderStatus.ENDED))
    if not lock:
        used = used.exclude(status=OrderStatus.OFFERED, customer=customer.pk)
    if coupon.most_uses is not None and used.count() >= coupon.most_uses:
        raise CouponRefused(f"The code {coupon.code} has been used as often as it can be.")
    if coupon.most_per_customer is not None and used.filter(customer=customer).count() >= coupon.most_per_customer:
        raise CouponRefused(f"You have used the code {coupon.code} as often as it can be.")
    return coupon


def _not_today(coupon: Coupon, on: date) -> str:
    if coupon.starts_on and on < coupon.starts_on:
        return f"The code {coupon.code} can be used from {coupon.starts_on:%B} {coupon.starts_on.day} on."
    last = coupon.ends_on or on
    return f"The code {coupon.code} ended on {last:%B} {last.day}, {last.year}."
