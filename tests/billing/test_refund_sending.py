"""Money back to the card: asked of the provider by the worker, once whatever it answers or does not answer."""

import threading
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from aapm_site.billing.domain import (
    checkout_sessions,
    credit_notes,
    ledger,
    notifications,
    payments,
    reconciliation,
    refunds,
)
from aapm_site.billing.gateways import card
from aapm_site.billing.models import CardSession, Order, ProviderEvent, Refund
from aapm_site.billing.states import RefundStatus
from aapm_site.billing.webhooks import checkout, dispatch
from aapm_site.billing.webhooks import refunds as refund_messages
from aapm_site.mail.models import OutgoingEmail
from tests import factories, racing
from tests.billing import provider as at_provider

from .shop import place

pytestmark = pytest.mark.django_db
provider = at_provider.provider


@pytest.fixture
def refund(shop, provider) -> Refund:
    """One of two postings that were paid by card is to go back."""
    order = place(("shop:posting", 2), pay_by="card")
    checkout_sessions.start_session(order, email="")
    session = CardSession.objects.get()
    provider.pay(session.session_id)
    checkout.settle_session(session, card.look_up(session.session_id), at=timezone.now())
    credit_notes.issue_credit_note(order, by=factories.staff_user(), reason="One.", pieces={order.lines.get().pk: 1})
    [made] = refunds.refund_rest_of_order(order, by=factories.staff_user(), reason="One.", method="card")
    return made


def sent_back(provider, refund: Refund) -> int:
    """What the provider has sent back in all, in cents."""
    return provider.protocol.store.get(f"payment_intent:{refund.payment.provider_reference}")["refunded"]


def again(refund: Refund) -> Refund:
    refunds.send_refund(refund=refund.pk)
    refund.refresh_from_db()
    return refund


def test_the_worker_sends_it_once(refund, provider):
    assert ProcrastinateJob.objects.filter(task_name="billing.send_refund").count() == 1
    assert (refund.status, ledger.amount_owed(refund.payment.order)) == ("requested", Decimal("-99.00"))
    done = again(refund)
    assert (done.status, done.provider_reference[:3], done.refunded_on) == ("done", "re_", timezone.localdate())
    assert ledger.amount_owed(refund.payment.order) == 0
    again(refund)
    assert sent_back(provider, refund) == 9900


@pytest.mark.parametrize("after", [True, False])
def test_an_answer_that_never_came_is_asked_for_again_with_the_same_key(refund, provider, after):
    """The provider hangs up before or after it sent the money: it goes back once."""
    provider.hang_next(after=after)
    with pytest.raises(card.Unavailable):
        again(refund)
    refund.refresh_from_db()
    assert (refund.status, ledger.amount_owed(refund.payment.order)) == ("requested", Decimal("-99.00"))
    assert again(refund).status == RefundStatus.DONE
    assert sent_back(provider, refund) == 9900


def test_a_refusal_is_shown_to_staff_and_can_be_tried_again(refund, provider):
    provider.fail_next(400)
    assert again(refund).status == RefundStatus.FAILED
    assert OutgoingEmail.objects.filter(kind="billing.staff_look", subject="A refund of $99 failed").count() == 1
    refunds.retry_refund(refund, by=factories.staff_user())
    assert again(refund).status == RefundStatus.DONE
    assert sent_back(provider, refund) == 9900


def waiting_jobs() -> int:
    return ProcrastinateJob.objects.filter(task_name="billing.send_refund").count()


def letters() -> int:
    return OutgoingEmail.objects.filter(kind="billing.staff_look", subject="A refund of $99 failed").count()


def test_what_got_no_answer_is_asked_for_every_hour_and_handed_to_staff_after_a_day(refund):
    ProcrastinateJob.objects.all().delete()
    now = timezone.now()
    assert refunds.chase_refunds(now) == 0
    assert refunds.chase_refunds(now + timedelta(hours=2)) == 1
    assert waiting_jobs() == 1
    assert refunds.chase_refunds(now + timedelta(hours=21)) == 1
    refund.refresh_from_db()
    assert (refund.status, refund.failure, letters()) == ("failed", refunds.UNANSWERED, 1)
    assert refunds.chase_refunds(now + timedelta(hours=22)) == 0


