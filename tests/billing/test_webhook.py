"""What the card provider tells: believed for its signature, kept once, booked only when it fits."""

import json
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from aapm_site.billing.domain import payments
from aapm_site.billing.gateways import card
from aapm_site.billing.models import CardSession, Entry, Order, Payment, ProviderEvent, Refund
from aapm_site.billing.webhooks import dispatch, store
from aapm_site.mail.models import OutgoingEmail
from tests.billing import provider as at_provider
from tests.racing import at_once

from .factories import fresh, placed
from .shop import make_customer

pytestmark = pytest.mark.django_db
provider = at_provider.provider
ADDRESS = "/webhooks/stripe/"
DONE = "checkout.session.completed"


def tell(message: tuple[bytes, str], client: Client | None = None):
    body, signature = message
    headers = {"stripe-signature": signature} if signature else {}
    return (client or Client(enforce_csrf_checks=True)).post(
        ADDRESS, body, content_type="application/json", headers=headers
    )


def books() -> tuple[int, int, int]:
    """Payments, entries of the ledger, letters."""
    return Payment.objects.count(), Entry.objects.count(), OutgoingEmail.objects.count()


@pytest.fixture
def session(shop, client, provider) -> CardSession:
    """The card page of an order over $222.75, opened from the mail's link."""
    order = placed(pay_by="card")
    assert client.post(f"/pay/{order.pay_token}/").status_code == 303
    return CardSession.objects.get()


@pytest.fixture
def paid_there(session, provider) -> CardSession:
    """The same, paid at the provider, of which nothing was told yet."""
    provider.pay(session.session_id)
    return session


def test_a_payment_is_booked(paid_there, provider):
    response = tell(provider.event(DONE, paid_there.session_id))
    payment = Payment.objects.get()
    assert (response.status_code, response.content.decode()) == (200, f"Order {paid_there.order}: paid.")
    assert (payment.amount, payment.method, payment.order) == (Decimal("222.75"), "card", paid_there.order)
    assert fresh(paid_there.order).status == "paid"


# What is not believed ------------------------------------------------------------------------------------------------
def test_nothing_is_believed_without_the_signature(paid_there, provider):
    before = books()
    body, signature = provider.event(DONE, paid_there.session_id)
    at = int(signature.partition(",")[0].removeprefix("t="))
    wrong = [
        (body, ""),
        (body, "nonsense"),
        (body, f"t={at},v1={'0' * 64}"),
        provider.event(DONE, paid_there.session_id, secret="whsec_of_somebody_else"),
        provider.event(DONE, paid_there.session_id, at=at - card.TOLERANCE - 60),
        (body.replace(b"22275", b"00001"), signature),
        (b"", signature),
    ]
    assert [tell(message).status_code for message in wrong] == [400] * 7
    assert (books(), ProviderEvent.objects.count()) == (before, 0)
    assert tell((body, signature)).status_code == 200


@pytest.mark.parametrize("body", [b"[]", b"null", b"{}", b"\xff\xfe", b"not json", b'{"id": 7}'])
def test_signed_nonsense_is_no_message(session, body):
    signature = at_provider.signing.signature(body, at_provider.WEBHOOK_SECRET)
    assert tell((body, signature)).status_code == 400
    assert ProviderEvent.objects.count() == 0


def test_more_than_any_message_is_not_read(session):
    assert tell((b"x" * (256 * 1024 + 1), "t=1,v1=0")).status_code == 413


@pytest.mark.parametrize("length", ["abc", "-1", "²"])
def test_a_length_that_is_no_number_is_no_message(paid_there, provider, length):
    body, signature = provider.event(DONE, paid_there.session_id)
    response = Client().post(
        ADDRESS, body, content_type="application/json", headers={"stripe-signature": signature}, CONTENT_LENGTH=length
    )
    assert (response.status_code, ProviderEvent.objects.count()) == (400, 0)


def test_looking_is_not_telling(session, client):
    assert client.get(ADDRESS).status_code == 405


def test_without_card_payments_there_is_nobody_to_tell(paid_there, provider, settings):
    message = provider.event(DONE, paid_there.session_id)
    settings.CARD_PAYMENTS = False
    assert tell(message).status_code == 404


