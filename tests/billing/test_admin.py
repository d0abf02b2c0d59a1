"""Finance in the admin: each button as a person presses it, what it refuses, and who may press it."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from procrastinate.contrib.django.models import ProcrastinateJob

from aapm_site.billing.domain import checkout_sessions, ledger, orders, payments, reconciliation, refunds
from aapm_site.billing.models import (
    CardSession,
    Coupon,
    CreditNote,
    Customer,
    Dispute,
    Entry,
    Letterhead,
    Order,
    Payment,
    ProviderEvent,
    Refund,
)
from aapm_site.billing.presenters import documents
from aapm_site.billing.states import CardState, OrderStatus, PayBy, RefundStatus
from aapm_site.core import roles
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.models import OutgoingEmail
from tests.billing import provider as at_provider
from tests.billing.factories import fresh, paid, payment, placed
from tests.billing.shop import make_coupon, make_customer, make_letterhead
from tests.factories import hear_worker, staff_client, user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shop")]
provider = at_provider.provider


@pytest.fixture
def finance():
    return staff_client(roles.FINANCE)


def page_of(subject):
    return reverse(f"admin:billing_{subject._meta.model_name}_change", args=[subject.pk])


def step(subject, verb):
    return reverse(f"admin:billing_{subject._meta.model_name}_{verb}", args=[subject.pk])


def seen(client, address):
    """What the form's page says of the books."""
    return client.get(address).context["form"].initial["seen"]


def press(client, address, **data):
    return client.post(address, {"seen": seen(client, address), **data})


def confirm(client, address, **data):
    """Press, look at what would follow, and press again."""
    asked = press(client, address, **data)
    assert (asked.status_code, "Nothing has been done yet." in asked.text) == (200, True)
    return press(client, address, **data, agreed=asked.context["outcome"].sums)


def today():
    return timezone.localdate()


def said(client, response):
    """The messages on the page that a press leads to."""
    assert response.status_code == 302
    return [str(message) for message in client.get(response.headers["Location"]).context["messages"]]


def errors(response):
    assert response.status_code == 422
    return [error for found in response.context["form"].errors.values() for error in found]


CHECK = {"method": "check", "reference": "4711"}


# Recording a payment --------------------------------------------------------------------------------------------------
def test_a_check_is_recorded_and_pays_the_order(finance, shop):
    order = placed()
    address = step(order, "record_payment")
    form = finance.get(address).context["form"]
    assert form.initial["amount"] == Decimal("222.75")
    assert form["received_on"].value() == today()

    response = press(finance, address, **CHECK, amount="222.75", received_on=today())

    assert said(finance, response) == ["Recorded as RCT-" + f"{today().year}-00001: $222.75. Nothing is owed any more."]
    made = Payment.objects.get()
    assert (made.method, made.amount, made.received_on, made.reference) == ("check", Decimal("222.75"), today(), "4711")
    assert made.recorded_by == finance.user
    assert fresh(order).status == OrderStatus.PAID
    assert shop.paid == [order.invoice.number]
    assert list(reconciliation.find_faults()) == []


def test_too_little_leaves_the_rest_open_and_too_much_is_kept(finance):
    order = placed()
    address = step(order, "record_payment")

    first = confirm(finance, address, **CHECK, amount="$200", received_on=today())
    assert said(finance, first)[0].endswith(": $200.00. $22.75 is still open.")
    second = confirm(finance, address, method="transfer", amount="1,000.00", received_on=today(), reference="IBAN")

    assert said(finance, second)[0].endswith(": $1,000.00. $977.25 too much has come; it is kept for the customer.")
    assert fresh(order).status == OrderStatus.PAID
    assert ledger.amount_owed(order) == Decimal("-977.25")


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("-5", "Give an amount above zero."),
        ("0", "Give an amount above zero."),
        ("1.005", "Give whole cents: two places after the point at most."),
        ("abc", "Give an amount in figures, such as 99 or 1,250.50."),
        ("1,50", "Give an amount in figures, such as 99 or 1,250.50."),
        ("NaN", "Give an amount in figures, such as 99 or 1,250.50."),
        ("1e400", "Give an amount in figures, such as 99 or 1,250.50."),
        ("1e3", "Give an amount in figures, such as 99 or 1,250.50."),
        ("99999999999", "Give a number of at most 10 digits."),
        ("", "Please fill this in."),
    ],
)
def test_an_amount_that_is_none_is_asked_about(finance, amount, words):
    address = step(placed(), "record_payment")

    response = press(finance, address, method="check", amount=amount, received_on=today(), reference="Check 12")

    assert words in errors(response)
    assert "Check 12" in response.text
    assert Payment.objects.count() == 0


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (1, "This day is in the future. Give the day when it happened."),
        (-367, "This is more than a year before the order. Please check the year."),
    ],
)
def test_a_day_that_cannot_be_is_asked_about(finance, days, words):
    address = step(placed(), "record_payment")

    response = press(finance, address, **CHECK, amount="1", received_on=today() + timedelta(days=days))

    assert errors(response) == [words]
    assert Payment.objects.count() == 0


def test_a_receipt_that_is_there_already_is_refused_in_words(finance):
    order = placed()
    made = payment(order, "100.00")

    response = press(finance, step(order, "record_payment"), **CHECK, amount="100", received_on=today())

    assert errors(response) == [f"This payment is recorded already, as {made.number}."]
    assert Payment.objects.count() == 1


def test_a_button_pressed_twice_books_once(finance):
    order = placed()
    address = step(order, "record_payment")
    data = {"seen": seen(finance, address), "method": "check", "amount": "100", "received_on": today()}
    data["agreed"] = "100"

    first, second = finance.post(address, data), finance.post(address, data)

    assert first.status_code == 302
    assert "The last entry is: payment over $100. If that was your own press of the button" in errors(second)[0]
    assert Payment.objects.count() == 1
    third = finance.post(address, {**data, "seen": second.context["form"].data["seen"]})
    assert third.status_code == 302  # having looked, a second check over the same amount is recorded
    assert Payment.objects.count() == 2


