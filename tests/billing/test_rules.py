"""The arithmetic of an order: tables by hand, and properties for everything else."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from aapm_site.billing.rules import ZERO, Amounts, line_amounts, part_of, percent_of, spread, without_tax

cents = some.decimals(min_value=0, max_value=100_000, places=2)
rates = some.decimals(min_value=0, max_value=30, places=3)


@pytest.mark.parametrize(
    ("price", "quantity", "discount", "rate", "net", "tax"),
    [
        ("99.00", 1, "0", "0", "99.00", "0.00"),
        ("74.25", 3, "0", "0", "222.75", "0.00"),
        ("99.00", 2, "19.80", "0", "178.20", "0.00"),
        ("99.00", 1, "0", "8.25", "99.00", "8.17"),  # 8.1675
        ("0.10", 1, "0", "5", "0.10", "0.01"),  # half a cent goes up
        ("99.00", 1, "500.00", "8.25", "0.00", "0.00"),  # never below zero
        ("0.00", 5, "0", "10", "0.00", "0.00"),
    ],
)
def test_a_line_comes_to(price, quantity, discount, rate, net, tax):
    found = line_amounts(Decimal(price), quantity, Decimal(discount), Decimal(rate))
    assert (found.net, found.tax) == (Decimal(net), Decimal(tax))
    assert found.net + found.discount == Decimal(price) * quantity


@pytest.mark.parametrize(
    ("amount", "weights", "parts"),
    [
        ("10.00", ["99.00"], ["10.00"]),
        ("10.00", ["1.00", "1.00", "1.00"], ["1.00", "1.00", "1.00"]),
        ("1.00", ["1.00", "1.00", "1.00"], ["0.34", "0.33", "0.33"]),
        ("0.01", ["5.00", "5.00"], ["0.01", "0.00"]),
        ("5.00", ["0.00", "10.00"], ["0.00", "5.00"]),
        ("5.00", [], []),
        ("0.00", ["3.00"], ["0.00"]),
    ],
)
def test_an_amount_is_spread(amount, weights, parts):
    assert spread(Decimal(amount), [Decimal(one) for one in weights]) == [Decimal(one) for one in parts]


@given(cents, some.lists(cents, min_size=1, max_size=8))
def test_what_is_spread_adds_up_and_no_part_is_above_its_weight(amount, weights):
    parts = spread(amount, weights)
    assert sum(parts, ZERO) == min(amount, sum(weights, ZERO))
    assert all(ZERO <= part <= weight for part, weight in zip(parts, weights, strict=True))


@given(some.decimals(min_value="0.01", max_value=100, places=2), some.lists(cents, max_size=8))
def test_a_percentage_takes_no_more_than_there_is(percent, amounts):
    parts = percent_of(percent, amounts)
    assert all(ZERO <= part <= amount for part, amount in zip(parts, amounts, strict=True))
    assert percent_of(Decimal(100), amounts) == amounts


@given(cents, some.integers(1, 20), cents, rates)
def test_no_line_is_negative_and_its_parts_add_up(price, quantity, discount, rate):
    found = line_amounts(price, quantity, discount, rate)
    assert ZERO <= found.net <= price * quantity
    assert found.tax >= ZERO
    assert found.discount + found.net == price * quantity
    assert found.total == found.net + found.tax


@given(cents, rates)
def test_a_total_without_its_tax_comes_back_to_the_total(total, rate):
    found = without_tax(total, rate)
    assert found.total == total
    assert found.net >= ZERO
    assert found.tax >= ZERO


@given(cents, cents, some.integers(1, 20), some.integers(0, 20))
def test_a_part_of_a_line_is_never_more_than_the_line(net, tax, of, quantity):
    whole = Amounts(discount=ZERO, net=net, tax=tax)
    part = part_of(whole, min(quantity, of), of)
    assert part.net <= net
    assert part.tax <= tax
    assert part_of(whole, of, of) == whole
