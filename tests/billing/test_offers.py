"""Offers: no debt until the money comes. Paid by card, the invoice is issued then; unpaid, they end by themselves."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from aapm_site.billing import registry
from aapm_site.billing.domain import checkout_sessions, ledger, offers, orders, payments, reconciliation, reminders
from aapm_site.billing.domain.pricing import CouponRefused, Wanted, quote_order
from aapm_site.billing.gateways import card
from aapm_site.billing.models import CardSession, Counter, CreditNote, Entry, Invoice, Order
from aapm_site.billing.privacy import export
from aapm_site.billing.webhooks import dispatch
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.models import OutgoingEmail
from tests.billing import provider as at_provider
from tests.membership.factories import make_user
from tests.racing import at_once

from .factories import payment
from .shop import make_coupon, make_customer, make_letterhead, place

pytestmark = pytest.mark.django_db
provider = at_provider.provider
DAYS = 60


def until(days: int = DAYS):
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def dues(shop) -> str:
    return shop.sell("dues", "480.00", title="Dues", offered_until=until())


def offered(dues: str, *, pay_by: str = "card", **more) -> Order:
    order = place((dues, 1), pay_by=pay_by, **more)
    return again(order)


def again(order: Order) -> Order:
    return Order.everything.with_owed().select_related("customer").get(pk=order.pk)


def pays(order: Order, reference: str = "pi_1") -> None:
    payments.confirm_card_payment(
        order, amount=Decimal("480.00"), currency="USD", provider_reference=reference, on=timezone.localdate()
    )


def letters() -> list[str]:
    return list(OutgoingEmail.objects.order_by("pk").values_list("template", flat=True))


def test_an_offer_has_no_invoice_no_number_and_no_entry_and_stands_in_no_list(dues):
    order = offered(dues)

    assert (order.status, order.offered_until, str(order)) == ("offered", until(), f"offer {order.public_id}")
    assert (Invoice.objects.count(), Entry.objects.count(), Counter.objects.count()) == (0, 0, 0)
    assert (Order.objects.count(), Order.objects.unpaid().count()) == (0, 0)
    assert letters() == []
    assert list(reconciliation.find_faults()) == []


def test_the_payment_makes_it_an_order_with_an_invoice_and_gives_what_was_bought(dues, shop):
    make_letterhead()
    order = offered(dues)

    pays(order)

    paid = Order.objects.get(pk=order.pk)
    assert (paid.status, paid.invoice.total, ledger.amount_owed(paid)) == ("paid", Decimal("480.00"), 0)
    assert paid.invoice.number.endswith("-00001")
    assert shop.paid == [paid.invoice.number]
    assert letters() == ["billing/paid"]
    assert list(reconciliation.find_faults()) == []


def test_what_comes_for_an_offer_whose_address_is_erased_is_booked_without_a_letter(dues, shop):
    order = offered(dues)
    type(order.customer).objects.update(bill_email="")

    pays(order)

    assert (Order.objects.get().status, letters()) == ("paid", [])


def test_a_coupon_is_shown_to_whoever_orders_anew_beside_their_own_offer_and_is_not_used_twice(dues):
    customer, code = make_customer(), make_coupon(most_per_customer=1).code
    offered(dues, customer=customer, code=code)
    on, wanted = timezone.localdate(), [Wanted(dues, 1)]

    assert quote_order(customer, wanted, user=None, on=on, code=code).total.amount == Decimal("432.00")
    with pytest.raises(CouponRefused, match="as often as it can be"):
        place((dues, 1), customer=customer, code=code)


def test_the_same_payment_told_twice_is_booked_once(dues, shop):
    order = offered(dues)

    pays(order)
    pays(order)

    assert (Invoice.objects.count(), len(shop.paid), Order.objects.get().payments.count()) == (1, 1, 1)


def test_a_payment_that_comes_after_the_end_counts_all_the_same(dues, shop):
    order = offered(dues)
    offers.end_offer(order, by=None)

    pays(order)

    assert (Order.objects.get().status, len(shop.paid)) == ("paid", 1)


def test_paid_by_two_cards_keeps_the_second_for_the_customer(dues, shop):
    order = offered(dues)

    pays(order)
    pays(order, "pi_2")

    assert (ledger.amount_owed(order), len(shop.paid)) == (Decimal("-480.00"), 1)


def test_the_card_page_is_over_what_it_comes_to_and_its_message_pays_it(dues, shop, provider):
    order = offered(dues)
    checkout_sessions.start_session(order, email="member@example.org")
    session = order.card_sessions.get()
    assert session.amount == Decimal("480.00")

    provider.pay(session.session_id)
    dispatch.receive_message(card.read_event(*provider.event("checkout.session.completed", session.session_id)))

    assert (Order.objects.get().status, len(shop.paid)) == ("paid", 1)


def test_a_bank_that_does_not_pay_is_told_to_who_ordered(dues, provider):
    buyer = make_user()
    order = offered(dues, by=buyer)
    checkout_sessions.start_session(order, email="")
    session = order.card_sessions.get()
    provider.pay_later(session.session_id)
    dispatch.receive_message(card.read_event(*provider.event("checkout.session.completed", session.session_id)))
    with pytest.raises(NotAllowed, match="The bank is at work"):
        offers.end_offer(order, by=None)

    provider.fail(session.session_id)
    dispatch.receive_message(
        card.read_event(*provider.event("checkout.session.async_payment_failed", session.session_id))
    )

    assert (CardSession.objects.get().state, again(order).status) == ("ended", "offered")
    letter = OutgoingEmail.objects.get()
    assert (letter.to, letter.template) == (buyer.email, "billing/offer_failed")
    assert order.get_absolute_url() in letter.text


# By invoice -----------------------------------------------------------------------------------------------------------
def test_who_needs_an_invoice_gets_one_that_is_due_on_the_last_day_and_is_never_reminded_of(dues):
    order = offered(dues, pay_by="invoice")
    assert (order.status, order.invoice.due_on, ledger.amount_owed(order)) == ("awaiting_payment", until(), 480)
    assert letters() == ["billing/order_placed"]

    long_after = timezone.now() + timedelta(days=DAYS + 40)
    assert list(reminders.due_reminders(long_after)) == []
    assert list(reminders.abandoned_orders(long_after)) == []
    reminders.send_reminder(f"{order.pk}:7")
    assert letters() == ["billing/order_placed"]


def test_an_offer_with_an_invoice_ends_with_a_credit_note(dues, time_machine):
    make_letterhead()
    order = offered(dues, pay_by="invoice")
    assert list(offers.ended_offers(timezone.now())) == []
    time_machine.move_to(timezone.now() + timedelta(days=DAYS + 1))

    for _ in range(2):
        orders.end_due_offer(str(order.pk))

    assert Order.objects.get().status == "cancelled"
    assert (CreditNote.objects.get().total, ledger.amount_owed(order)) == (Decimal("480.00"), 0)
    assert letters() == ["billing/order_placed", "billing/order_cancelled"]
    assert list(offers.ended_offers(timezone.now())) == []


def test_an_offer_without_an_invoice_ends_without_a_word(dues, time_machine):
    order = offered(dues)
    orders.end_due_offer(str(order.pk))
    assert again(order).status == "offered"
    time_machine.move_to(timezone.now() + timedelta(days=DAYS + 3))
    (row,) = offers.ended_offers(timezone.now())
    assert (row.key, timezone.localdate(row.at)) == (str(order.pk), order.offered_until + timedelta(days=1))

    orders.end_due_offer(row.key)

    assert (again(order).status, letters(), Entry.objects.count()) == ("ended", [], 0)
    for nonsense in ("", "x", "9" * 30, f"{order.pk}:1"):
        orders.end_due_offer(nonsense)


def test_what_was_paid_in_part_does_not_end_by_itself(dues, time_machine):
    order = offered(dues, pay_by="invoice")
    payment(order, "100.00")
    time_machine.move_to(timezone.now() + timedelta(days=DAYS + 3))

    assert list(offers.ended_offers(timezone.now())) == []


def test_the_second_press_of_a_button_finds_the_first_offer(dues):
    customer = make_customer()
    first = offered(dues, customer=customer, checkout_key="the-same-key-00001")

    assert offered(dues, customer=customer, checkout_key="the-same-key-00001").pk == first.pk
    offers.end_offer(first, by=None)
    with pytest.raises(NotAllowed, match="This form was sent before"):
        offered(dues, customer=customer, checkout_key="the-same-key-00001")


def test_what_is_no_offer_is_ordered_as_before(shop):
    order = place(("shop:posting", 1), pay_by="card")

    assert (order.status, order.offered_until, order.invoice.total) == ("awaiting_payment", None, Decimal("99.00"))


@pytest.mark.django_db(transaction=True)
def test_two_messages_of_one_payment_at_once_issue_one_invoice(dues, shop):
    order = offered(dues)

    said = at_once(lambda: pays(order), lambda: pays(order))

    assert said == [None, None]
    assert (Invoice.objects.count(), Order.objects.get().payments.count(), len(shop.paid)) == (1, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_paid_and_ended_at_once_is_paid(dues, shop):
    order = offered(dues)

    at_once(lambda: pays(order), lambda: offers.end_offer(order, by=None))

    assert (Order.objects.get().status, len(shop.paid)) == ("paid", 1)


# The pages ------------------------------------------------------------------------------------------------------------
def test_the_page_of_an_offer_says_that_nothing_is_owed_and_leads_to_the_card(client, dues, settings):
    order = offered(dues)

    page = client.get(f"/pay/{order.pay_token}/").content.decode()
    assert "You owe nothing: without a payment it simply ends." in page
    assert "Pay $480 by card" in page
    assert "Have an invoice sent instead" not in page  # who holds the link only pays
    assert client.get(f"/pay/{order.pay_token}/invoice.pdf").status_code == 404
    assert "Nothing was charged, and nothing is owed." in client.get(f"/pay/{order.pay_token}/done/").content.decode()

    offers.end_offer(order, by=None)
    page = client.get(f"/pay/{order.pay_token}/").content.decode()
    assert "This offer has ended. Nothing is owed." in page
    assert "by card" not in page
    back = client.get(f"/pay/{order.pay_token}/done/").content.decode()  # from a card page that was still open
    assert "If you have paid all the same, it counts" in back


def test_the_buyer_sees_an_offer_and_others_do_not(client, dues):
    buyer = make_user()
    order = offered(dues, customer=orders.personal_customer(buyer), by=buyer)
    address = order.get_absolute_url()

    client.force_login(make_user())
    assert client.get(address).status_code == 404
    assert client.post(f"{address}pay/").status_code == 404
    client.force_login(buyer)
    page = client.get(address).content.decode()
    assert "Have an invoice sent instead" in page
    for paper in ("invoice.pdf", "cancel/"):
        assert client.get(f"{address}{paper}").status_code == 404
    assert order.public_id not in client.get("/account/orders/").content.decode()


def test_the_export_of_a_person_holds_their_offers(dues):
    buyer = make_user()
    offered(dues, customer=orders.personal_customer(buyer), by=buyer)

    (row,) = export(buyer)["orders"]
    assert (row["status"], row["lines"][0]["title"]) == ("On offer", "Dues")


def test_nothing_is_ordered_when_a_room_refuses(shop, dues):
    source = registry.product_sources.get("shop")

    def refuse(customer, by):
        raise NotAllowed("One is enough.")

    registry.product_sources._items["shop"] = replace(source, prepare=refuse)
    with pytest.raises(NotAllowed, match="One is enough"):
        orders.place_order(
            make_customer(), [Wanted(dues)], by=None, pay_by="card", bill_to={}, checkout_key="a-key-of-a-form-1"
        )
    assert not Order.everything.exists()