# Cancelling -----------------------------------------------------------------------------------------------------------
def test_an_order_is_cancelled_with_a_reason_and_a_credit_note(finance):
    order = placed()
    address = reverse("admin:billing_order_decide", args=[order.pk, "cancel"])
    assert finance.post(address, {"reason": " "}).status_code == 422

    response = finance.post(address, {"reason": "Ordered twice."})

    assert response.status_code == 302
    assert fresh(order).status == OrderStatus.CANCELLED
    assert CreditNote.objects.get().reason == "Ordered twice."
    assert ledger.amount_owed(order) == 0


def test_an_order_with_a_payment_is_not_cancelled_but_taken_back(finance):
    order = placed()
    payment(order, "1.00")

    response = finance.post(reverse("admin:billing_order_decide", args=[order.pk, "cancel"]), {"reason": "x"})

    assert response.status_code == 422
    assert "Take it back with a refund instead." in response.text
    assert fresh(order).status == OrderStatus.AWAITING_PAYMENT


# Taking back ----------------------------------------------------------------------------------------------------------
def three_lines():
    return paid(wanted=(("shop:posting", 3), ("shop:taxed", 2)))  # 297.00 and 160.00 with 13.20 tax


def lines_of(order):
    return list(order.lines.order_by("pk"))


def test_what_is_taken_back_is_shown_before_it_is_done(finance, shop):
    order = three_lines()
    address = step(order, "take_back")
    line = lines_of(order)[1]
    data = {f"pieces_{line.pk}": "1", "reason": "One was not needed.", "refunded_on": today(), **CHECK}

    look = press(finance, address, **data)

    outcome = look.context["outcome"]
    assert outcome.said == (
        "Credit note over $86.60 ($80.00 and $6.60 tax), for 1 × Taxed.",
        "$86.60 is booked as sent by check 4711.",
        "The order: paid. Nothing is owed any more.",
    )
    assert (CreditNote.objects.count(), Refund.objects.count(), shop.reversed) == (0, 0, [
        (order.invoice.number, [("shop:taxed", 1)], False)
    ])  # fmt: skip
    assert OutgoingEmail.objects.filter(kind="billing.credited").count() == 0

    done = press(finance, address, **data, agreed=outcome.sums)

    assert said(finance, done) == list(outcome.said)
    note = CreditNote.objects.get()
    assert (note.net, note.tax, note.total, note.issued_by) == (
        Decimal("80.00"), Decimal("6.60"), Decimal("86.60"), finance.user,
    )  # fmt: skip
    refund = Refund.objects.get()
    assert (refund.amount, refund.method, refund.status, refund.reference) == (
        Decimal("86.60"), "check", RefundStatus.DONE, "4711",
    )  # fmt: skip
    assert list(reconciliation.find_faults()) == []


def test_what_was_agreed_to_is_what_is_done(finance):
    order = three_lines()
    address = step(order, "take_back")
    line = lines_of(order)[0]
    data = {"reason": "Too many.", "refunded_on": today(), **CHECK}
    look = press(finance, address, **data, **{f"pieces_{line.pk}": "1"})

    changed = press(finance, address, **data, **{f"pieces_{line.pk}": "2"}, agreed=look.context["outcome"].sums)

    assert changed.status_code == 200
    assert "What you typed has changed. Now this would follow" in changed.text
    assert changed.context["outcome"].said[0] == "Credit note over $198.00, for 2 × Posting."
    assert CreditNote.objects.count() == 0


def test_taking_back_twice_by_two_presses_is_done_once(finance):
    order = three_lines()
    address = step(order, "take_back")
    data = {"allowance": "10", "reason": "Came late.", "refunded_on": today(), **CHECK}
    data |= {"seen": seen(finance, address), "agreed": press(finance, address, **data).context["outcome"].sums}

    first, second = finance.post(address, data), finance.post(address, data)

    assert (first.status_code, second.status_code) == (302, 422)
    assert [note.total for note in CreditNote.objects.all()] == [Decimal("10.00")]
    assert [refund.amount for refund in Refund.objects.all()] == [Decimal("10.00")]


def test_everything_taken_back_ends_the_order(finance):
    order = three_lines()
    address = step(order, "take_back")
    first, second = lines_of(order)
    data = {
        f"pieces_{first.pk}": "3", f"pieces_{second.pk}": "2", "reason": "A mistake.", "method": "transfer",
        "reference": "Wire 8", "refunded_on": today(),
    }  # fmt: skip
    look = press(finance, address, **data)
    assert look.context["outcome"].sums == "470.20|470.20"

    press(finance, address, **data, agreed="470.20|470.20")

    assert fresh(order).status == OrderStatus.REVERSED
    assert ledger.amount_owed(order) == 0
    again = finance.get(address)
    assert said(finance, again)[-1] == "Everything on this order has been taken back already."


def test_a_refund_may_wait(finance):
    order = three_lines()
    address = step(order, "take_back")
    data = {"allowance": "7.20", "reason": "Came late.", "method": "nothing", "refunded_on": today()}

    press(finance, address, **data, agreed=press(finance, address, **data).context["outcome"].sums)

    assert Refund.objects.count() == 0
    assert ledger.amount_owed(order) == Decimal("-7.20")


def test_without_a_payment_it_is_a_credit_note_only(finance):
    order = placed()
    address = step(order, "take_back")
    first = finance.get(address)
    assert "Credit note" in first.context["label"]
    assert set(first.context["form"].fields) == {"seen", "allowance", "reason", piece(order)}
    data = {"allowance": "22.75", "reason": "As agreed on the phone."}

    done = press(finance, address, **data, agreed="22.75")

    assert said(finance, done) == [
        "Credit note over $22.75, as an allowance on the price.",
        "The order: waiting for payment. $200.00 is still open.",
    ]
    assert Refund.objects.count() == 0


