"""Money: a Decimal with two places and its currency, rounded in one place."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models

CENT = Decimal("0.01")
DEFAULT_CURRENCY = "USD"
SIGNS = {"USD": "$", "EUR": "€", "GBP": "£"}
# What the site can print and take: all have cents. A form offers them, and a check keeps to them.
CURRENCIES = tuple((code, f"{code} ({sign})") for code, sign in SIGNS.items())


class CurrencyMismatch(ValueError):
    """Two amounts of different currencies cannot be added or compared."""


def round_money(amount: Decimal) -> Decimal:
    """The amount to the cent, halves away from zero: the only rounding rule of the site."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


@dataclass(frozen=True)
class Money:
    """An amount to the cent in one currency. Adding another currency raises CurrencyMismatch."""

    amount: Decimal
    currency: str = DEFAULT_CURRENCY

    def __post_init__(self) -> None:
        object.__setattr__(self, "amount", round_money(Decimal(self.amount)))

    def _same(self, other: "Money") -> Decimal:
        if self.currency != other.currency:
            raise CurrencyMismatch(f"{self.currency} and {other.currency} do not add up.")
        return other.amount

    def __add__(self, other: "Money") -> "Money":
        return Money(self.amount + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.amount - self._same(other), self.currency)

    def __mul__(self, times: int | Decimal) -> "Money":
        return Money(self.amount * times, self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.amount < self._same(other)

    def __bool__(self) -> bool:
        return self.amount != 0

    def __str__(self) -> str:
        """$1,250 or $1,250.50; a currency without a known sign is named: SEK 90."""
        whole = self.amount == self.amount.to_integral_value()
        figures = f"{abs(self.amount):,.0f}" if whole else f"{abs(self.amount):,.2f}"
        minus = "−" if self.amount < 0 else ""
        sign = SIGNS.get(self.currency)
        return f"{minus}{sign}{figures}" if sign else f"{minus}{self.currency} {figures}"


def amount_field(**options: Any) -> models.DecimalField:
    """A column for an amount that may not be negative."""
    return models.DecimalField(max_digits=10, decimal_places=2, validators=[MinValueValidator(0)], **options)


def currency_field(**options: Any) -> models.CharField:
    """A column for the ISO 4217 code beside an amount."""
    return models.CharField(max_length=3, default=DEFAULT_CURRENCY, **options)
