"""Refunds: what went back or is on its way, and what to do when one did not arrive."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from aapm_site.accounts.people import Actor
from aapm_site.core.admin.actions import ActionOutcome, ActionsAdmin, AdminAction, MoveAction
from aapm_site.core.admin.base import ReadOnlyAdmin
from aapm_site.core.templatetags.ui import status
from aapm_site.core.transitions import staff_word

from ..domain import refunds
from ..models import Refund
from ..states import RefundStatus
from .actions import OrderActionView
from .display import REFUND_TONES, link_to, sum_of
from .forms import ByHandForm
from .order_actions import REFUND, money, standing


def _refusal(refund: Refund) -> str:
    if refund.status != RefundStatus.FAILED:
        return "Only a refund that failed is sent another way."
    if refunds.returnable_amount(refund.payment.order) < refund.amount:
        return "So much does not have to go back any more: it was sent another way, or used for another order."
    return ""


def _words(refund: Refund) -> Sequence[str]:
    return (
        f"Say how you have sent the {money(refund.amount, refund.payment.order)}. It is booked as a refund of its own, "
        "so the books show which way the money went; this one stays as failed.",
        "The customer is told by e-mail.",
    )


def _by_hand(refund: Refund, form: ByHandForm, by: Actor) -> ActionOutcome:
    sent = refunds.request_refund(
        refund.payment, amount=refund.amount, by=by, reason=refund.reason, credit_note=refund.credit_note, **form.way()
    )
    order = refund.payment.order
    return ActionOutcome(
        (f"{money(sent.amount, order)} is booked as sent: {sent.get_method_display()}. {standing(order)}",)
    )


class RetryView(OrderActionView):
    """The page says whose money it is, and how much."""

    template = "billing/admin/refund_retry.html"


@admin.register(Refund)
class RefundAdmin(ReadOnlyAdmin, ActionsAdmin):
    change_form_template = "billing/admin/refund_change_form.html"
    names_in_lists = {"customer": "payment__order__customer"}
    list_display = ("requested_at", "sum", "method", "state", "invoice", "customer", "refunded_on", "reference")
    list_filter = ("status", "method")
    list_per_page = 50
    empty_value_display = ""
    search_fields = (
        "reference", "provider_reference", "payment__number", "payment__order__invoice__number",
        "payment__order__customer__name",
    )  # fmt: skip
    search_help_text = "Number of the receipt, invoice or check, customer, or the card provider's number."
    ordering = ("-requested_at", "-pk")
    show_facets = admin.ShowFacets.NEVER
    view_on_site = False
    fields = readonly_fields = (
        "invoice", "customer", "payment", "credit_note", "sum", "method", "refunded_on", "reference",
        "provider_reference", "reason", "failure", "attempt", "requested_by", "requested_at",
    )  # fmt: skip
    action_view = OrderActionView
    object_actions = (
        MoveAction(
            verb="retry",
            to=RefundStatus.REQUESTED,
            permission=REFUND,
            # A refund whose money went another way since cannot be tried again.
            is_offered=lambda refund: not _refusal(refund),
            view=RetryView,
            do=refunds.retry_refund,
        ),
        AdminAction(
            verb="by-hand",
            label="Record that it was sent another way",
            permission=REFUND,
            refusal=_refusal,
            words=_words,
            form=ByHandForm,
            do=_by_hand,
        ),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return self.readonly_fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Refund]:
        found = super().get_queryset(request)
        return found.select_related("payment__order__invoice", "payment__order__customer", "credit_note")

    @admin.display(description="amount", ordering="amount")
    def sum(self, refund: Refund) -> str:
        return sum_of(refund)

    @admin.display(description="status", ordering="status")
    def state(self, refund: Refund) -> SafeString:
        return status(refund.status, staff_word(refund), tone=REFUND_TONES[RefundStatus(refund.status)])

    @admin.display(description="invoice", ordering="payment__order__invoice__number")
    def invoice(self, refund: Refund) -> SafeString:
        return link_to(refund.payment.order)

    @admin.display(description="customer", ordering="payment__order__customer__name")
    def customer(self, refund: Refund) -> str:
        return refund.payment.order.customer.name
