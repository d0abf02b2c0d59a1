"""The checkout's form, and what its address asks for."""

import re
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateformat import format as format_day
from django.utils.html import format_html

from aapm_site.core.contact_marks import asks_for_call
from aapm_site.core.field_words import E_MAIL
from aapm_site.core.forms import NameField, OneLineField, SiteForm, change_data, field_of
from aapm_site.core.ids import public_id
from aapm_site.mail.domain.queue import NotAnAddress, one_address

from ..domain.pricing import Quote, Wanted
from ..models import BILL_FIELDS, Customer
from ..pdf import unprintable
from ..queries.cart import Basket
from ..states import PayBy

SKU = re.compile(r"[a-z][a-z0-9-]*:[\w-]{1,80}", re.ASCII)
KEY = re.compile(r"[\w-]{16,40}", re.ASCII)
MOST_LINES = 10
NO_TOTAL = Decimal(-1)
HOME = "United States"
ALSO_HOME = {"united states", "united states of america", "usa", "us"}


class CartForm(forms.Form):
    """What the address of the checkout names: skus, how many of each, and for whom."""

    customer = forms.SlugField(max_length=16, required=False)
    quantity = forms.IntegerField(min_value=1, max_value=999, required=False)

    @property
    def _sent(self) -> QueryDict:
        return cast(QueryDict, self.data)

    @property
    def skus(self) -> list[str]:
        """The skus that can be skus, each once."""
        asked = self._sent.getlist("sku")[:MOST_LINES]
        return list(dict.fromkeys(sku for sku in asked if SKU.fullmatch(sku)))

    @property
    def is_plain(self) -> bool:
        """Whether all skus and the customer look as they should."""
        self.full_clean()
        return bool(self.skus) and set(self._sent.getlist("sku")) == set(self.skus) and "customer" not in self.errors

    @property
    def first_quantity(self) -> int:
        """How many the form begins with."""
        return (self.cleaned_data.get("quantity") or 1) if len(self.skus) == 1 else 1


def _is_at_home(country: str) -> bool:
    """Whether it is the United States, however written: there an address has a state and a ZIP code."""
    return country.replace(".", "").strip().casefold() in ALSO_HOME


class PrintedField(NameField):
    """Text on one line that our papers can print."""

    holds_numbers = True

    def clean(self, value: Any) -> str:
        value = super().clean(value)
        if left := unprintable(value):
            raise ValidationError(
                f"Our invoices print Latin, Greek and Cyrillic letters. Please give “{left}” in Latin letters."
            )
        return value


class PrintedWordsField(PrintedField):
    """What the buyer adds to our papers: it may hold long numbers, but none that asks to be called."""

    def clean(self, value: Any) -> str:
        value = super().clean(value)
        if asks_for_call(value):
            raise ValidationError("Please leave out telephone numbers here.")
        return value


class PrintedNameField(PrintedField):
    """A name on our papers: their letters begin with it."""

    holds_numbers = False


