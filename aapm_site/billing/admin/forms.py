"""What finance is asked before something is booked. The domain decides; these check what was typed."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone

from aapm_site.core.admin.action_forms import ActionForm, MoveForm
from aapm_site.core.forms import LongTextField, OneLineField, change_data, field_of
from aapm_site.core.money import Money
from aapm_site.core.transitions import NotAllowed

from ..domain import credit_notes, ledger, payments, refunds
from ..models import Entry, Order, Payment, Refund
from ..rules import ZERO
from ..states import PaymentMethod, RefundMethod
from .fields import AmountField, PastDayField

NOTHING = "nothing"
REFERENCE = "The check's number, or what the bank statement says."


def order_of(row: Order | Payment | Refund) -> Order:
    """The order that it is about."""
    if isinstance(row, Refund):
        return row.payment.order
    return row.order if isinstance(row, Payment) else row


def mark_of(order: Order) -> str:
    """How far the order's books had come: it changes with everything that is booked or asked for."""
    entry = Entry.objects.filter(order=order).aggregate(last=Max("pk"))["last"]
    refund = Refund.objects.filter(payment__order=order).aggregate(last=Max("pk"), tries=Max("attempt"))
    return f"{entry}-{refund['last']}-{refund['tries']}"


def _what_was_booked(order: Order) -> str:
    last = Entry.objects.filter(order=order).order_by("-pk").first()
    booked = f" The last entry is: {last.get_kind_display().lower()} over {last.sum}." if last else ""
    return (
        f"Not done: something was booked on this order since you opened this page.{booked} If that was your own press "
        "of the button, you are done. Otherwise look at the numbers again, and press once more."
    )


class OrderActionForm(ActionForm):
    """A form about an order. `seen` holds how far its books had come when the page was made."""

    def __init__(self, *args: Any, subject: Any, **kwargs: Any) -> None:
        self.order = order_of(subject)
        super().__init__(*args, subject=subject, **kwargs)

    def mark(self) -> str:
        return mark_of(self.order)

    def refuse_if_changed(self) -> None:
        """The order stays locked until the action is done. Nothing is booked by a press that has seen no books."""
        locked = ledger.lock_order(self.order)
        if self.cleaned_data["seen"] != mark_of(locked):
            raise NotAllowed(_what_was_booked(locked))

    def renew(self) -> None:
        """The page that is shown again stands on the books as they are now."""
        change_data(self, {"seen": self.mark()})

    def _check_day(self, name: str) -> date | None:
        day = self.cleaned_data.get(name)
        if day is not None:
            field_of(self, name, PastDayField).validate_against(day, timezone.localdate(self.order.placed_at))
        return day


