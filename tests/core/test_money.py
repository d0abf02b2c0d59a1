"""Money adds to the cent and refuses another currency."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aapm_site.core.money import CURRENCIES, CurrencyMismatch, Money, round_money

amounts = st.decimals(min_value=-99_999_999, max_value=99_999_999, places=2)


@pytest.mark.parametrize(
    ("raw", "rounded"),
    [("0.005", "0.01"), ("0.004", "0.00"), ("-0.005", "-0.01"), ("2.675", "2.68"), ("99", "99.00")],
)
def test_halves_are_rounded_away_from_zero(raw, rounded):
    assert round_money(Decimal(raw)) == Decimal(rounded)


@pytest.mark.parametrize(
    ("money", "shown"),
    [
        (Money(Decimal("1250")), "$1,250"),
        (Money(Decimal("1250.5")), "$1,250.50"),
        (Money(Decimal("-3")), "−$3"),
        (Money(Decimal("90"), "SEK"), "SEK 90"),
        (Money(Decimal(0)), "$0"),
    ],
)
def test_how_an_amount_is_shown(money, shown):
    assert str(money) == shown


def test_every_currency_on_offer_is_printed_with_its_sign():
    assert CURRENCIES == (("USD", "USD ($)"), ("EUR", "EUR (€)"), ("GBP", "GBP (£)"))
    assert [str(Money(Decimal(90), code)) for code, _ in CURRENCIES] == ["$90", "€90", "£90"]


@given(amounts, amounts)
def test_what_is_added_can_be_taken_away(first, second):
    assert Money(first) + Money(second) - Money(second) == Money(first)


def test_another_currency_is_refused():
    with pytest.raises(CurrencyMismatch, match="USD and EUR"):
        Money(Decimal(1)) + Money(Decimal(1), "EUR")