class AddressForm(SiteForm):
    """Name and address as the invoice prints them."""

    bill_name = PrintedNameField(max_length=160, label="Name on the invoice")
    bill_attention = PrintedNameField(max_length=120, required=False, label="Attention of")
    bill_street = PrintedField(max_length=200, label="Street")
    bill_city = PrintedField(max_length=100, label="City")
    bill_region = PrintedField(max_length=60, required=False, label="State or region")
    bill_postal_code = PrintedField(max_length=20, required=False, label="ZIP or postal code")
    bill_country = PrintedField(max_length=60, label="Country")
    bill_email = forms.EmailField(
        max_length=254,
        label="E-mail for invoices",
        help_text="The invoice goes there: yours, or your finance office's.",
    )

    MISSING = {
        "bill_name": "Give the name that stands on the invoice.",
        "bill_street": "Give the street and number, or the post office box.",
        "bill_city": "Give the city.",
        "bill_region": "Give the state, such as IL.",
        "bill_postal_code": "Give the ZIP code.",
        "bill_country": "Give the country, such as United States.",
        "bill_email": "Give the e-mail address to which the invoice goes.",
    }
    AUTOCOMPLETE = {
        "bill_name": "billing organization",
        "bill_attention": "billing name",
        "bill_street": "billing address-line1",
        "bill_city": "billing address-level2",
        "bill_region": "billing address-level1",
        "bill_postal_code": "billing postal-code",
        "bill_country": "billing country-name",
        "bill_email": "billing email",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, token in self.AUTOCOMPLETE.items():
            self.fields[name].widget.attrs["autocomplete"] = token
        for name, words in self.MISSING.items():
            self.fields[name].error_messages["required"] = words
        if _is_at_home(str(self["bill_country"].value() or "")):
            self.fields["bill_region"].required = self.fields["bill_postal_code"].required = True

    def clean_bill_country(self) -> str:
        country = self.cleaned_data["bill_country"]
        return HOME if _is_at_home(country) else country

    def clean_bill_email(self) -> str:
        email = self.cleaned_data["bill_email"]
        try:
            return one_address(email)
        except NotAnAddress as refused:
            raise ValidationError(E_MAIL) from refused

    @property
    def bill_to(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in BILL_FIELDS}


class OrderForm(AddressForm):
    """What every order asks for beside its products. The key makes the second press of a button find the first's."""

    checkout_key = forms.CharField(required=False, widget=forms.HiddenInput)
    code = OneLineField(max_length=40, required=False, label="Coupon code")
    po_number = PrintedWordsField(
        max_length=60, required=False, label="Purchase order number", help_text="It stands on the invoice."
    )

    def __init__(self, *args: Any, customer: Customer, **kwargs: Any) -> None:
        known = {name: getattr(customer, name) for name in BILL_FIELDS}
        super().__init__(*args, initial={**known, "checkout_key": public_id()}, **kwargs)

    def clean_checkout_key(self) -> str:
        """The key that came with the form; one that cannot be it is replaced, so that nobody finds another's order."""
        key = self.cleaned_data["checkout_key"]
        return key if KEY.fullmatch(key) else public_id()


class CheckoutForm(OrderForm):
    """All of one order. With the button “update” only a new total is asked for: then the address may be unfinished."""

    seen_total = forms.CharField(required=False, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    pay_by = forms.ChoiceField(label="How will you pay?", widget=forms.RadioSelect)

    def __init__(self, *args: Any, basket: Basket, quantity: int = 1, **kwargs: Any) -> None:
        super().__init__(*args, customer=basket.customer, **kwargs)
        self.initial["pay_by"] = PayBy.INVOICE.value
        self.fields["code"].widget.attrs["class"] = "input--s"
        self.basket = basket
        self.looks_only = self.is_bound and "update" in self.data
        field_of(self, "pay_by", forms.ChoiceField).choices = _ways_to_pay(basket)
        for place, product in enumerate(basket.products):
            self._ask_quantity(f"quantity_{place}", product, quantity, several=len(basket.products) > 1)
        quantities = [field.name for _, field in self.rows]
        self.order_fields([*quantities, "code", *BILL_FIELDS, "po_number", "pay_by"])  # as on the page

    def full_clean(self) -> None:
        """With “update” a field of the address may still be empty; its label goes on saying that it is asked for."""
        asked = [name for name in BILL_FIELDS if self.looks_only and self.fields[name].required]
        for name in asked:
            self.fields[name].required = False
        super().full_clean()
        for name in asked:
            self.fields[name].required = True

    def _ask_quantity(self, name: str, product: Any, quantity: int, *, several: bool) -> None:
        said = f"Please order between {product.least} and {product.most}."
        if product.least == product.most:
            said = f"Please order {product.most}."
        self.fields[name] = forms.IntegerField(
            min_value=product.least,
            max_value=product.most,
            initial=max(product.least, min(quantity, product.most)),
            label=f"Quantity of {product.title}" if several else "Quantity",
            error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), said),
            widget=forms.NumberInput(attrs={"class": "input--s", "inputmode": "numeric", "autocomplete": "off"}),
        )

    @property
    def rows(self) -> list[tuple[Any, forms.BoundField]]:
        """Each product with its field for the quantity."""
        return [(product, self[f"quantity_{place}"]) for place, product in enumerate(self.basket.products)]

    @property
    def wanted(self) -> list[Wanted]:
        """What is wanted, as far as it makes sense: the fewest pieces where the quantity does not."""
        cleaned = getattr(self, "cleaned_data", {})
        return [
            Wanted(product.sku, cleaned.get(field.name) or (product.least if self.is_bound else field.initial))
            for product, field in self.rows
        ]

    @property
    def typed_code(self) -> str:
        return getattr(self, "cleaned_data", {}).get("code", "")

    def clean_seen_total(self) -> Decimal:
        """What the person saw. Anything else than an amount is no total, so that the order is not placed."""
        try:
            seen = Decimal(self.cleaned_data["seen_total"])
        except InvalidOperation:
            return NO_TOTAL
        return seen if seen.is_finite() else NO_TOTAL

    @property
    def is_as_shown(self) -> bool:
        """Whether quantities and code are those for which the total was shown."""
        return self.cleaned_data.get("seen") == self._signature()

    def _signature(self) -> str:
        return "{}/{}".format(" ".join(str(row.quantity) for row in self.wanted), self.typed_code)

    def show(self, quote: Quote) -> None:
        """Have the form hold the total that the page shows now."""
        shown = {"seen_total": str(quote.total.amount), "seen": self._signature()}
        self.initial.update(shown)
        if self.is_bound:
            kept = getattr(self, "cleaned_data", {}).get("checkout_key") or public_id()
            change_data(self, {**shown, "checkout_key": kept})


def _until(basket: Basket) -> str:
    """When an invoice would be due. Of an offer nothing is owed, so it only ends."""
    last = min((product.offered_until for product in basket.products if product.offered_until), default=None)
    if last:
        return f"Pay it by {format_day(last, 'F j, Y')}; if you do not, it is credited, and nothing is owed."
    net_days = basket.customer.net_days
    due_on = timezone.localdate() + timedelta(days=net_days)
    return f"Due on {format_day(due_on, 'F j, Y')}." if net_days else "Due on receipt."


def _ways_to_pay(basket: Basket) -> list[tuple[str, Any]]:
    """By invoice always; by card where a provider is set up."""
    until = _until(basket)
    found = [_way(PayBy.INVOICE, "By check or bank transfer", f"You get an invoice by e-mail. {until}")]
    if settings.CARD_PAYMENTS:
        found.append(
            _way(PayBy.CARD, "By card, now", "On the page of our card provider. We never see the card’s number.")
        )
    return found


def _way(way: PayBy, title: str, note: str) -> tuple[str, Any]:
    return way.value, format_html("{}<small>{}</small>", title, note)