def piece(order):
    return f"pieces_{order.lines.get().pk}"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Say how many go back, or give an allowance."),
        ({"pieces": "2"}, "Only 1 can be taken back."),
        ({"pieces": "-1"}, "Give at least 0."),
        ({"pieces": "one"}, "Give a whole number, such as 12."),
        ({"allowance": "222.76"}, "At most 222.75 can be let off; all that was sold comes to no more."),
        ({"allowance": "0.001"}, "Give whole cents: two places after the point at most."),
        ({"allowance": "5", "reason": "  "}, "Please fill this in."),
        ({"allowance": "5", "method": "card"}, "Please choose from the list; “card” is not in it."),
        ({"allowance": "5", "method": "credit"}, "Please choose from the list; “credit” is not in it."),
        ({"foreign": "1"}, "Say how many go back, or give an allowance."),
    ],
)
def test_what_cannot_be_taken_back_is_refused_in_words(finance, data, words):
    order, other = paid(), paid()
    names = {"pieces": piece(order), "foreign": piece(other)}
    data = {names.get(name, name): value for name, value in data.items()}
    known = {"reason": "Kept words.", "method": "check", "refunded_on": today()}

    response = press(finance, step(order, "take_back"), **{**known, **data})

    assert words in errors(response)
    assert CreditNote.objects.count() == 0


def test_a_room_that_refuses_is_heard(finance, shop):
    order = paid()
    shop.refuses = orders.NotAllowed("The posting is in use.")
    data = {piece(order): "1", "reason": "A mistake.", "refunded_on": today(), **CHECK}

    response = press(finance, step(order, "take_back"), **data)

    assert errors(response) == ["The posting is in use."]
    assert fresh(order).status == OrderStatus.PAID


def too_late(response):
    """The page that says why it cannot be done any more, with what was typed."""
    assert response.status_code == 422
    return response.text


# What came too much ---------------------------------------------------------------------------------------------------
def overpaid(amount="300.00", buyer=None):
    order = placed(buyer)
    payment(order, amount)
    return fresh(order)


def test_what_came_too_much_is_sent_back(finance):
    order = overpaid()
    address = step(order, "send_back")
    assert "$77.25 came too much and goes back now" in finance.get(address).text
    data = {"method": "check", "reference": "88", "refunded_on": today(), "reason": "Paid too much."}

    response = press(finance, address, **data)

    assert said(finance, response) == ["$77.25 is booked as sent by check 88."]
    assert ledger.amount_owed(order) == 0
    assert "Nothing came too much on this order, or it is on its way back." in too_late(finance.post(address, data))
    assert Refund.objects.count() == 1


def test_what_came_too_much_is_used_for_another_order(finance):
    buyer = make_customer()
    order, other = overpaid("500.00", buyer), placed(buyer)
    stranger = placed(make_customer("Somebody else"))
    address = step(order, "use_elsewhere")
    assert errors(press(finance, address, target=stranger.pk)) == ["Choose one of the customer's open orders."]

    response = press(finance, address, target=other.pk)

    assert said(finance, response) == [
        f"Used for {other}, as RCT-{today().year}-00002. There: Nothing is owed any more. "
        "Here: $54.50 too much has come; it is kept for the customer."
    ]
    assert (ledger.amount_owed(order), ledger.amount_owed(other)) == (Decimal("-54.50"), Decimal("0.00"))
    assert fresh(other).status == OrderStatus.PAID
    assert list(reconciliation.find_faults()) == []


def test_buttons_are_there_when_they_can_be_pressed(finance):
    def offered(order):
        return [button["label"] for button in finance.get(page_of(order)).context["buttons"]]

    assert offered(placed()) == ["Record a payment", "Credit note", "Send the invoice again", "Cancel the order"]
    part = placed()
    payment(part, "1.00")
    assert offered(part) == ["Record a payment", "Take back and refund", "Send the invoice again"]
    assert offered(paid()) == ["Take back and refund", "Record a payment"]
    buyer = make_customer()
    order = overpaid(buyer=buyer)
    assert offered(order) == ["Send back what came too much", "Take back and refund", "Record a payment"]
    placed(buyer)
    assert offered(order)[0] == "Use it for another order"


def without_spans(text):
    return re.sub(r"</?span[^>]*>", "", text)


def test_each_page_in_between_says_which_order_it_is(finance):
    order = placed(po_number="PO-7")
    decide = reverse("admin:billing_order_decide", args=[order.pk, "cancel"])
    for address in (step(order, "record_payment"), step(order, "take_back"), step(order, "send_again"), decide):
        text = without_spans(finance.get(address).text)
        for name, value in (
            ("Customer", escape(order.customer.name)), ("Invoice", order.invoice.number), ("Purchase order", "PO-7"),
            ("Invoice total", "$222.75"), ("Open now", "$222.75"),
        ):  # fmt: skip
            assert f"<dt>{name}</dt><dd>{value}</dd>" in text, (address, name)
    assert "The customer reads it on the credit note." in finance.get(decide).text
    payment(order, "22.75", reference="5")
    text = without_spans(finance.get(step(order, "record_payment")).text)
    assert "<dt>Open now</dt><dd>$200.00</dd>" in text


def test_an_unusual_payment_is_looked_at_twice(finance):
    """Another amount than what is open, or one like a payment that is there: a slip is seen before the mail is out."""
    order, address = placed(), ""
    address = step(order, "record_payment")
    asked = press(finance, address, **CHECK, amount="2,227.50", received_on=today())
    assert asked.context["outcome"].said == (
        f"Recorded as RCT-{today().year}-00001: $2,227.50. $2,004.75 too much has come; it is kept for the customer.",
    )
    assert (Payment.objects.count(), OutgoingEmail.objects.count()) == (0, 1)

    assert press(finance, address, **CHECK, amount="222.75", received_on=today()).status_code == 302
    for reference in ("Check no. 4711", "# 4711", "4711 "):
        twin = press(finance, address, method="check", reference=reference, amount="222.75", received_on=today())
        assert errors(twin) == [f"This payment is recorded already, as RCT-{today().year}-00001."]
    other = press(finance, address, method="check", reference="4712", amount="222.75", received_on=today())
    assert other.context["outcome"].said[0] == (
        f"RCT-{today().year}-00001 over the same amount came on the same day. Make sure that this is another one."
    )
    assert Payment.objects.count() == 1


