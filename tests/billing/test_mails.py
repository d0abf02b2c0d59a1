"""The office's letters: each says what happened, what to do, and why one gets it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.conf import settings
from django.utils import timezone

from aapm_site.billing.domain import credit_notes, notifications, orders, payments, refunds
from aapm_site.billing.models import Payment
from aapm_site.billing.states import RefundMethod
from aapm_site.mail.models import OutgoingEmail
from tests import factories

from .factories import fresh, paid, payment, placed
from .shop import ADDRESS, make_coupon, make_customer, make_letterhead

pytestmark = pytest.mark.django_db
CHECK = "By check, with {0} written on it:\nAmerican Academy of Pain Medicine\n1 Sample Street\nChicago, IL 60601\n"
TRANSFER = "By bank transfer, with {0} as the reference:\nSample Bank\nRouting 000000000\nAccount 123\n"


@pytest.fixture(autouse=True)
def _our_letterhead():
    make_letterhead()


def letter(event: str) -> OutgoingEmail:
    return OutgoingEmail.objects.get(kind=f"billing.{event}")


def holds(mail: OutgoingEmail, *parts: str) -> bool:
    """Whether the text has these parts, no gaping hole and no word that a template lost."""
    missing = [part for part in parts if part not in mail.text]
    assert (missing, "\n\n\n" in mail.text, "None" in mail.text, "{" in mail.text) == ([], False, False, False), (
        mail.text
    )
    return True


def pay_link(order) -> str:
    return f"{settings.SITE_ORIGIN}/pay/{order.pay_token}/"


def order_link(order) -> str:
    return f"{settings.SITE_ORIGIN}/account/orders/{order.public_id}/"


def test_an_order_by_invoice_says_what_how_much_until_when_and_where(shop):
    order = placed(make_customer("Harbor Lane", net_days=30), po_number="PO 4711")
    due = timezone.localdate() + timedelta(days=30)
    mail = letter("order_placed")
    assert (mail.to, mail.subject) == (ADDRESS["bill_email"], f"Invoice {order} for $222.75")
    assert holds(
        mail,
        "Dear Accounts payable,",
        f"This is invoice {order} for Harbor Lane:\n\n1 × Three-pack (3 postings of 30 days each): $222.75\n"
        "Total: $222.75\n"
        f"Purchase order: PO 4711\nDue on {due:%B} {due.day}, {due.year}\n",
        "Pay by card, or see the invoice as a PDF:\n"
        f"{pay_link(order)}\n\n{CHECK.format(order)}\n{TRANSFER.format(order)}\nIt comes when it is paid.\n",
        f"\n\nIf something is not right with it, please write to us: {settings.SITE_ORIGIN}/ask/\n",
        f"You get this because your address stands on invoice {order} of the Academy.",
    )


def test_an_order_that_is_due_on_receipt_or_paid_by_card(shop):
    placed()
    assert holds(letter("order_placed"), "Total: $222.75\nDue on receipt\n")
    OutgoingEmail.objects.all().delete()
    order = placed(pay_by="card")
    mail = letter("order_placed")
    assert holds(mail, f"pay from here:\n{pay_link(order)}\n\nIt comes when it is paid.")
    assert ("By check" in mail.text, "Due on" in mail.text) == (False, False)


def test_a_letterhead_without_ways_to_pay_leaves_no_hole(shop):
    make_letterhead(check_to="", bank="")
    order = placed()
    mail = letter("order_placed")
    assert holds(mail, f"{pay_link(order)}\n\nIt comes when it is paid.")
    assert "By check" not in mail.text


def test_a_receipt_leads_on(shop):
    order = paid()
    receipt = Payment.objects.get()
    mail = letter("paid")
    assert mail.subject == f"Paid, thank you: receipt {receipt.number}"
    assert holds(
        mail,
        f"$222.75 came for invoice {order}, and it is paid in full. Your receipt has the number {receipt.number}.",
        f"The invoice and the receipt as a PDF:\n{pay_link(order)}",
    )
    assert "Look at it" not in mail.text


@pytest.fixture
def buyer():
    return factories.user(email="manager@harborlane.example")


def test_who_ordered_is_told_too_when_the_invoice_goes_elsewhere(shop, buyer):
    order = placed(make_customer(user=buyer), by=buyer)
    payment(order)
    payments.return_payment_unpaid(Payment.objects.get(), by=None, reason="No such account.")
    copies = OutgoingEmail.objects.filter(to=buyer.email)
    assert set(copies.values_list("kind", flat=True)) == {
        "billing.order_placed.buyer",
        "billing.paid.buyer",
        "billing.payment_returned.buyer",
    }
    for mail in copies:
        assert holds(mail, order_link(order), "You get this because you placed order")
    step = f"It is yours now.\nLook at it: {settings.SITE_ORIGIN}/\n"
    assert holds(copies.get(kind="billing.paid.buyer"), step)
    assert step not in letter("paid").text


def test_who_gets_the_invoice_oneself_gets_one_mail(shop, buyer):
    paid(make_customer(user=buyer), by=buyer, bill_to={**ADDRESS, "bill_email": buyer.email})
    assert OutgoingEmail.objects.filter(kind__endswith=".buyer").count() == 0
    assert holds(letter("paid"), "It is yours now.")


def test_who_left_the_organization_gets_no_copy(shop, buyer):
    """Who orders may buy at that moment; of what comes later somebody hears who still may."""
    paid(by=buyer)
    assert [mail.kind for mail in OutgoingEmail.objects.filter(to=buyer.email)] == ["billing.order_placed.buyer"]


def test_a_receipt_says_what_came_too_much(shop):
    payment(placed(), "272.28")
    assert holds(letter("paid"), "$49.53 more came than was owed. It is yours: we send it back,")


def test_so_does_that_of_a_card_page_which_a_check_has_overtaken(shop):
    payment(order := placed(), "40.00")
    payments.confirm_card_payment(
        order, amount=order.invoice.total, currency="USD", provider_reference="pi_1", on=timezone.localdate()
    )
    assert holds(letter("paid"), "$40 more came than was owed.")


def test_a_discount_stands_below_the_lines(shop):
    make_coupon("WELCOME10")
    placed(code="WELCOME10")
    assert holds(letter("order_placed"), ": $222.75\nDiscount, code WELCOME10: −$22.28\nTotal: $200.47\n")


def test_what_costs_nothing_has_no_receipt(shop):
    order = placed(wanted=[("shop:gift", 1)])
    mail = letter("paid")
    assert mail.subject == f"Your order {order} is complete"
    assert holds(mail, "It costs nothing, so there is nothing to pay.", f"The invoice as a PDF:\n{pay_link(order)}")


def test_a_part_payment_says_what_is_left(shop):
    order = placed()
    payment(order, "100.00")
    mail = letter("part_paid")
    assert mail.subject == f"$100 came for invoice {order}, $122.75 is open"
    assert holds(mail, "Of its $222.75, $122.75 is still to be paid.", pay_link(order), CHECK.format(order))


def test_money_that_came_twice_is_the_payers(shop):
    order = paid()
    payment(order, reference="4712")
    assert holds(letter("paid_again"), f"$222.75 came for invoice {order}, though nothing was owed", pay_link(order))
    staff = letter("staff_look")
    assert (staff.to, staff.subject) == (settings.STAFF_EMAIL, f"Too much came for order {order}")
    assert holds(staff, "though nothing was owed.", f"{settings.SITE_ORIGIN}/admin/billing/order/{order.pk}/change/")


@pytest.mark.parametrize(("amount", "words"), [("222.75", "which is paid in full."), ("322.75", "Something is still")])
def test_credit_that_was_used(shop, amount, words):
    customer = make_customer()
    other = paid(customer)
    payment(other, reference="4712")
    wanted = [("shop:three", 1)] if amount == "222.75" else [("shop:three", 1), ("shop:posting", 1)]
    order = placed(customer, wanted=wanted)
    refunds.move_credit(other, order, by=None)
    mail = letter("credit_used")
    assert holds(mail, f"money of yours from invoice {other}. $222.75 of it is now used for invoice {order}", words)
    assert (pay_link(order) in mail.text, "It is yours now." in mail.text) == (True, False)


def test_a_check_that_bounced(shop):
    order = paid()
    payments.return_payment_unpaid(Payment.objects.get(), by=None, reason="No such account.")
    mail = letter("payment_returned")
    assert mail.subject == f"A payment for invoice {order} came back"
    assert holds(mail, "The reason that we have: No such account.", "the invoice is open again", pay_link(order))


def test_a_cancelled_order(shop):
    order = placed()
    orders.cancel_order(order, by=None, reason="Ordered twice.")
    note = order.invoice.credit_notes.get()
    assert holds(
        letter("order_cancelled"),
        f"Credit note {note.number} over $222.75 takes back its invoice. The reason on it: Ordered twice.",
        pay_link(order),
    )


def test_a_credit_note_and_the_money_that_goes_back(shop):
    order = paid()
    line = order.lines.get()
    credit_notes.issue_credit_note(order, by=None, reason="A mistake of ours.", pieces={line.pk: 1})
    refunds.refund_rest_of_order(fresh(order), by=None, reason="A mistake.", method=RefundMethod.CHECK, reference="88")
    note = order.invoice.credit_notes.get()
    assert letter("credited").subject == f"Credit note {note.number} for invoice {order}"
    assert holds(letter("credited"), f"takes back $222.75 of invoice {order}. The reason on it: A mistake of ours.")
    assert letter("refunded").subject == "$222.75 is on its way back to you"
    assert holds(letter("refunded"), f"$222.75 of what was paid for invoice {order}, by check no. 88.\n")


def test_a_card_that_did_not_pay(shop):
    order = placed(pay_by="card")
    notifications.card_failed(order)
    assert holds(letter("card_failed"), "Nothing was charged.", "The order waits for you.", pay_link(order))


@pytest.mark.parametrize(
    ("days", "subject", "words"),
    [
        (7, "A friendly reminder: invoice {}", "Perhaps it slipped through"),
        (14, "Invoice {} is still open", "101 days ago"),
        (30, "Invoice {}: can we help?", "our last reminder by e-mail"),
    ],
)
def test_reminders_change_their_tone(shop, days, subject, words):
    order = placed()
    order.invoice.due_on -= timedelta(days=101)
    notifications.reminder(order.invoice, days, Decimal("122.75"))
    mail = letter("reminder")
    assert mail.subject == subject.format(order)
    assert holds(
        mail, words, "$122.75 is still open", pay_link(order), CHECK.format(order), f"{settings.SITE_ORIGIN}/ask/"
    )


def test_a_name_with_marks_cannot_write_a_letters_head(shop):
    placed(bill_to={**ADDRESS, "bill_attention": "Eve\r\nBcc: all@example.org"}, by=factories.user())
    mail = letter("order_placed")
    assert ("\n" in mail.subject, mail.to) == (False, ADDRESS["bill_email"])


@pytest.mark.parametrize("verified", [True, False])
def test_a_stranger_reads_nothing_that_the_buyer_typed(shop, verified):
    """Anybody can register an organization: only the confirmed address of who ordered stands there."""
    person = factories.user("eve+suspended@people.example", verified=verified)
    order = placed(make_customer("Suspended Accounts", user=person), by=person, po_number="CALL-NOW")
    notifications.reminder(order.invoice, 7, Decimal("222.75"))
    orders.cancel_order(order, by=person, reason="You were charged.")
    for event in ("order_placed", "reminder", "order_cancelled"):
        mail = letter(event)
        words = mail.subject + mail.text + mail.html
        typed = ("Accounts payable", "Harbor Lane", "Suspended Accounts", "CALL-NOW", "You were charged", "suspended")
        assert ([part for part in typed if part in words], mail.state) == ([], "queued")
        assert holds(mail, "Good day,", pay_link(order))
        assert ("of the Academy, which eve@people.example ordered." in mail.text) is verified
    assert holds(letter("order_placed"), "1 × Three-pack (3 postings of 30 days each): $222.75", "Total: $222.75\n")


def test_a_confirmed_reader_reads_whose_it_is(shop, buyer):
    factories.user(ADDRESS["bill_email"])
    order = placed(make_customer("Harbor Lane", user=buyer), by=buyer, po_number="PO 4711")
    orders.cancel_order(order, by=buyer, reason="Ordered twice.")
    words = (f"invoice {order} for Harbor Lane:", "Dear Accounts payable,", "Purchase order: PO 4711")
    assert holds(letter("order_placed"), *words)
    assert holds(letter("order_cancelled"), "takes back its invoice. The reason on it: Ordered twice.\n")


def test_whose_account_is_gone_vouches_for_nothing_later(shop):
    order = placed(po_number="CALL-NOW")
    notifications.invoice_again(order, Decimal("222.75"))
    assert ("Accounts payable" in letter("invoice_again").text, "CALL-NOW" in letter("invoice_again").text) == (
        False,
        False,
    )