# What does not fit ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "changes",
    [
        {"amount_total": 1},
        {"amount_total": 22276},
        {"currency": "jpy"},
        {"client_reference_id": "another-order"},
        {"client_reference_id": None},
        {"id": "cs_test_of_nobody", "client_reference_id": "another-order"},
        {"object": "something"},
        {"object": ["checkout.session"]},
        {"amount_total": "NaN"},
        {"amount_total": 10**40},
        {"amount_total": float("inf")},
        {"currency": ["usd"]},
        {"payment_intent": ["pi_1"]},
        {"payment_intent": "pi_\x00"},
        {"payment_status": {"paid": True}},
        {"livemode": None},
        {"url": 5},
    ],
)
def test_what_does_not_fit_is_kept_for_a_look_and_not_booked(paid_there, provider, changes):
    response = tell(provider.event(DONE, paid_there.session_id, **changes))
    row = ProviderEvent.objects.get()
    assert (response.status_code, row.needs_a_look, Payment.objects.count()) == (200, True, 0)
    assert fresh(paid_there.order).status == "awaiting_payment"
    assert OutgoingEmail.objects.filter(kind="billing.staff_look").count() == 1


@pytest.mark.parametrize("kind", ["refund.created", "charge.dispute.closed"])
@pytest.mark.parametrize(
    "changes",
    [
        {"id": ["a"]},
        {"id": "x" * 400},
        {"amount": "1E400"},
        {"amount": True},
        {"amount": -5},
        {"currency": "u\x00d"},
        {"status": {"lost": True}},
        {"payment_intent": {"id": "pi_1"}},
    ],
)
def test_a_return_of_another_shape_is_kept_for_a_look_and_not_booked(paid_there, provider, kind, changes):
    tell(provider.event(DONE, paid_there.session_id))
    number = (
        provider.refund_by_hand(paid_there.session_id, 5000)
        if kind == "refund.created"
        else provider.dispute(paid_there.session_id, status="lost")
    )
    response = tell(provider.event(kind, number, **changes))
    row = ProviderEvent.objects.get(type=kind)
    assert (response.status_code, row.needs_a_look, Refund.objects.count()) == (200, True, 0)


@pytest.mark.parametrize("metadata", [{"refund": ["x"]}, {"refund": "\x00"}, [1], "x"])
def test_a_refund_with_odd_notes_is_kept_for_a_look(paid_there, provider, metadata):
    tell(provider.event(DONE, paid_there.session_id))
    tell(provider.event("refund.created", provider.refund_by_hand(paid_there.session_id, 5000), metadata=metadata))
    assert (ProviderEvent.objects.get(type="refund.created").needs_a_look, Refund.objects.count()) == (True, 0)


def test_what_the_database_cannot_hold_is_left_out_of_what_is_kept(paid_there, provider):
    parts = {"extra": ["a\x00b", "\ud800", float("inf")]}
    tell(provider.event(DONE, paid_there.session_id, event_parts=parts))
    assert ProviderEvent.objects.get().payload["extra"] == ["a\ufffdb", "\ufffd", None]
    assert fresh(paid_there.order).status == "paid"


def test_a_message_of_the_future_is_booked_today(paid_there, provider):
    tell(provider.event(DONE, paid_there.session_id, event_parts={"created": 253_402_300_799}))
    assert Payment.objects.get().received_on == timezone.localdate()


def test_an_order_named_in_a_message_of_another_page_is_not_paid(paid_there, provider, client, shop):
    other = placed(pay_by="card")
    tell(provider.event(DONE, paid_there.session_id, client_reference_id=other.public_id))
    assert {fresh(paid_there.order).status, fresh(other).status} == {"awaiting_payment"}


def test_a_payment_that_is_booked_for_another_order_is_kept_for_a_look(paid_there, provider):
    message = provider.event(DONE, paid_there.session_id)
    reference = json.loads(message[0])["data"]["object"]["payment_intent"]
    other = placed()
    payments.confirm_card_payment(
        other, amount=other.invoice.total, currency="USD", provider_reference=reference, on=timezone.localdate()
    )
    response = tell(message)
    row = ProviderEvent.objects.get()
    assert (response.status_code, row.needs_a_look, fresh(paid_there.order).status) == (200, True, "awaiting_payment")
    assert f"The card payment {reference} is booked for order {other} already." in row.outcome
    assert (Payment.objects.get().order, fresh(other).status) == (other, "paid")


def test_test_money_buys_nothing_on_the_live_site(paid_there, provider):
    tell(provider.event(DONE, paid_there.session_id, event_parts={"livemode": True}))
    assert (Payment.objects.count(), ProviderEvent.objects.get().needs_a_look) == (0, True)