def test_a_second_try_has_a_day_of_its_own(refund):
    Refund.objects.update(requested_at=timezone.now() - timedelta(days=9))
    refunds.retry_refund(refunds.fail_refund(refund, why="No."), by=factories.staff_user())
    now = timezone.now()
    assert refunds.chase_refunds(now + timedelta(minutes=50)) == 0
    assert refunds.chase_refunds(now + timedelta(hours=2)) == 1
    refund.refresh_from_db()
    assert refund.status == RefundStatus.REQUESTED
    assert refunds.chase_refunds(now + timedelta(hours=21)) == 1
    refund.refresh_from_db()
    assert refund.status == RefundStatus.FAILED


def test_a_worker_that_comes_after_a_day_asks_nobody_with_the_old_key(refund, provider):
    Refund.objects.update(requested_at=timezone.now() - timedelta(hours=21))
    assert (again(refund).status, sent_back(provider, refund)) == ("failed", 0)


def test_a_wrong_secret_key_fails_no_refund(refund, provider, settings):
    settings.STRIPE_SECRET_KEY = "sk_test_wrong"
    with pytest.raises(card.Misconfigured):
        again(refund)
    refund.refresh_from_db()
    assert refund.status == RefundStatus.REQUESTED


# Through a bank -------------------------------------------------------------------------------------------------------
def told(provider, kind: str, refund_id: str, **more) -> str:
    return dispatch.receive_message(card.read_event(*provider.event(kind, refund_id, **more)))


@pytest.fixture
def at_the_bank(shop, provider) -> Refund:
    """A refund of a bank debit: the bank takes its time."""
    order = place(("shop:posting", 2), pay_by="card")
    checkout_sessions.start_session(order, email="")
    session = CardSession.objects.get()
    provider.pay_later(session.session_id)
    provider.settle(session.session_id)
    checkout.settle_session(session, card.look_up(session.session_id), at=timezone.now())
    credit_notes.issue_credit_note(order, by=factories.staff_user(), reason="One.", pieces={order.lines.get().pk: 1})
    [made] = refunds.refund_rest_of_order(order, by=factories.staff_user(), reason="One.", method="card")
    return again(made)


def test_the_provider_is_asked_how_a_refund_stands_whose_message_was_lost(at_the_bank, provider):
    later = timezone.now() + timedelta(days=3)
    assert (at_the_bank.status, at_the_bank.provider_reference[:3]) == ("requested", "re_")
    assert refunds.chase_refunds(later) == 1
    assert Refund.objects.get().status == RefundStatus.REQUESTED
    provider.hang_next()
    assert refunds.chase_refunds(later) == 1
    provider.finish_refund(at_the_bank.provider_reference)
    assert refunds.chase_refunds(later) == 1
    assert (Refund.objects.get().status, ledger.amount_owed(at_the_bank.payment.order)) == ("done", 0)
    assert refunds.chase_refunds(later) == 0


def test_a_refund_that_the_provider_does_not_know_is_handed_to_staff_until_its_word_comes(at_the_bank, provider):
    real = at_the_bank.provider_reference
    Refund.objects.update(provider_reference="re_unknown")
    refunds.chase_refunds(timezone.now() + timedelta(hours=2))
    assert (Refund.objects.get().status, letters()) == ("failed", 1)
    provider.finish_refund(real)
    told(provider, "refund.updated", real)
    assert (Refund.objects.get().status, Refund.objects.get().provider_reference) == ("done", real)


def test_older_news_does_not_undo_a_failure(at_the_bank, provider):
    number = at_the_bank.provider_reference
    Refund.objects.update(provider_reference="")  # the answer itself was lost
    provider.finish_refund(number, ok=False)
    assert told(provider, "refund.failed", number).endswith(": failed.")
    told(provider, "refund.updated", number, status="succeeded")
    told(provider, "refund.updated", number, status="pending")
    found = Refund.objects.get()
    assert (found.status, found.provider_reference) == ("failed", number)
    assert ledger.amount_owed(found.payment.order) == Decimal("-99.00")