def test_a_payment_recorded_by_mistake_leaves_the_books_with_a_kind_word(finance):
    order = placed(by=user())
    confirm(finance, step(order, "record_payment"), **CHECK, amount="1,000", received_on=today())
    wrong = Payment.objects.get()

    response = press(finance, step(wrong, "mistake"), reason="The check was over $100, not over $1,000.")

    assert said(finance, response) == ["$1,000.00 is out of the books again. $222.75 is still open."]
    assert (fresh(order).status, ledger.amount_owed(order)) == (OrderStatus.AWAITING_PAYMENT, Decimal("222.75"))
    letter = OutgoingEmail.objects.get(kind="billing.payment_corrected")
    assert letter.subject == f"A correction to invoice {order}"
    assert "We had recorded $1,000 for invoice" in letter.text
    assert "Please disregard the receipt that we sent for it. $222.75 is open on the invoice now;" in letter.text
    assert documents.receipt_document(wrong).mark == "Void"
    confirm(finance, step(order, "record_payment"), **CHECK, amount="100", received_on=today())
    assert list(reconciliation.find_faults()) == []


def test_what_staff_did_stands_in_the_history_of_the_order(finance):
    order = placed()
    confirm(finance, step(order, "record_payment"), **CHECK, amount="100", received_on=today())
    press(finance, step(order, "send_again"))
    history = finance.get(reverse("admin:billing_order_history", args=[order.pk])).text
    assert f"Record a payment: Recorded as RCT-{today().year}-00001: $100.00. $122.75 is still open." in history
    assert f"Send the invoice again: Invoice {order} is on its way to {order.invoice.bill_email}." in history


def test_an_invoice_sent_again_asks_for_what_is_open(finance):
    order = placed()
    payment(order, "100.00")
    press(finance, step(order, "send_again"))
    letter = OutgoingEmail.objects.get(kind="billing.invoice_again")
    assert letter.subject == f"Invoice {order}: $122.75 to pay"
    assert ("Total: $222.75\nStill open: $122.75\n" in letter.text, "Thank you for your order" in letter.text) == (
        True,
        False,
    )


def test_while_a_bank_is_at_work_nothing_is_moved_to_the_order(finance, provider):
    customer = make_customer()
    waiting = placed(customer, pay_by=PayBy.CARD)
    Client().post(f"/pay/{waiting.pay_token}/")
    CardSession.objects.update(state=CardState.PENDING)
    rich = placed(customer)
    payment(rich, "500.00")
    assert said(finance, finance.get(step(rich, "use_elsewhere"))) == [
        "This customer has no other order that waits for payment."
    ]
    with pytest.raises(NotAllowed, match="The bank is at work"):
        refunds.move_credit(rich, waiting, by=None)
    assert "A bank is at work on a payment from the card page" in finance.get(step(waiting, "record_payment")).text


def test_the_invoice_is_sent_again(finance):
    order = placed()
    sent = OutgoingEmail.objects.filter(kind="billing.invoice_again")
    before = sent.count()
    address = step(order, "send_again")
    assert finance.get(address).status_code == 200
    assert sent.count() == before

    response = press(finance, address)

    to = order.invoice.bill_email
    assert said(finance, response) == [f"Invoice {order} is on its way to {to}."]
    assert sent.count() == before + 1
    payment(order)
    assert said(finance, finance.get(address)) == [
        "This order does not wait for a payment, so its invoice is not sent again."
    ]


def test_the_payment_link_is_there_for_a_customer_who_calls(finance):
    order = placed()
    link = f'{reverse("billing:pay", args=[order.pay_token])}"'

    assert link in finance.get(page_of(order)).text

    payment(order)
    assert link in finance.get(page_of(order)).text  # for its receipts


def test_what_happened_is_told_in_the_words_of_the_states(finance):
    order = three_lines()
    refunds.take_back_and_refund(
        order, by=None, reason="x", method="check", pieces={line.pk: line.quantity for line in lines_of(order)}
    )
    history = finance.get(page_of(order)).text.split("What happened")[-1]

    assert "Taken back" in history
    assert "Reversed" not in history


# Payments that come back ----------------------------------------------------------------------------------------------
def test_a_check_that_bounced_opens_the_order_again(finance, shop):
    order = paid()
    made = order.payments.get()
    address = step(made, "came_back")
    assert address in finance.get(page_of(order)).text
    assert errors(press(finance, address, reason="")) == ["Please fill this in."]

    response = press(finance, address, reason="Returned for lack of funds.")

    assert response.headers["Location"] == page_of(order)
    assert said(finance, response) == [f"$222.75 of payment {made} came back unpaid. $222.75 is still open."]
    assert fresh(order).status == OrderStatus.AWAITING_PAYMENT
    assert shop.reversed == [(order.invoice.number, [("shop:three", 1)], True)]
    again = finance.post(address, {"reason": "Once more.", "seen": "x"})
    assert "All of this payment has been taken out again already." in too_late(again)
    assert "Once more." in again.text
    assert Refund.objects.count() == 1


# Refunds --------------------------------------------------------------------------------------------------------------
def failed_refund():
    """A card payment that was to go back, and did not."""
    order = placed(pay_by=PayBy.CARD)
    payments.confirm_card_payment(
        order, amount=Decimal("222.75"), currency="USD", provider_reference="pi_1", on=timezone.localdate()
    )
    _, [refund] = refunds.take_back_and_refund(
        fresh(order), by=None, reason="A mistake.", method="card", pieces={order.lines.get().pk: 1}
    )
    return refunds.fail_refund(refund, why="The card has expired.")


def test_a_refund_that_failed_is_tried_again(finance):
    refund = failed_refund()
    page = finance.get(page_of(refund))
    assert "The card has expired." in page.text
    assert [button["label"] for button in page.context["buttons"]] == [
        "Try again", "Record that it was sent another way",
    ]  # fmt: skip
    asked = finance.get(reverse("admin:billing_refund_decide", args=[refund.pk, "retry"])).text
    assert "Harbor Lane Pain &amp; Spine" in asked
    assert '<strong><span class="money">$222.75</span></strong> goes back to the card' in asked

    response = finance.post(reverse("admin:billing_refund_decide", args=[refund.pk, "retry"]))

    assert response.status_code == 302
    again = Refund.objects.get()
    assert (again.status, again.attempt) == (RefundStatus.REQUESTED, 2)


