"""Card pages: opened once with one question, looked after when the message is lost, closed when the order changed."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from aapm_site.billing.domain import checkout_sessions, credit_notes, ledger, orders, payments, refunds
from aapm_site.billing.gateways import card
from aapm_site.billing.models import CardSession, Order, Payment, ProviderEvent, Refund
from aapm_site.billing.signals import invoice_paid
from aapm_site.billing.webhooks import dispatch, missed, store, waiting
from aapm_site.mail.models import OutgoingEmail
from tests.billing import provider as at_provider

from .factories import fresh, payment, placed
from .shop import make_customer

pytestmark = pytest.mark.django_db
provider = at_provider.provider
DONE = "checkout.session.completed"


def opened(**more) -> CardSession:
    """The card page of a new order over $222.75."""
    order = placed(pay_by="card", **more)
    checkout_sessions.start_session(order, email="")
    return order.card_sessions.get()


def look_later() -> dict[str, int]:
    """The hourly look, an hour from now."""
    return missed.reconcile_sessions(timezone.now() + timedelta(hours=1))


def told(provider, kind: str, number: str, **more) -> str:
    return dispatch.receive_message(card.read_event(*provider.event(kind, number, **more)))


def state_of(session: CardSession) -> str:
    session.refresh_from_db()
    return session.state


def closing_jobs() -> int:
    return ProcrastinateJob.objects.filter(task_name="billing.end_card_pages").count()


def letters(kind: str = "staff_look") -> int:
    return OutgoingEmail.objects.filter(kind=f"billing.{kind}").count()


# Opening --------------------------------------------------------------------------------------------------------------
def test_two_tabs_with_different_addresses_ask_the_same_and_get_one_page(shop, provider, monkeypatch):
    order, real, others = placed(pay_by="card"), card.open_session, []

    def while_another_tab_is_quicker(**asked):
        if not others:
            others.append("")
            others[0] = checkout_sessions.start_session(order, email="buyer@practice.example")
        return real(**asked)

    monkeypatch.setattr(card, "open_session", while_another_tab_is_quicker)
    assert checkout_sessions.start_session(order, email="") == others[0]
    assert [one.state for one in CardSession.objects.all()] == ["open"]


def test_the_address_is_kept_until_the_provider_answers_and_no_longer(shop, provider):
    order = placed(pay_by="card")
    provider.hang_next(after=True)
    with pytest.raises(checkout_sessions.CannotPay, match="does not answer"):
        checkout_sessions.start_session(order, email="buyer@practice.example")
    assert CardSession.objects.get().payer_email == "buyer@practice.example"
    checkout_sessions.start_session(order, email="")
    assert (CardSession.objects.get().state, CardSession.objects.get().payer_email) == ("open", "")


def test_a_refusal_ends_only_what_is_still_being_opened(shop, provider, monkeypatch):
    order = placed(pay_by="card")

    def refused_after_another_tab_has_opened_it(**asked):
        CardSession.objects.update(state="open", session_id="cs_1", url="https://pay.example/")
        raise card.CardRefused("No.")

    monkeypatch.setattr(card, "open_session", refused_after_another_tab_has_opened_it)
    with pytest.raises(checkout_sessions.CannotPay):
        checkout_sessions.start_session(order, email="")
    assert CardSession.objects.get().state == "open"


@pytest.mark.parametrize("amount", ["222.75", "100.00"])
def test_a_check_that_comes_while_the_page_opens_closes_it_again(shop, provider, monkeypatch, amount):
    order, real = placed(pay_by="card"), card.open_session

    def slow(**asked):
        answer = real(**asked)
        payment(order, amount)
        return answer

    monkeypatch.setattr(card, "open_session", slow)
    with pytest.raises(checkout_sessions.CannotPay, match="closed again. Nothing was charged."):
        checkout_sessions.start_session(order, email="")
    assert (CardSession.objects.get().state, closing_jobs()) == ("open", 1)


def test_credit_of_another_order_closes_the_page_and_its_letter_names_all_of_it(shop, provider):
    customer = make_customer()
    old = placed(customer, wanted=(("shop:posting", 1),))
    payment(old, "159.00", reference="1")
    payment(old, "60.00", reference="2")
    session = opened(buyer=customer)
    came = refunds.move_credit(old, session.order, by=None)
    assert (came.amount, fresh(session.order).is_unpaid, closing_jobs()) == (Decimal("120.00"), True, 1)
    assert "$120" in OutgoingEmail.objects.get(kind="billing.credit_used").text
    assert Refund.objects.filter(method="credit").count() == 2
    assert ledger.amount_owed(old) == 0


# The bank is at work --------------------------------------------------------------------------------------------------
def test_a_failure_told_before_the_page_was_complete_is_final(shop, provider):
    session = opened()
    provider.pay_later(session.session_id)
    completed = provider.event(DONE, session.session_id)
    provider.fail(session.session_id)
    told(provider, "checkout.session.async_payment_failed", session.session_id)
    dispatch.receive_message(card.read_event(*completed))
    assert (state_of(session), letters("card_failed")) == ("ended", 1)
    assert checkout_sessions.start_session(session.order, email="") != session.url


def test_a_page_that_has_ended_can_turn_out_to_be_paid(shop, provider):
    session = opened()
    provider.pay(session.session_id)
    CardSession.objects.update(state="ended")
    told(provider, DONE, session.session_id)
    assert (state_of(session), fresh(session.order).status) == ("paid", "paid")


def test_a_failure_whose_message_was_lost_is_found(shop, provider):
    session = opened()
    provider.pay_later(session.session_id)
    told(provider, DONE, session.session_id)
    assert (look_later()["ended"], state_of(session)) == (0, "pending")
    provider.fail(session.session_id)
    assert (look_later()["ended"], state_of(session), letters("card_failed")) == (1, "ended", 1)
    orders.cancel_order(session.order, by=None, reason="Not needed.")


# A wrong key ----------------------------------------------------------------------------------------------------------
def test_an_hour_with_a_wrong_secret_key_ends_no_page(shop, provider, settings):
    session = opened()
    provider.pay(session.session_id)
    settings.STRIPE_SECRET_KEY = "sk_test_wrong"
    assert look_later() == {"asked": 1, "paid": 0, "ended": 0, "unclear": 1}
    assert (state_of(session), letters()) == ("open", 0)
    settings.STRIPE_SECRET_KEY = at_provider.KEY
    assert look_later()["paid"] == 1


def test_staff_can_ask_about_a_page_that_ended_within_a_month(shop, provider):
    session = opened()
    provider.pay(session.session_id)
    CardSession.objects.update(state="ended", expires_at=timezone.now() - timedelta(days=31))
    assert missed.check_sessions_now(session.order) is None
    CardSession.objects.update(expires_at=timezone.now() - timedelta(days=29))
    assert missed.check_sessions_now(session.order) == "paid"
    assert fresh(session.order).status == "paid"


def test_a_page_that_the_provider_does_not_know_is_told_once_and_ends_with_its_time(shop, provider):
    session = opened()
    CardSession.objects.update(session_id="cs_unknown")
    assert [look_later()["unclear"] for _ in range(2)] == [1, 1]
    assert (state_of(session), letters()) == ("open", 1)
    missed.reconcile_sessions(timezone.now() + timedelta(days=1))
    assert (state_of(session), letters()) == ("ended", 1)


def test_a_page_over_another_amount_is_told_and_ended(shop, provider):
    session = opened()
    CardSession.objects.update(amount=Decimal("1.00"))
    assert (look_later()["unclear"], state_of(session), letters()) == (1, "ended", 1)


# The hourly look ------------------------------------------------------------------------------------------------------
def test_a_room_that_fails_stops_neither_the_others_nor_the_next_try(shop, provider):
    first, second = opened(), opened(buyer=make_customer("Another practice"))
    for one in (first, second):
        provider.pay(one.session_id)

    def fails(sender, invoice, **more):
        if invoice.order_id == first.order_id:
            raise RuntimeError("The room has a fault.")

    invoice_paid.connect(fails)
    try:
        assert look_later() == {"asked": 2, "paid": 1, "ended": 0, "unclear": 1}
        assert look_later() == {"asked": 1, "paid": 0, "ended": 0, "unclear": 1}
        assert missed.check_sessions_now(first.order) == missed.TROUBLE
    finally:
        invoice_paid.disconnect(fails)
    assert (state_of(first), fresh(first.order).status, Payment.objects.count(), letters()) == (
        "open", "awaiting_payment", 1, 1,
    )  # fmt: skip
    assert look_later()["paid"] == 1
    first.refresh_from_db()
    assert (first.state, first.trouble) == ("paid", "")


def test_who_was_never_asked_about_comes_first(shop, provider):
    asked, new = opened(), opened(buyer=make_customer("Another practice"))
    CardSession.objects.filter(pk=asked.pk).update(checked_at=timezone.now())
    provider.pay(new.session_id)
    assert missed.reconcile_sessions(timezone.now() + timedelta(hours=1), limit=1)["paid"] == 1


def test_a_refund_told_first_is_booked_when_its_payment_is_found(shop, provider):
    session = opened()
    provider.pay(session.session_id)
    number = provider.refund_by_hand(session.session_id, 22275)
    assert told(provider, "refund.created", number) == store.WAITS
    assert look_later()["paid"] == 1
    assert (Refund.objects.get().amount, fresh(session.order).status) == (Decimal("222.75"), "awaiting_payment")
    assert ProviderEvent.objects.get().handled_at is not None


@pytest.mark.parametrize("payload", [{}, {"id": "evt_1"}, []])
def test_an_odd_message_that_waits_does_not_keep_a_payment_from_being_booked(shop, provider, payload):
    session = opened()
    provider.pay(session.session_id)
    reference = provider.session(session.session_id)["payment_intent"]
    row = ProviderEvent.objects.create(
        event_id="evt_1", type="refund.created", payment_reference=reference, payload=payload, outcome=store.WAITS
    )
    told(provider, DONE, session.session_id)
    row.refresh_from_db()
    assert (fresh(session.order).status, row.needs_a_look, letters()) == ("paid", True, 1)


def test_a_message_that_began_to_wait_in_the_moment_of_its_payment_is_handled(shop, provider, monkeypatch):
    session = opened()
    provider.pay(session.session_id)
    number, real = provider.refund_by_hand(session.session_id, 22275), payments.find_card_payment
    looked = []

    def too_early(reference):
        """The first look sees no payment; then it is booked."""
        found = real(reference)
        if not looked:
            looked.append(reference)
            told(provider, DONE, session.session_id)
        return found

    monkeypatch.setattr(payments, "find_card_payment", too_early)
    told(provider, "refund.created", number)
    assert Refund.objects.get().amount == Decimal("222.75")


def test_what_still_waits_is_handled_before_it_is_given_up(shop, provider):
    session = opened()
    provider.pay(session.session_id)
    told(provider, DONE, session.session_id)
    number = provider.refund_by_hand(session.session_id, 22275)
    event = card.read_event(*provider.event("refund.created", number))
    for name, reference in (("evt_1", card.payment_of(event)), ("evt_2", "pi_of_nobody")):
        ProviderEvent.objects.create(
            event_id=name, type=event.type, payment_reference=reference, payload=event.raw, outcome=store.WAITS
        )
    assert waiting.give_up_waiting(timezone.now() + timedelta(days=4)) == 1
    assert Refund.objects.get().provider_reference == number
    assert Order.objects.get().status == "awaiting_payment"


def test_an_allowance_closes_the_page_that_is_over_more(shop, provider):
    session = opened()
    credit_notes.issue_credit_note(session.order, by=None, reason="The picture was late.", allowance=Decimal("50.00"))
    assert (ledger.amount_owed(session.order), closing_jobs()) == (Decimal("172.75"), 1)
