"""Payments that a cardholder disputes: noted here, answered at the provider."""

from django.contrib import admin
from django.utils.safestring import SafeString

from aapm_site.core.admin.base import ReadOnlyAdmin
from aapm_site.core.templatetags.ui import status

from ..models import Dispute
from ..states import DisputeState
from .display import link_to, sum_of

TONES = {DisputeState.OPEN: "wait", DisputeState.WON: "live", DisputeState.LOST: "back"}


@admin.register(Dispute)
class DisputeAdmin(ReadOnlyAdmin):
    names_in_lists = {"customer": "payment__order__customer"}
    list_display = ("opened_at", "sum", "invoice", "customer", "word", "closed_at")
    list_filter = ("state",)
    list_select_related = ("payment__order__invoice", "payment__order__customer")
    search_fields = ("provider_reference", "payment__order__invoice__number", "payment__order__customer__name")
    show_facets = admin.ShowFacets.NEVER
    fields = readonly_fields = (
        "invoice", "customer", "payment", "sum", "reason", "word", "opened_at", "closed_at", "provider_reference",
    )  # fmt: skip

    @admin.display(description="amount", ordering="amount")
    def sum(self, dispute: Dispute) -> str:
        return sum_of(dispute)

    @admin.display(description="state", ordering="state")
    def word(self, dispute: Dispute) -> SafeString:
        return status(dispute.state, dispute.get_state_display(), tone=TONES[DisputeState(dispute.state)])

    @admin.display(description="invoice")
    def invoice(self, dispute: Dispute) -> SafeString:
        return link_to(dispute.payment.order)

    @admin.display(description="customer")
    def customer(self, dispute: Dispute) -> str:
        return dispute.payment.order.customer.name