def test_a_refund_that_failed_is_sent_by_check(finance):
    refund = failed_refund()
    order = fresh(refund.payment.order)
    address = step(refund, "by_hand")
    assert [way for way, _ in finance.get(address).context["form"].fields["method"].choices] == ["check", "transfer"]

    response = press(finance, address, method="check", reference="99", refunded_on=today())

    assert said(finance, response) == ["$222.75 is booked as sent: Check. Nothing is owed any more."]
    sent = Refund.objects.get(status=RefundStatus.DONE)
    assert (sent.method, sent.reference, sent.credit_note) == ("check", "99", refund.credit_note)
    assert ledger.amount_owed(order) == 0
    page = finance.get(page_of(refund))
    assert page.context["buttons"] == []
    retry = finance.post(reverse("admin:billing_refund_decide", args=[refund.pk, "retry"]))
    assert retry.status_code == 422  # the money has gone already
    assert said(finance, finance.post(address, {})) == [
        "So much does not have to go back any more: it was sent another way, or used for another order."
    ]
    assert list(reconciliation.find_faults()) == []


# The card provider ----------------------------------------------------------------------------------------------------
def test_a_message_that_needs_a_look_is_seen_to(finance):
    hear_worker()
    event = ProviderEvent.objects.create(
        event_id="evt_1", type="refund.updated", payload={"a": "<b>"}, outcome="Does not fit.", needs_a_look=True
    )
    front = finance.get("/admin/")
    assert front.context["staff_notes"][-1][0] == "One message of the card provider needs a look."
    page = finance.get(page_of(event))
    assert "&quot;a&quot;: &quot;&lt;b&gt;&quot;" in page.text
    assert "I have seen to it" in page.text
    address = step(event, "seen_to")
    asked = finance.get(address)
    assert (asked.status_code, "Does not fit." in asked.text) == (200, True)
    event.refresh_from_db()
    assert event.needs_a_look

    assert said(finance, press(finance, address)) == ["Marked as seen to. The message itself stays here."]
    assert said(finance, finance.post(address)) == ["This message waits for nobody."]

    event.refresh_from_db()
    assert not event.needs_a_look
    assert [str(note[0]) for note in finance.get("/admin/").context["staff_notes"]] == []
    assert "I have seen to it" not in finance.get(page_of(event)).text
    assert "Seen to." in finance.get(reverse("admin:billing_providerevent_history", args=[event.pk])).text


def test_a_refund_that_failed_stands_on_the_front_page_until_the_money_went(finance):
    hear_worker()
    refund = failed_refund()
    notes = finance.get("/admin/").context["staff_notes"]
    assert [note[0] for note in notes] == ["One refund did not reach the customer."]
    assert finance.get(notes[0][2]).context["cl"].result_count == 1

    press(finance, step(refund, "by_hand"), method="check", reference="99", refunded_on=today())

    assert finance.get("/admin/").context["staff_notes"] == []
    assert staff_client(roles.CONTENT_EDITOR).get("/admin/").context["staff_notes"] == []


def test_staff_ask_the_card_provider(finance, provider):
    order = placed(pay_by=PayBy.CARD)
    address = step(order, "ask_card")
    assert said(finance, finance.get(address)) == [
        "No card payment of this order is unfinished, so there is nothing to ask."
    ]
    checkout_sessions.start_session(order, email="billing@harborlane.example")
    session = order.card_sessions.get()
    assert "Ask the card provider" in finance.get(page_of(order)).text
    assert finance.get(address).status_code == 200
    assert said(finance, finance.post(address)) == ["The card page is still open, and nobody has paid there."]
    provider.fail_next(500)
    assert said(finance, finance.post(address)) == [
        "The provider gave no clear answer. Please try again in a few minutes."
    ]
    provider.pay(session.session_id)

    assert said(finance, finance.post(address)) == ["The card payment was taken, and is booked."]

    assert fresh(order).status == OrderStatus.PAID
    made = order.payments.get()
    assert made.method == "card"
    assert step(made, "came_back") not in finance.get(page_of(order)).text
    assert said(finance, finance.get(step(made, "came_back"))) == [
        "Only checks and bank transfers are taken out here; card payments come back by themselves."
    ]


def test_money_goes_back_to_the_card(finance, provider):
    order = placed(pay_by=PayBy.CARD)
    payments.confirm_card_payment(
        order, amount=Decimal("222.75"), currency="USD", provider_reference="pi_1", on=today()
    )
    address = step(order, "take_back")
    data = {piece(order): "1", "reason": "A mistake.", "method": "card", "refunded_on": today()}

    look = press(finance, address, **data)
    assert look.context["outcome"].said == (
        "Credit note over $222.75, for 1 × Three-pack.",
        f"$222.75 goes back to the card, out of payment {order.payments.get()}.",
        "The order: taken back. $222.75 is on its way back.",
    )
    assert ProcrastinateJob.objects.filter(task_name="billing.send_refund").count() == 0
    press(finance, address, **data, agreed=look.context["outcome"].sums)

    assert Refund.objects.get().status == RefundStatus.REQUESTED
    assert ProcrastinateJob.objects.filter(task_name="billing.send_refund").count() == 1


# The pages ------------------------------------------------------------------------------------------------------------
def test_an_order_shows_all_that_was_booked(finance):
    buyer = make_customer()
    order = placed(buyer, wanted=(("shop:posting", 2), ("shop:taxed", 1)), po_number="PO-7")
    payment(order, "384.60")
    refunds.take_back_and_refund(
        fresh(order), by=finance.user, reason="One too many.", method="check", reference="12",
        pieces={lines_of(order)[0].pk: 1},
    )  # fmt: skip

    page = finance.get(page_of(order))

    assert page.context["standing"] == "Nothing is owed any more."
    text = " ".join(page.text.split())
    for words in ("PO-7", "Harbor Lane Pain", "One too many.", "Check 12", "Receipt RCT-", "Credit note CN-"):
        assert words in text
    owed = [line.owed for line in page.context["booked"]]
    assert owed[-1] == ledger.amount_owed(order)
    assert [line.gone for line in page.context["lines"]] == [1, 0]