def test_news_of_the_first_try_does_not_touch_the_second(at_the_bank, provider):
    first = at_the_bank.provider_reference
    provider.finish_refund(first, ok=False)
    told(provider, "refund.updated", first)
    refunds.retry_refund(Refund.objects.get(), by=factories.staff_user())
    assert told(provider, "refund.failed", first) == "An earlier try; nothing changes."
    second = again(Refund.objects.get())
    assert (second.status, second.attempt, second.provider_reference != first) == ("requested", 2, True)
    assert told(provider, "refund.failed", first) == "An earlier try; nothing changes."
    provider.finish_refund(second.provider_reference)
    told(provider, "refund.updated", second.provider_reference)
    assert (Refund.objects.get().status, ledger.amount_owed(second.payment.order)) == ("done", 0)


def test_a_first_try_that_was_done_after_all_is_shown_to_staff(at_the_bank, provider):
    first = at_the_bank.provider_reference
    refunds.retry_refund(refunds.give_up_refund(at_the_bank, why=refunds.UNANSWERED), by=factories.staff_user())
    provider.finish_refund(first)
    assert told(provider, "refund.updated", first).endswith("See whether money went back twice.")
    assert Refund.objects.get().status == RefundStatus.REQUESTED


def test_what_ended_in_the_meantime_is_not_handed_to_staff(refund):
    before = Refund.objects.select_related("payment__order").get()
    again(refund)
    assert refunds.give_up_refund(before, why=refunds.UNANSWERED).status == RefundStatus.DONE
    assert letters() == 0


def test_one_refund_that_cannot_be_handled_does_not_stop_the_others(at_the_bank, provider, monkeypatch):
    ProcrastinateJob.objects.all().delete()
    order = place(("shop:posting", 1))
    payments.confirm_card_payment(
        order, amount=Decimal(99), currency="USD", provider_reference="pi_2", on=timezone.localdate()
    )
    line = order.lines.get().pk
    refunds.take_back_and_refund(order, by=None, reason="All.", method="card", pieces={line: 1})
    ProcrastinateJob.objects.all().delete()
    provider.fail_next(400)
    monkeypatch.setattr(notifications, "refund_failed", lambda refund: 1 / 0)
    assert refunds.chase_refunds(timezone.now() + timedelta(hours=2)) == 2
    assert waiting_jobs() == 1
    assert at_the_bank.status == RefundStatus.REQUESTED


# Made elsewhere -------------------------------------------------------------------------------------------------------
def test_a_refund_made_elsewhere_that_fails_leaves_nothing_owed_and_the_order_paid(refund, provider, shop):
    payment = refund.payment
    again(refund)
    body = CardSession.objects.get().session_id
    number = provider.refund_by_hand(body, 9900)
    told(provider, "refund.created", number)
    order = Order.objects.get()
    assert (order.status, ledger.amount_owed(order)) == ("awaiting_payment", Decimal("99.00"))
    paid_before = len(shop.paid)
    provider.finish_refund(number, ok=False)
    told(provider, "refund.failed", number)
    order.refresh_from_db()
    assert (order.status, ledger.amount_owed(order), len(shop.paid)) == ("paid", 0, paid_before + 1)
    assert list(reconciliation.find_faults()) == []
    assert OutgoingEmail.objects.filter(kind="billing.paid", text__contains=payment.number).count() == 2


def test_older_news_of_a_refund_made_elsewhere_is_not_booked(refund, provider):
    number = provider.refund_by_hand(CardSession.objects.get().session_id, 5000)
    provider.finish_refund(number, ok=False)
    told(provider, "refund.failed", number)
    assert told(provider, "refund.updated", number, status="succeeded").endswith("it has failed since.")
    assert Refund.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_messages_at_once_of_a_refund_made_elsewhere_book_it_once(refund, provider, monkeypatch):
    """Each would book it if the refund were looked for before the order is locked."""
    number = provider.refund_by_hand(CardSession.objects.get().session_id, 5000)
    both, real = threading.Barrier(2), refund_messages._book_refund_made_elsewhere

    def slow(*about):
        with suppress(threading.BrokenBarrierError):
            both.wait(timeout=2)
        return real(*about)

    monkeypatch.setattr(refund_messages, "_book_refund_made_elsewhere", slow)
    messages = [provider.event(kind, number) for kind in ("refund.created", "refund.updated")]
    said = racing.at_once(*[lambda one=one: dispatch.receive_message(card.read_event(*one)) for one in messages])
    assert sorted(one.rpartition(" ")[2] for one in said) == ["booked.", "done."]
    assert Refund.objects.exclude(pk=refund.pk).count() == 1
    assert not ProviderEvent.objects.filter(needs_a_look=True).exists()
