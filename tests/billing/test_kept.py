"""What was issued, paid and booked stays as it was: the database itself refuses a change or a deletion."""

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from aapm_site.billing.domain import credit_notes, payments
from aapm_site.billing.models import Counter, Coupon, Entry, Invoice, Letterhead, Order, OrderLine, Payment
from tests import factories

from .shop import make_letterhead, place

pytestmark = pytest.mark.django_db


@pytest.fixture
def books(shop):
    """One of each."""
    make_letterhead()
    order = place(("shop:posting", 2))
    payments.record_payment(
        order, by=factories.staff_user(), method="check", amount=order.invoice.total, received_on=timezone.localdate(),
        reference="1001",
    )  # fmt: skip
    credit_notes.issue_credit_note(order, by=factories.staff_user(), reason="One.", pieces={order.lines.get().pk: 1})
    return order


ROWS = {
    "invoice": ("total = total + 1, net = net + 1", "po_number = 'another'"),
    "orderline": ("quantity = 3, net = unit_price * 3", "title = 'Another'"),
    "creditnote": ("reason = 'Another'",),
    "creditnoteline": ("quantity = 2",),
    "payment": ("amount = 1", "reference = 'another'"),
    "entry": ("amount = 1", "booked_on = '2020-01-01'"),
}


@pytest.mark.parametrize(("table", "change"), [(table, change) for table, all_ in ROWS.items() for change in all_])
def test_no_statement_changes_it(books, table, change):
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        cursor.execute(f"UPDATE billing_{table} SET {change}")


@pytest.mark.parametrize("table", [*ROWS, "order", "counter", "letterhead"])
def test_no_statement_deletes_it(books, table):
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
        cursor.execute(f"DELETE FROM billing_{table}")


def test_an_erased_person_leaves_the_row(books):
    payment = Payment.objects.get()
    assert payment.recorded_by is not None
    Payment.objects.update(recorded_by=None)
    payment.refresh_from_db()
    assert (payment.recorded_by, payment.reference) == (None, "1001")


def test_the_same_thing_is_not_booked_twice(books):
    entry = Entry.objects.filter(kind="payment").get()
    entry.pk, entry._state.adding = None, True
    with pytest.raises(IntegrityError), transaction.atomic():
        entry.save(force_insert=True)


NONSENSE = [
    (OrderLine, {"quantity": 0}),
    (OrderLine, {"discount": -1}),
    (OrderLine, {"net": 1}),
    (Invoice, {"total": 1}),
    (Invoice, {"due_on": "2000-01-01"}),
    (Payment, {"amount": 0}),
    (Entry, {"payment_id": None, "key": "another", "kind": "payment"}),
    (Entry, {"kind": "nothing", "key": "another"}),
]


@pytest.mark.parametrize(("model", "change"), NONSENSE)
def test_the_database_refuses_nonsense(books, model, change):
    row = model.objects.last()
    row.pk, row._state.adding = None, True
    unique = {"number": "X-1", "public_id": "x" * 16, "provider_reference": "", "key": "x"}
    for name, value in {**{key: word for key, word in unique.items() if hasattr(row, key)}, **change}.items():
        setattr(row, name, value)
    if model is Invoice:
        row.order = place(("shop:posting", 1))
        Order.objects.filter(pk=row.order_id)
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        row.save(force_insert=True)
    assert "_once" not in str(refused.value)


def test_every_money_table_keeps_its_history():
    labels = {model._meta.label for model in apps.get_app_config("billing").get_models()}
    tables = {
        "Customer", "Letterhead", "Counter", "Coupon", "Order", "OrderLine", "Invoice", "CreditNote", "CreditNoteLine",
        "Payment", "Refund", "Dispute", "Entry", "CardSession",
    }  # fmt: skip
    assert {f"billing.{name}Event" for name in tables} <= labels


def test_the_history_sees_a_plain_update(books):
    Coupon.objects.create(code="SPRING", percent=10)
    Coupon.objects.update(percent=90)
    Letterhead.objects.update(tax_id="36-1983")
    history = apps.get_model("billing.CouponEvent").objects.order_by("pgh_id")
    assert [(row.pgh_label, row.percent) for row in history] == [("insert", 10), ("update", 90)]
    assert apps.get_model("billing.LetterheadEvent").objects.last().tax_id == "36-1983"
    assert Counter.objects.get(series__startswith="INV").last == 1