def test_staff_see_the_papers_of_an_order(finance):
    make_letterhead()
    order = three_lines()
    refunds.take_back_and_refund(
        order, by=None, reason="One too many.", method="check", pieces={lines_of(order)[0].pk: 1}
    )
    note, receipt = CreditNote.objects.get(), order.payments.get()
    other = paid()

    def get(kind, number):
        return finance.get(reverse("admin:billing_order_document", args=[order.pk, kind, number]))

    for kind, paper in (("invoice", order.invoice), ("receipt", receipt), ("credit-note", note)):
        response = get(kind, paper.pk)
        assert response.content.startswith(b"%PDF-")
        assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
        assert paper.number in response["Content-Disposition"]
    assert get("invoice", other.invoice.pk).status_code == 404
    assert get("receipt", other.payments.get().pk).status_code == 404
    assert get("nonsense", 1).status_code == 404


def test_the_list_of_orders_says_who_owes_what(finance):
    order = placed(po_number="PO-99")
    paid(make_customer("Quiet Corner"))
    response = finance.get("/admin/billing/order/", {"q": "PO-99"})

    row = " ".join(response.text.split())
    assert response.context["cl"].result_count == 1
    assert order.invoice.number in row
    assert 'class="field-owed_now">$222.75<' in row
    for query, count in (
        ("4711", 1),
        ("Quiet", 1),
        (order.invoice.number, 1),
        ("nobody", 0),
        ("222.75", 2),
        ("$222.75", 2),
        (" $ 222.75 ", 2),
        ("222.7", 0),
        ("1,222.75", 0),
    ):
        assert finance.get("/admin/billing/order/", {"q": query}).context["cl"].result_count == count, query


def test_the_list_says_what_is_overdue_and_what_it_lists(finance):
    placed(make_customer("Not due", net_days=30))
    with time_machine.travel(timezone.now() - timedelta(days=2)):
        placed(make_customer("Late"))
        paid(make_customer("Paid"))

    page = finance.get("/admin/billing/order/")

    assert page.context["title"] == "Orders and invoices"
    assert page.text.count(">Overdue</span>") == 1
    assert page.text.count(">Waiting for payment</span>") == 1
    assert '<label for="searchbar">Search</label>' in page.text


def test_the_page_of_an_order_says_for_how_long_it_is_overdue(finance):
    with time_machine.travel(timezone.localtime().replace(hour=12) - timedelta(days=40)):
        late, done = placed(make_customer("Late")), paid(make_customer("Paid"))

    assert '<span class="status status--back">Overdue</span> for 40 days<' in finance.get(page_of(late)).text
    assert ">Overdue</span>" not in finance.get(page_of(done)).text
    assert ">Overdue</span>" not in finance.get(page_of(placed(make_customer("New")))).text


def test_the_list_as_it_is_filtered_is_a_table(finance):
    order = placed(make_customer("=Late()"), po_number="PO-1")
    paid(make_customer("Paid"))
    page = finance.get("/admin/billing/order/?status__exact=awaiting_payment&q=PO-1")
    link = f"{reverse('admin:billing_orders_file')}?"
    query = page.text.split(link)[1].split('"')[0].replace("&amp;", "&")

    response = finance.get(link + query)

    day = today()
    assert response["Content-Disposition"] == f'attachment; filename="orders-{day}.csv"'
    assert b"".join(response.streaming_content).decode("utf-8-sig").splitlines() == [
        "Invoice,Customer,Purchase order,Issued,Due,Status,Days overdue,Total,Owed,Currency",
        f"{order.invoice.number},'=Late(),PO-1,{day},{day},Waiting for payment,0,222.75,222.75,USD",
    ]
    everything = b"".join(finance.get(link).streaming_content).decode().splitlines()
    assert len(everything) == 3
    assert finance.get(f"{link}nonsense__lookup=1").headers["Location"] == "/admin/billing/order/"


def test_orders_on_which_too_much_came_are_found(finance):
    placed()
    paid()
    order = overpaid()

    assert list(finance.get("/admin/billing/order/?kept=yes").context["cl"].result_list) == [order]


def queries_of(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("/admin/billing/order/", 9),
        ("/admin/billing/payment/", 11),
        ("/admin/billing/refund/", 9),
        ("/admin/billing/entry/", 11),
        ("/admin/billing/order/by-age/", 9),
    ],
)
def test_a_list_costs_the_same_for_one_and_for_many(finance, address, number):
    def some(orders_of_each):
        for _ in range(orders_of_each):
            placed()
            order = three_lines()
            refunds.take_back_and_refund(order, by=None, reason="x", method="check", allowance=Decimal(5))

    some(1)
    assert queries_of(finance, address) == number
    some(4)
    assert queries_of(finance, address) == number


def test_an_order_costs_the_same_with_few_and_with_many_entries(finance):
    order = placed(by=user(), wanted=(("shop:posting", 20),))
    payment(order, "1.00", reference="0")
    few = queries_of(finance, page_of(order))
    for number in range(1, 8):
        payment(order, "2.00", reference=str(number))

    assert queries_of(finance, page_of(order)) == few == 25


# Customers, coupons, letterhead ---------------------------------------------------------------------------------------
def test_finance_gives_a_customer_thirty_days(finance):
    customer = make_customer()
    page = finance.get(page_of(customer))
    data = {**page.context["adminform"].form.initial, "user": "", "net_days": "30", "tax_exempt_number": "E-1"}

    assert finance.post(page_of(customer), data).status_code == 302

    customer.refresh_from_db()
    assert (customer.net_days, customer.tax_exempt_number) == (30, "E-1")
    assert placed(customer).invoice.due_on == today() + timedelta(days=30)
    refused = finance.post(page_of(customer), {**data, "net_days": "121"})
    assert "Give between 0 and 120 days." in refused.text
    assert finance.get(f"/admin/billing/customer/{customer.pk}/delete/").status_code == 403