class PaymentForm(OrderActionForm):
    """A check or transfer that came."""

    method = forms.ChoiceField(
        label="How it came", choices=[(method.value, method.label) for method in payments.BY_STAFF],
        widget=forms.RadioSelect, initial=PaymentMethod.CHECK,
    )  # fmt: skip
    amount = AmountField(label="Amount")
    received_on = PastDayField(label="Received on")
    reference = OneLineField(label="Reference", max_length=100, required=False, help_text=REFERENCE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owed = ledger.amount_owed(self.order)
        if owed > 0:
            self.initial.setdefault("amount", owed)
        is_open = f"{Money(owed, self.order.currency)} is open." if owed > 0 else "Nothing is open."
        self.fields["amount"].help_text = f"{is_open} What has come may be less or more."

    def clean_received_on(self) -> date | None:
        return self._check_day("received_on")


class ReasonForm(OrderActionForm):
    reason = LongTextField(label="Reason", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class ReturnedForm(ReasonForm):
    """A payment that the bank took back."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = "What the bank said"
        self.fields["reason"].help_text = "The customer reads it, such as: The check was returned for lack of funds."


class MistakeForm(ReasonForm):
    """A payment that never was, or was another one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = "What was wrong"
        self.fields["reason"].help_text = "The customer reads it, such as: The check was over $100, not over $1,000."


class BackForm(ReasonForm):
    """How money goes back: to the card, or sent by hand."""

    method = forms.ChoiceField(label="How the money goes back", widget=forms.RadioSelect)
    reference = OneLineField(
        label="Reference", max_length=100, required=False, help_text="For a check or transfer that you have sent."
    )
    refunded_on = PastDayField(label="Sent on", help_text="For a check or transfer.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = "It stays with the refund, and on the credit note if there is one."
        field_of(self, "method", forms.ChoiceField).choices = ways_back(self.order)
        self.order_fields(["method", "reference", "refunded_on", "reason"])

    def clean_refunded_on(self) -> date | None:
        return self._check_day("refunded_on")

    def way(self) -> dict[str, Any]:
        """What the domain wants to know of it."""
        by_card = self.cleaned_data["method"] == RefundMethod.CARD
        return {
            "method": self.cleaned_data["method"],
            "reference": "" if by_card else self.cleaned_data["reference"],
            "refunded_on": None if by_card else self.cleaned_data["refunded_on"],
        }


def ways_back(order: Order) -> list[tuple[str, str]]:
    """By card only what came by card and is still there."""
    cards = order.payments.filter(method=PaymentMethod.CARD)
    by_card = any(payments.amount_left(payment) > 0 for payment in cards)
    hands: list[tuple[str, str]] = [
        (RefundMethod.CHECK, "By check, which you have sent"),
        (RefundMethod.TRANSFER, "By bank transfer, which you have made"),
    ]
    return [(RefundMethod.CARD, "Back to the card it came from"), *hands] if by_card else hands


class ByHandForm(BackForm):
    """A refund that failed, sent another way."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["reason"]
        ways = ways_back(self.order)
        field_of(self, "method", forms.ChoiceField).choices = [pair for pair in ways if pair[0] in refunds.BY_HAND]


class UseElsewhereForm(OrderActionForm):
    """Which order gets what came too much on this one."""

    target = forms.ModelChoiceField(label="Use it for", queryset=Order.objects.none(), empty_label=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        target: Any = self.fields["target"]
        target.queryset = other_orders(self.order)
        target.label_from_instance = lambda order: f"{order}: {Money(order.owed, order.currency)} open"
        target.error_messages["invalid_choice"] = "Choose one of the customer's open orders."


def other_orders(order: Order) -> Any:
    """The customer's other orders that wait for payment."""
    others = Order.objects.unpaid().filter(customer=order.customer_id, currency=order.currency)
    with_owed = others.with_owed().filter(at_bank=False)
    return with_owed.select_related("invoice").order_by("placed_at", "pk")


class CancelOrderForm(MoveForm):
    """Why an order is taken back before anything was paid."""

    needed_hint = "The customer reads it on the credit note."


class TakeBackForm(BackForm):
    """How many of each go back, what is let off, and what happens with the money."""

    allowance = AmountField(label="Allowance", required=False, min_value=ZERO)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.left = credit_notes.remainders_of(self.order)
        for left in self.left:
            self.fields[piece_name(left.line.pk)] = self._pieces(left)
        most = sum((left.total for left in self.left), ZERO)
        self.fields["allowance"].help_text = (
            f"An amount off the price, tax included, while what was bought stays. At most "
            f"{Money(most, self.order.currency)} less what you take back above. Empty for none."
        )
        field_of(self, "method", forms.ChoiceField).choices = [
            *ways_back(self.order),
            (NOTHING, "Nothing goes back now"),
        ]
        if not self.order.payments.exists():
            for name in ("method", "reference", "refunded_on"):
                del self.fields[name]
        pieces = [piece_name(left.line.pk) for left in self.left]
        self.order_fields([*pieces, "allowance", "reason", "method", "reference", "refunded_on"])

    def _pieces(self, left: credit_notes.LineRemainder) -> forms.IntegerField:
        each = Money(left.line.total / left.line.quantity, self.order.currency)
        widget = forms.NumberInput(attrs={"class": "pieces-input"})
        field = forms.IntegerField(
            label=f"Quantity of {left.line.title}", min_value=0, max_value=left.quantity, required=False, initial=0,
            help_text=f"{left.quantity} of {left.line.quantity} can be taken back, {each} each.", widget=widget,
        )  # fmt: skip
        field.error_messages["max_value"] = f"Only {left.quantity} can be taken back."
        return field

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        names = [name for name in self.fields if name.startswith("pieces_")]
        untouched = not any(cleaned.get(name) for name in names) and not cleaned.get("allowance")
        if untouched and not self.errors:
            raise ValidationError("Say how many go back, or give an allowance.")
        return cleaned

    @property
    def pieces(self) -> dict[int, int]:
        return {left.line.pk: self.cleaned_data.get(piece_name(left.line.pk)) or 0 for left in self.left}

    @property
    def allowed(self) -> Decimal:
        return self.cleaned_data.get("allowance") or ZERO


def piece_name(line: int) -> str:
    return f"pieces_{line}"
