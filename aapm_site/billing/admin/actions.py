"""The page of an action about money: it says which order it is, and the order's history keeps what was done.

A press is safe to repeat. It is done under the order's lock and only when the books are still as the page showed them:
of two presses the second finds what the first one booked, and says so (forms.OrderActionForm).
"""

from typing import Any

from django.http import HttpResponse

from aapm_site.core.admin.action_views import ActionView
from aapm_site.core.admin.actions import ActionOutcome

from ..domain import ledger
from ..rules import ZERO
from .forms import order_of


class OrderActionView(ActionView):
    """An action on an order, or on a payment or refund of one."""

    template = "billing/admin/action.html"

    def context(self, form: Any) -> dict[str, Any]:
        order = order_of(self.subject)
        return {"order": order, "open": max(ledger.amount_owed(order), ZERO)}

    def done(self, outcome: ActionOutcome) -> HttpResponse:
        self.owner.log_change(self.request, order_of(self.subject), f"{self.label}: {' '.join(outcome.said)}")
        return super().done(outcome)
