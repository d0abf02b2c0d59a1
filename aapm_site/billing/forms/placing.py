"""What staff type when they write down an order for a customer."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from aapm_site.core.admin.action_forms import ActionForm
from aapm_site.core.money import Money

from ..domain.pricing import Quote, Wanted
from ..models import BILL_FIELDS, Customer
from ..registry import Product
from .checkout import OrderForm


class PlacingForm(ActionForm, OrderForm):
    """How many of each product, and what the customer's own papers say. `quote` is what it comes to, once asked for."""

    seen = None  # the total that is agreed to says as much
    quote: Quote | None = None

    def __init__(self, *args: Any, subject: Customer, products: Sequence[Product], **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, customer=subject, **kwargs)
        self.products = products
        self.fields["bill_email"].help_text = "The invoice goes there: the customer's own, or its finance office's."
        for place, product in enumerate(products):
            self.fields[f"quantity_{place}"] = _quantity(product)
        self.order_fields([*self._quantities, "code", *BILL_FIELDS, "po_number"])

    @property
    def _quantities(self) -> list[str]:
        return [f"quantity_{place}" for place in range(len(self.products))]

    @property
    def counts(self) -> list[forms.BoundField]:
        """The fields for the products, in their order."""
        return [self[name] for name in self._quantities]

    @property
    def address(self) -> list[forms.BoundField]:
        """The fields for what the invoice says."""
        return [self[name] for name in (*BILL_FIELDS, "po_number")]

    @property
    def wanted(self) -> list[Wanted]:
        counted = zip(self.products, self._quantities, strict=True)
        return [Wanted(product.sku, count) for product, name in counted if (count := self.cleaned_data.get(name))]

    def clean(self) -> dict[str, Any]:
        if not self.wanted and not any(name in self.errors for name in self._quantities):
            raise ValidationError("Say how many of at least one product.")
        return self.cleaned_data


def _quantity(product: Product) -> forms.IntegerField:
    said = f"Please give a number from 0 to {product.most}."
    price = Money(product.unit_price, product.currency)
    return forms.IntegerField(
        min_value=0,
        max_value=product.most,
        required=False,
        label=product.title,
        help_text=f"{product.note}. {price} each." if product.note else f"{price} each.",
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), said),
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "pieces-input"}),
    )
