"""Refunds: what went back or is on its way, and what to do when one did not arrive."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.safestring import SafeString

from aapm_site.core.admin.actions import Decision, DecisionsAdmin
from aapm_site.core.admin.base import ReadOnlyAdmin
from aapm_site.core.templatetags.ui import status

from ..domain import ledger, refunds
from ..models import Order, Refund
from ..rules import ZERO
from ..states import RefundStatus
from .display import link_to, sum_of
from .forms import ByHandForm
from .order_steps import money, standing
from .steps import Outcome, Step, StepsAdmin


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


def _by_hand(refund: Refund, form: ByHandForm, by: Any) -> Outcome:
    sent = refunds.request_refund(
        refund.payment, amount=refund.amount, by=by, reason=refund.reason, credit_note=refund.credit_note, **form.way()
    )
    order = refund.payment.order
    return Outcome((f"{money(sent.amount, order)} is booked as sent: {sent.get_method_display()}. {standing(order)}",))


@admin.register(Refund)
class RefundAdmin(StepsAdmin, ReadOnlyAdmin, DecisionsAdmin):
    change_form_template = "billing/admin/refund_change_form.html"
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
    decisions = (Decision("retry", RefundStatus.REQUESTED, refunds.retry_refund, "billing.refund_order"),)
    steps = (
        Step(
            "by-hand", "Record that it was sent another way", "billing.refund_order", ByHandForm, _by_hand, _refusal,
            _words,
        ),
    )  # fmt: skip

    def order_of(self, subject: Refund) -> Order:
        return subject.payment.order

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return self.readonly_fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Refund]:
        found = super().get_queryset(request)
        return found.select_related("payment__order__invoice", "payment__order__customer", "credit_note")

    def open_decisions(self, request: HttpRequest, subject: Refund) -> list[Any]:
        """A refund whose money went another way since cannot be tried again."""
        return [] if _refusal(subject) else super().open_decisions(request, subject)

    def decide(self, request: HttpRequest, object_id: str, verb: str) -> HttpResponse:
        """The same steps as everywhere; the page in between says whose money it is, and how much."""
        response = super().decide(request, object_id, verb)
        if isinstance(response, TemplateResponse):
            response.template_name = "billing/admin/refund_retry.html"
            order = response.context_data["subject"].payment.order
            response.context_data["open"] = max(ledger.amount_owed(order), ZERO)
        return response

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if refund := context.get("original"):
            context["decisions"] = [*context["decisions"], *self.buttons(request, refund)]
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description="amount", ordering="amount")
    def sum(self, refund: Refund) -> str:
        return sum_of(refund)

    @admin.display(description="status", ordering="status")
    def state(self, refund: Refund) -> SafeString:
        return status(refund.status, refund.get_status_display(), tone=TONES[refund.status])

    @admin.display(description="invoice", ordering="payment__order__invoice__number")
    def invoice(self, refund: Refund) -> SafeString:
        return link_to(refund.payment.order)

    @admin.display(description="customer", ordering="payment__order__customer__name")
    def customer(self, refund: Refund) -> str:
        return refund.payment.order.customer.name


TONES = {RefundStatus.REQUESTED: "wait", RefundStatus.DONE: "live", RefundStatus.FAILED: "back"}