def test_a_type_that_nobody_knows_is_kept_and_does_nothing(session, provider):
    before = books()
    response = tell(provider.event("checkout.session.danced", session.session_id))
    row = ProviderEvent.objects.get()
    assert (response.status_code, row.outcome, row.needs_a_look) == (200, "Not for us.", False)
    assert books() == before


def test_complete_but_not_paid_waits_for_the_bank(session, provider):
    provider.pay_later(session.session_id)
    tell(provider.event(DONE, session.session_id))
    assert (Payment.objects.count(), CardSession.objects.get().state) == (0, "pending")
    provider.settle(session.session_id)
    tell(provider.event("checkout.session.async_payment_succeeded", session.session_id))
    assert fresh(session.order).status == "paid"


# Twice, and out of order ---------------------------------------------------------------------------------------------
def test_a_repeat_does_nothing(paid_there, provider):
    message = provider.event(DONE, paid_there.session_id)
    tell(message)
    after = books()
    assert [tell(message).content.decode() for _ in range(3)] == ["Known already."] * 3
    again = provider.event(DONE, paid_there.session_id)  # a new message about the same
    assert tell(again).status_code == 200
    assert (books(), ProviderEvent.objects.count()) == (after, 2)


def test_a_refund_told_before_its_payment(paid_there, provider):
    refund = provider.refund_by_hand(paid_there.session_id, 22275)
    early = tell(provider.event("refund.created", refund))
    assert (early.status_code, early.content.decode(), books()[0]) == (200, store.WAITS, 0)
    tell(provider.event(DONE, paid_there.session_id))
    assert (Payment.objects.count(), Refund.objects.get().amount) == (1, Decimal("222.75"))
    assert fresh(paid_there.order).status == "awaiting_payment"
    assert Order.objects.with_owed().get().owed == Decimal("222.75")


@pytest.mark.django_db(transaction=True)
def test_fifty_copies_at_once_are_one_payment(paid_there, provider):
    message = provider.event(DONE, paid_there.session_id)
    answers = at_once(*[lambda: tell(message)] * 50)
    assert {answer.status_code for answer in answers} == {200}
    assert sorted(answer.content.decode() for answer in answers) == ["Known already."] * 49 + [
        f"Order {paid_there.order}: paid."
    ]
    assert (Payment.objects.count(), ProviderEvent.objects.count()) == (1, 1)
    assert OutgoingEmail.objects.filter(kind="billing.paid").count() == 1


@pytest.mark.django_db(transaction=True)
def test_looked_up_before_it_is_kept_a_message_would_race(paid_there, provider, monkeypatch):
    """The control: of copies that only look whether they are known, several go on, and fail at the number."""

    def check_then_write(event):
        if ProviderEvent.objects.filter(event_id=event.id).exists():
            return "Known already."
        with transaction.atomic():
            handled = dispatch.HANDLERS[event.type](event)
            ProviderEvent.objects.create(event_id=event.id, type=event.type, payload=event.raw)
        return handled

    monkeypatch.setattr(dispatch, "receive_message", check_then_write)
    message = provider.event(DONE, paid_there.session_id)
    answers = at_once(*[lambda: tell(message)] * 10)
    raced = [answer for answer in answers if isinstance(answer, IntegrityError) or b"paid." in answer.content]
    assert len(raced) > 1


# Figures -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("lines", [1, 3])
@pytest.mark.parametrize("before", [0, 4])  # with six letters the day's share of the address is used up
def test_a_payment_takes_as_many_queries_whatever_was_bought(
    shop, client, provider, lines, before, django_assert_num_queries
):
    customer = make_customer()
    wanted = [("shop:three", 1), ("shop:posting", 1), ("shop:taxed", 1)][:lines]
    for _ in range(before):
        placed(customer)
    order = placed(customer, wanted=wanted, pay_by="card")
    client.post(f"/pay/{order.pay_token}/")
    session = CardSession.objects.get()
    provider.pay(session.session_id)
    message = provider.event(DONE, session.session_id)
    visitor = Client()
    # Two begin and end the savepoint around the payment, one looks at the letter's address and counts the letter.
    with django_assert_num_queries(19):
        assert tell(message, visitor).status_code == 200
    assert json.loads(message[0])["id"] == ProviderEvent.objects.get().event_id


def test_a_repeat_costs_little(paid_there, provider, django_assert_num_queries):
    message = provider.event(DONE, paid_there.session_id)
    tell(message)
    visitor = Client()
    with django_assert_num_queries(8):
        tell(message, visitor)
