"""The arithmetic of an order. Pure functions over Decimals; rounding is core.money's."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from aapm_site.core.money import CENT, round_money

ZERO = Decimal("0.00")
HUNDRED = Decimal(100)
CALLED = re.compile(r"\s*(?:check\b)?\s*(?:(?:no\b\.?|number\b)\s*(?=[#\d]))?[#:]?\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Amounts:
    """What one line comes to: the net after discount, the tax on it, and both together."""

    discount: Decimal
    net: Decimal
    tax: Decimal

    @property
    def total(self) -> Decimal:
        return self.net + self.tax


def line_amounts(unit_price: Decimal, quantity: int, discount: Decimal, tax_rate: Decimal) -> Amounts:
    """The amounts of a line; `tax_rate` is in percent. A discount never makes a line negative."""
    gross = round_money(unit_price * quantity)
    taken = min(max(discount, ZERO), gross)
    net = gross - taken
    return Amounts(discount=taken, net=net, tax=round_money(net * tax_rate / HUNDRED))


def spread(amount: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """Share an amount over lines by weight, to the cent: the parts add up to it, none is above its weight.

    What rounding leaves goes cent by cent to the lines with the largest rest, the first of equals first. An amount
    above all weights together is cut to them.
    """
    whole = sum(weights, ZERO)
    amount = min(round_money(amount), whole)
    if whole <= 0 or amount <= 0:
        return [ZERO for _ in weights]
    exact = [amount * weight / whole for weight in weights]
    parts = [share.quantize(CENT, rounding=ROUND_DOWN) for share in exact]
    missing = int((amount - sum(parts, ZERO)) / CENT)
    by_rest = sorted(range(len(parts)), key=lambda place: (parts[place] - exact[place], place))
    for place in by_rest:
        if missing and parts[place] + CENT <= weights[place]:
            parts[place] += CENT
            missing -= 1
    return parts


def percent_of(percent: Decimal, amounts: Sequence[Decimal]) -> list[Decimal]:
    """A percentage off each amount, rounded line by line."""
    return [min(round_money(amount * percent / HUNDRED), amount) for amount in amounts]


def part_of(amounts: Amounts, quantity: int, of: int) -> Amounts:
    """What `quantity` of the `of` pieces of a line come to. The whole quantity gives exactly the whole line."""
    if quantity >= of:
        return amounts
    share = Decimal(quantity) / of
    return Amounts(
        discount=round_money(amounts.discount * share),
        net=round_money(amounts.net * share),
        tax=round_money(amounts.tax * share),
    )


def without_tax(total: Decimal, tax_rate: Decimal) -> Amounts:
    """A total split into net and tax at a rate: what an allowance on a taxed line comes to."""
    net = round_money(total / (1 + tax_rate / HUNDRED))
    return Amounts(discount=ZERO, net=net, tax=total - net)


def number_alone(reference: str) -> str:
    """What staff typed as a check's number without its name: 1001 of “Check 1001”, “check no. 1001” and “#1001”."""
    return CALLED.sub("", reference, count=1).strip()


def with_number(way: str, reference: str) -> str:
    """How money came or went, with its number: “Check no. 1001”, “Bank transfer 4711”."""
    number = number_alone(reference)
    if not number:
        return way
    return f"{way} no. {number}" if way.lower() == "check" else f"{way} {number}"
