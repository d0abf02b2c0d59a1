"""My account: orders that wait for payment, and the way to all of them."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from aapm_site.accounts.registry import AccountEntries, AccountPanel
from aapm_site.core.menus import MenuEntry
from aapm_site.core.statements import PERSON, Prepared

from .models import Customer, Order
from .presenters.order import OrderPage

SHOWN = 5

WAITING_OF = Prepared[Order](
    lambda: (
        Order.objects.for_user(PERSON)
        .unpaid()
        .with_owed()
        .select_related("invoice")
        .order_by("invoice__due_on", "pk")[:SHOWN]
    )
)


def render(request: HttpRequest) -> str:
    """The oldest open orders with their amounts; nothing for who owes nothing."""
    pages = [OrderPage(order) for order in WAITING_OF.rows(person=request.user.pk)]
    return render_to_string("billing/panel.html", {"pages": pages}) if pages else ""


def entries(request: HttpRequest) -> list[MenuEntry]:
    """The way to the orders."""
    return [MenuEntry("Orders and invoices", reverse("billing:order-list"))]


ORDERS = AccountPanel("billing-orders", render, order=10, rows=lambda: [Order.objects.for_user(PERSON).unpaid()])
# For people who have a customer account of any kind.
ENTRIES = AccountEntries("billing-orders", entries, order=50, rows=lambda: [Customer.objects.for_user(PERSON)])