def test_the_note_of_an_order_is_all_that_is_typed_over(finance):
    order = placed()
    page = page_of(order)
    stale = Order.objects.get(pk=order.pk)
    payment(order)

    assert finance.post(page, {"note": "Asked for a new address.", "status": "cancelled"}).status_code == 302

    now = fresh(order)
    assert (now.note, now.status) == ("Asked for a new address.", OrderStatus.PAID)
    assert stale.status == OrderStatus.AWAITING_PAYMENT


COUPON = {"code": "SPRING", "kind": "percent", "percent": "10", "currency": "USD", "is_active": "on"}


def test_a_coupon_is_written_for_some_products(finance):
    page = finance.get("/admin/billing/coupon/add/")
    assert ("shop:posting", "Posting (shop:posting)") in page.context["adminform"].form.fields["skus"].choices

    response = finance.post("/admin/billing/coupon/add/", {**COUPON, "skus": ["shop:posting"]})

    assert response.status_code == 302
    made = Coupon.objects.get()
    assert (made.skus, made.percent) == (["shop:posting"], Decimal("10.00"))
    placed(wanted=(("shop:posting", 1),), code="spring")
    cancelled = placed(make_customer("Other"), wanted=(("shop:posting", 1),), code="spring")
    orders.cancel_order(cancelled, by=None, reason="x")
    assert 'class="field-uses">1<' in finance.get("/admin/billing/coupon/").text
    assert finance.get(f"/admin/billing/coupon/{made.pk}/delete/").status_code == 403


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"percent": ""}, "Give the percentage that is taken off."),
        ({"percent": "101"}, "Give a percentage from 0.01 to 100, or an amount above zero, not both."),
        ({"amount": "5"}, "Leave this empty: the coupon takes off percent."),
        ({"kind": "amount", "percent": ""}, "Give the amount that is taken off."),
        ({"skus": ["shop:nothing"]}, "Please choose from the list; “shop:nothing” is not in it."),
        ({"most_uses": "0"}, "Give at least 1."),
        ({"code": "X<b>"}, "Use letters, figures, spaces and hyphens: people type it from paper."),
        ({"currency": "SEK"}, "Please choose from the list; “SEK” is not in it."),
        ({"code": "  used "}, "This code exists already."),
        ({"starts_on": "2026-05-02", "ends_on": "2026-05-01"}, "The last day may not come before the first."),
    ],
)
def test_a_coupon_that_makes_no_sense_is_asked_about(finance, changes, words):
    make_coupon("USED")

    response = finance.post("/admin/billing/coupon/add/", {**COUPON, **changes})

    assert words in response.text
    assert Coupon.objects.count() == 1


@pytest.mark.parametrize("kind", ["percent", "amount"])
def test_the_database_refuses_a_coupon_that_takes_off_nothing(kind):
    with pytest.raises(IntegrityError, match="billing_coupon_percent_or_amount"), transaction.atomic():
        Coupon.objects.create(code="EMPTY", kind=kind)


def test_a_product_that_is_sold_no_more_stays_chosen(finance):
    made = make_coupon("OLD", skus=["shop:gone"])
    page = reverse("admin:billing_coupon_change", args=[made.pk])
    assert ("shop:gone", "shop:gone (not sold now)") in finance.get(page).context["adminform"].form.fields[
        "skus"
    ].choices

    assert finance.post(page, {**COUPON, "code": "OLD", "skus": ["shop:gone"]}).status_code == 302

    made.refresh_from_db()
    assert made.skus == ["shop:gone"]


def test_there_is_one_letterhead(finance):
    first = finance.get("/admin/billing/letterhead/")
    assert first.headers["Location"] == "/admin/billing/letterhead/add/"
    finance.post("/admin/billing/letterhead/add/", {"check_to": "The Academy\n1 Street"})

    assert Letterhead.objects.get().check_to.splitlines() == ["The Academy", "1 Street"]
    assert finance.get("/admin/billing/letterhead/").headers["Location"] == "/admin/billing/letterhead/1/change/"
    assert finance.get("/admin/billing/letterhead/add/").status_code == 403
    sample = finance.get("/admin/billing/letterhead/sample/")
    assert sample.content.startswith(b"%PDF-")
    assert sample["Content-Type"] == "application/pdf"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"check_to": "x\n" * 8}, "An invoice has room for 6 lines here, and these are 8."),
        ({"bank": "x\r\n" * 7}, "An invoice has room for 6 lines here, and these are 7."),
        ({"footer": "x" * 201}, "Please shorten this to 200 characters; it has 201 now."),
    ],
)
def test_a_letterhead_that_a_page_has_no_room_for_is_refused(finance, changes, words):
    address = "/admin/billing/letterhead/add/"

    assert words in finance.post(address, changes).text
    assert Letterhead.objects.count() == 0
    finance.post(address, {"check_to": "x\n" * 6 + "\n", "footer": "Thank\tyou  kindly."})
    assert Letterhead.objects.get().footer == "Thank you kindly."


def test_a_dispute_is_read_only(finance):
    made = Dispute.objects.create(payment=paid().payments.get(), provider_reference="dp_1", amount=Decimal(5))

    assert "dp_1" in finance.get(page_of(made)).text
    assert finance.post(page_of(made), {}).status_code == 403


