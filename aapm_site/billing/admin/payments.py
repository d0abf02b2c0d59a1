"""Payments: what came, and the actions on one that the bank took back, or that never was."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.safestring import SafeString

from aapm_site.accounts.people import Actor
from aapm_site.core.admin.action_views import change_url
from aapm_site.core.admin.actions import ActionOutcome, ActionsAdmin, AdminAction
from aapm_site.core.admin.base import ReadOnlyAdmin

from ..domain import payments
from ..models import Payment
from ..states import RefundMethod
from .actions import OrderActionView
from .display import link_to, sum_of
from .forms import MistakeForm, ReturnedForm
from .order_actions import RECORD, money, standing


def _refusal(payment: Payment) -> str:
    if payment.method not in payments.BY_STAFF:
        return "Only checks and bank transfers are taken out here; card payments come back by themselves."
    return "" if payments.amount_not_returned(payment) > 0 else "All of this payment has been taken out again already."


def _words(payment: Payment) -> Sequence[str]:
    return (
        f"{money(payments.amount_not_returned(payment), payment.order)} of payment {payment} leaves the books "
        "again, today.",
        "The order waits for payment again, and what was bought and not used yet is taken back. The customer is told "
        "by e-mail.",
    )


def _returned(payment: Payment, form: ReturnedForm, by: Actor) -> ActionOutcome:
    refund = payments.return_payment_unpaid(payment, by=by, reason=form.cleaned_data["reason"])
    words = f"{money(refund.amount, payment.order)} of payment {payment} came back unpaid. {standing(payment.order)}"
    return ActionOutcome((words,), url=change_url(payment.order))


def _mistake_words(payment: Payment) -> Sequence[str]:
    return (
        "For what was typed wrongly, or belongs elsewhere: "
        f"{money(payments.amount_not_returned(payment), payment.order)} of payment {payment} leaves the books again, "
        "and its receipt says so.",
        "The order is open again; record then what came in truth. The customer is told by e-mail that it was our "
        "mistake.",
    )


def _mistaken(payment: Payment, form: MistakeForm, by: Actor) -> ActionOutcome:
    refund = payments.return_payment_unpaid(
        payment, by=by, reason=form.cleaned_data["reason"], method=RefundMethod.MISTAKE
    )
    words = f"{money(refund.amount, payment.order)} is out of the books again. {standing(payment.order)}"
    return ActionOutcome((words,), url=change_url(payment.order))


@admin.register(Payment)
class PaymentAdmin(ReadOnlyAdmin, ActionsAdmin):
    names_in_lists = {"customer": "order__customer"}
    list_display = ("number", "received_on", "sum", "method", "invoice", "customer", "reference")
    list_filter = ("method", "received_on")
    list_select_related = ("order__invoice", "order__customer")
    list_per_page = 50
    empty_value_display = ""
    search_fields = ("number", "reference", "provider_reference", "order__invoice__number", "order__customer__name")
    search_help_text = "Number of the receipt, invoice or check, customer, or the card provider's number."
    ordering = ("-recorded_at", "-pk")
    date_hierarchy = "received_on"
    show_facets = admin.ShowFacets.NEVER
    fields = readonly_fields = (
        "number", "invoice", "customer", "sum", "method", "received_on", "reference", "provider_reference",
        "recorded_by", "recorded_at",
    )  # fmt: skip
    action_view = OrderActionView
    object_actions = (
        AdminAction(
            verb="came-back",
            label="Mark as returned",
            permission=RECORD,
            danger=True,
            refusal=_refusal,
            words=_words,
            form=ReturnedForm,
            do=_returned,
        ),
        AdminAction(
            verb="mistake",
            label="Recorded by mistake",
            permission=RECORD,
            danger=True,
            refusal=_refusal,
            words=_mistake_words,
            form=MistakeForm,
            do=_mistaken,
        ),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("order__invoice", "order__customer")

    @admin.display(description="amount", ordering="amount")
    def sum(self, payment: Payment) -> str:
        return sum_of(payment)

    @admin.display(description="invoice", ordering="order__invoice__number")
    def invoice(self, payment: Payment) -> SafeString:
        return link_to(payment.order)

    @admin.display(description="customer", ordering="order__customer__name")
    def customer(self, payment: Payment) -> str:
        return payment.order.customer.name
