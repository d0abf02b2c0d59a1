"""An order that staff write down, for a customer who calls or whose purchase order came by mail."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.core.admin.action_views import ActionView, change_url
from aapm_site.core.admin.actions import ActionOutcome, AdminAction

from ..domain import orders
from ..domain.pricing import CouponRefused, Quote, quote_order
from ..forms.placing import PlacingForm
from ..models import Customer
from ..registry import Product, all_skus, find_products
from ..states import PayBy


class PlaceView(ActionView):
    """The form; then what it comes to; then the order, once the total that was shown is agreed to."""

    template = "billing/admin/place.html"

    def make_form(self, data: Any = None) -> PlacingForm:
        return PlacingForm(data, action=self.action, subject=self.subject, products=_on_offer(self.subject))

    def attempt(self, form: PlacingForm) -> tuple[ActionOutcome, bool]:
        """What it comes to is known without placing it."""
        form.quote = _quote(form, self.subject)
        shown = ActionOutcome(sums=str(form.quote.total.amount))
        if not self.agrees_to(shown):
            return shown, False
        return self.action.perform(self.subject, form, self.request.user), True


def _on_offer(customer: Customer) -> list[Product]:
    """What is sold to the customer, in the order of the shops."""
    skus = [sku for sku, _ in all_skus()]
    found = find_products(skus, customer, _buyer(customer))
    return [found[sku] for sku in skus if sku in found]


def _buyer(customer: Customer) -> Any:
    """Whose prices they are: a person's own, else everybody's. Never those of who writes it down."""
    return customer.user or AnonymousUser()


def _quote(form: PlacingForm, customer: Customer) -> Quote:
    """What it comes to now."""
    try:
        return quote_order(
            customer, form.wanted, user=_buyer(customer), on=timezone.localdate(), code=form.cleaned_data["code"]
        )
    except CouponRefused as refused:
        raise ValidationError({"code": str(refused)}) from refused


def _place(customer: Customer, form: PlacingForm, by: User) -> ActionOutcome:
    data = form.cleaned_data
    order = orders.place_order(
        customer,
        form.wanted,
        by=_buyer(customer),
        pay_by=PayBy.INVOICE,
        bill_to=form.bill_to,
        checkout_key=data["checkout_key"],
        seen_total=form.quote.total.amount,
        po_number=data["po_number"],
        code=data["code"],
        note=f"Written down by {by.display_name}.",
    )
    said = f"Order {order} is placed, and its invoice is on its way to {order.invoice.bill_email}."
    return ActionOutcome((said,), url=change_url(order))


PLACE = AdminAction(
    verb="place",
    route="order",
    label="Place an order",
    permission="billing.add_order",
    words=(
        "The order is paid by check or bank transfer, or by card from the mail's link. You see what it comes to before "
        "anything is done; then the invoice goes to the address below.",
    ),
    is_checked=True,
    form=PlacingForm,
    view=PlaceView,
    do=_place,
)
