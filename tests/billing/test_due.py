"""What billing does by the clock, as staff see it and as the run does it."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from aapm_site.billing.models import InvoiceReminder
from aapm_site.billing.states import OrderStatus, PayBy
from aapm_site.core import roles
from aapm_site.core.background.due import due_work, run_due
from aapm_site.mail.models import OutgoingEmail
from tests.billing.factories import fresh, payment, placed
from tests.factories import staff_client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shop")]


def ago(days):
    return time_machine.travel(timezone.now() - timedelta(days=days))


def test_an_overdue_invoice_stands_on_the_page_and_is_mailed_once():
    with ago(8):
        order = placed()
    finance = staff_client(roles.FINANCE)
    row = f"Remind Harbor Lane Pain &amp; Spine of invoice {order.invoice.number}, 7 days overdue: $222.75"
    assert row in finance.get("/admin/due/").text

    for _ in range(2):
        run_due(timezone.now())

    assert [reminder.days for reminder in InvoiceReminder.objects.all()] == [7]
    assert OutgoingEmail.objects.filter(kind="billing.reminder").count() == 1
    assert row not in finance.get("/admin/due/").text
    page = finance.get(f"/admin/billing/order/{order.pk}/change/")
    assert "7 days overdue" in page.text


def test_a_held_reminder_waits():
    with ago(8):
        order = placed()
    finance = staff_client(roles.FINANCE)

    finance.post("/admin/due/hold/", {"work": "invoice-overdue", "key": f"{order.pk}:7", "reason": "They called."})

    run_due(timezone.now())
    assert InvoiceReminder.objects.count() == 0
    assert "They called." in finance.get("/admin/due/").text


def test_a_paid_invoice_is_not_mentioned():
    with ago(40):
        order = placed()
    payment(order)

    assert [row for work in due_work for row in work.due(timezone.now()) if work.name == "invoice-overdue"] == []


def test_a_card_order_that_nobody_came_back_to_is_cancelled():
    with ago(15):
        order = placed(pay_by=PayBy.CARD)
        by_invoice = placed()
    assert "not paid by card within fourteen days" in staff_client(roles.FINANCE).get("/admin/due/").text

    run_due(timezone.now())

    assert fresh(order).status == OrderStatus.CANCELLED
    assert fresh(by_invoice).status == OrderStatus.AWAITING_PAYMENT
    change = order.status_changes.get()
    assert (change.by, change.reason) == (None, "Not paid by card within fourteen days.")
