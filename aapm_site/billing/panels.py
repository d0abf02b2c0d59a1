"""My account: orders that wait for payment, and the way to all of them."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from aapm_site.accounts.registry import AccountEntries, AccountPanel
from aapm_site.core.menus import MenuEntry

from .models import Customer, Order
from .presenters.order import OrderPage

SHOWN = 5


def render(request: HttpRequest) -> str:
    """The oldest open orders with their amounts; nothing for who owes nothing."""
    waiting = Order.objects.for_user(request.user).unpaid().with_owed().select_related("invoice")
    pages = [OrderPage(order) for order in waiting.order_by("invoice__due_on", "pk")[:SHOWN]]
    return render_to_string("billing/panel.html", {"pages": pages}) if pages else ""


def entries(request: HttpRequest) -> list[MenuEntry]:
    """The way to the orders, for people who have a customer account of any kind."""
    if not Customer.objects.for_user(request.user).exists():
        return []
    return [MenuEntry("Orders and invoices", reverse("billing:order-list"))]


ORDERS = AccountPanel("billing-orders", render, order=10)
ENTRIES = AccountEntries("billing-orders", entries, order=50)