# Who may --------------------------------------------------------------------------------------------------------------
def doors():
    order, refund = overpaid(), failed_refund()
    event = ProviderEvent.objects.create(event_id="evt_1", type="x", payload={}, needs_a_look=True)
    return {
        step(order, "record_payment"): "record_payment",
        step(order, "take_back"): "refund_order",
        step(order, "send_back"): "refund_order",
        step(order, "use_elsewhere"): "refund_order",
        step(order, "ask_card"): "record_payment",
        step(order, "send_again"): "record_payment",
        step(order.payments.get(), "came_back"): "record_payment",
        step(refund, "by_hand"): "refund_order",
        step(event, "seen_to"): "record_payment",
        reverse("admin:billing_order_decide", args=[placed().pk, "cancel"]): "cancel_order",
        reverse("admin:billing_refund_decide", args=[refund.pk, "retry"]): "refund_order",
        reverse("admin:billing_order_document", args=[order.pk, "invoice", order.invoice.pk]): "view_order",
        reverse("admin:billing_aging"): "view_order",
        reverse("admin:billing_aging_file"): "view_order",
        reverse("admin:billing_orders_file"): "view_order",
        reverse("admin:billing_ledger"): "see_reports",
        reverse("admin:billing_ledger_entries"): "see_reports",
        reverse("admin:billing_ledger_report"): "see_reports",
        reverse("admin:billing_customer_statement", args=[order.customer_id]): "view_customer",
        reverse("admin:billing_letterhead_sample"): "view_letterhead",
    }


def test_each_door_has_its_right(finance):
    """Without the one right that a page names it is refused, with all the others held."""
    found = doors()
    before = (Entry.objects.count(), Refund.objects.count())
    group = finance.user.groups.get()
    for address, right in found.items():
        held = list(group.permissions.all())
        group.permissions.remove(*[one for one in held if one.codename == right or one.codename == "change_letterhead"
                                   or (right == "view_customer" and one.codename == "change_customer")])  # fmt: skip
        assert finance.post(address).status_code == 403, address
        if "seen-to" not in address:
            assert finance.get(address).status_code == 403, address
        group.permissions.set(held)
    assert (Entry.objects.count(), Refund.objects.count()) == before


@pytest.mark.parametrize("role", [roles.CONTENT_EDITOR, roles.CAREERS_STAFF, roles.MEMBERSHIP_STAFF])
def test_other_staff_have_no_business_here(role):
    other = staff_client(role)
    for address in doors():
        assert other.post(address).status_code == 403, address
    for model in (Order, Customer, Coupon, Payment, Refund, Entry, Letterhead):
        assert other.get(f"/admin/billing/{model._meta.model_name}/").status_code == 403


def test_nothing_that_was_booked_is_added_changed_or_deleted(finance):
    order = paid()
    boss = staff_client()
    for row in (order, order.payments.get(), Entry.objects.first()):
        name = row._meta.model_name
        for client in (finance, boss):
            assert client.get(f"/admin/billing/{name}/add/").status_code == 403
            assert client.get(f"/admin/billing/{name}/{row.pk}/delete/").status_code == 403
        if row is not order:
            assert boss.post(f"/admin/billing/{name}/{row.pk}/change/", {}).status_code == 403


def test_a_missing_row_is_missing(finance):
    for address in (
        "/admin/billing/order/999999/record-payment/",
        "/admin/billing/payment/999999/came-back/",
        "/admin/billing/refund/999999/by-hand/",
        "/admin/billing/customer/999999/statement/",
        "/admin/billing/order/999999/ask-card/",
        "/admin/billing/order/999999/papers/invoice/1/",
    ):
        assert finance.get(address).status_code == 404, address


@pytest.mark.parametrize(
    "query",
    [
        "status__exact=%00", "pay_by__exact=%00", "status__exact=%00&q=x", "placed_at__year=99999999999999999999",
    ],
)  # fmt: skip
def test_a_filter_that_cannot_be_shows_the_whole_list(finance, query):
    answer = finance.get(f"/admin/billing/order/?{query}")
    assert answer.status_code == 302
    assert finance.get(answer["Location"], follow=True).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/admin/billing/payment/?method__exact=%00", "/admin/billing/payment/?received_on__year=99999999999999999999",
        "/admin/billing/refund/?status__exact=%00", "/admin/billing/entry/?booked_on__year=99999999999999999999",
        "/admin/billing/entry/?currency=%00", "/admin/billing/coupon/?kind__exact=%00",
        "/admin/billing/providerevent/?type=%00", "/admin/billing/order/orders.csv?status__exact=%00",
    ],
)  # fmt: skip
def test_no_address_of_a_list_is_an_error(finance, address):
    assert finance.get(address, follow=True).status_code == 200


@pytest.mark.parametrize("reason", ["👩‍⚕️ 中文", "Σφάλμα 🙂"])
def test_a_reason_that_no_credit_note_can_print_is_asked_about(finance, reason):
    order = placed()
    response = finance.post(reverse("admin:billing_order_decide", args=[order.pk, "cancel"]), {"reason": reason})
    assert (response.status_code, "Credit notes print Latin, Greek and Cyrillic letters." in response.text) == (
        422,
        True,
    )
    assert fresh(order).is_unpaid


def test_what_has_changed_since_is_not_decided(finance):
    order = placed()
    address = reverse("admin:billing_order_decide", args=[order.pk, "cancel"])
    seen_then = seen(finance, address)
    payment(order)
    payments.return_payment_unpaid(Payment.objects.get(), by=None, reason="No funds.")
    response = finance.post(address, {"reason": "Asked for.", "seen": seen_then})
    assert (response.status_code, "It has changed since you opened this page." in response.text) == (422, True)
    assert seen(finance, address) != seen_then


def test_money_does_not_go_back_before_it_came(finance):
    with time_machine.travel(timezone.localtime().replace(hour=12) - timedelta(days=9)):
        order = placed()
    payment(order, "300.00", on=today() - timedelta(days=2))
    address = step(order, "send_back")
    early = press(finance, address, method="check", refunded_on=today() - timedelta(days=3), reason="x", reference="9")
    assert "so it cannot have gone back before. Check the day." in errors(early)[0]
    assert press(
        finance, address, method="check", refunded_on=today() - timedelta(days=2), reason="x", reference="9"
    ).status_code == 302  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({}, "Can be used"), ({"is_active": False}, "Switched off"), ({"most_uses": 0}, "Used up"),
        ({"ends_on": "2020-01-01"}, "Ended"), ({"starts_on": "2999-01-01"}, "Not yet"),
    ],
)  # fmt: skip
def test_the_list_of_coupons_says_which_can_be_used(finance, fields, word):
    make_coupon("SPRING", **fields)
    assert f">{word}</span>" in finance.get("/admin/billing/coupon/").text
