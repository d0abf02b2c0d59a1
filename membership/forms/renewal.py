"""What the page of the letter's link asks: how many years, and how it is paid."""

from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.utils.html import format_html

from aapm_site.billing.states import PayBy
from aapm_site.core.forms import SiteForm, field_of
from aapm_site.core.money import Money
from aapm_site.core.templatetags.ui import day

from ..domain.dues import Dues


class RenewalForm(SiteForm):
    """Each choice says what it costs and until when it lasts; what was seen is what is ordered."""

    years = forms.ChoiceField(
        label="For how long?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose for how long.", "invalid_choice": "Choose one of these."},
    )
    pay_by = forms.ChoiceField(
        label="How will you pay?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how you will pay.", "invalid_choice": "Choose one of these."},
    )

    def __init__(self, *args: Any, dues: Dues, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dues = dues
        for name, offered in (("years", _years(dues)), ("pay_by", _ways())):
            field = field_of(self, name, forms.ChoiceField)
            field.choices, field.initial = offered, offered[0][0]

    @property
    def total(self) -> Decimal:
        """What the chosen years were shown to cost. The price of one year is in each choice's value."""
        years, _, price = self.cleaned_data["years"].partition("/")
        return Decimal(price) * int(years)

    @property
    def count(self) -> int:
        return int(self.cleaned_data["years"].partition("/")[0])


def _years(dues: Dues) -> list[tuple[str, Any]]:
    """The value holds the price that was seen, so that a choice at another one is refused and shown anew."""
    return [
        (
            f"{count}/{dues.price}",
            format_html(
                "{}, {}<small>until {}</small>",
                "1 year" if count == 1 else f"{count} years",
                Money(dues.price * count, dues.plan.currency),
                day(period.ends_on),
            ),
        )
        for count, period in enumerate(dues.periods, start=1)
    ]


def _ways() -> list[tuple[str, Any]]:
    by_invoice = (
        PayBy.INVOICE.value,
        format_html(
            "{}<small>{}</small>",
            "By invoice: check or bank transfer",
            "It goes to the member’s own address, and may be passed on to the practice.",
        ),
    )
    if not settings.CARD_PAYMENTS:
        return [by_invoice]
    by_card = (
        PayBy.CARD.value,
        format_html("{}<small>{}</small>", "By card", "On the page of our card provider."),
    )
    return [by_card, by_invoice]
