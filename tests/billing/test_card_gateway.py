"""The card gateway through the real SDK, against the stand-in behind a port of its own."""

import json
import logging
import time
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from urllib.parse import parse_qs

import pytest

from aapm_site.billing.gateways import card
from aapm_site.billing.standin import signing
from tests.billing import provider as at_provider
from tests.billing.provider import KEY, WEBHOOK_SECRET

provider = at_provider.provider

ORDER = {
    "key": "key-1",
    "reference": "order-1",
    "amount": Decimal("222.75"),
    "currency": "USD",
    "title": "Job posting, 30 days",
    "email": "buyer@example.org",
    "success_url": "https://www.example.org/orders/order-1/?session={CHECKOUT_SESSION_ID}",
    "cancel_url": "https://www.example.org/orders/order-1/",
}


@pytest.fixture
def order():
    return ORDER | {"expires_at": datetime.now(UTC) + timedelta(hours=2)}


def paid(provider, order):
    opened = card.open_session(**order)
    provider.pay(opened.id)
    return card.look_up(opened.id)


# Sessions ------------------------------------------------------------------------------------------------------------
def test_a_session_is_opened_for_exactly_what_is_owed(provider, order):
    opened = card.open_session(**order)

    assert asdict(opened) == {
        "id": opened.id,
        "url": f"{provider.url}/pay/{opened.id}/",
        "state": "open",
        "is_paid": False,
        "amount": Decimal("222.75"),
        "currency": "USD",
        "reference": "order-1",
        "payment_reference": "",
        "livemode": False,
        "is_failed": False,
    }


def test_what_the_provider_is_asked(provider, order):
    card.open_session(**order)

    (asked,) = provider.asked
    assert (asked.method, asked.path, asked.key) == ("POST", "/v1/checkout/sessions", "key-1")
    assert asked.headers["Authorization"] == f"Bearer {KEY}"
    assert asked.headers["Stripe-Version"] == "2026-10-28.endive"
    assert {name: values[0] for name, values in parse_qs(asked.body).items()} == {
        "mode": "payment",
        "client_reference_id": "order-1",
        "metadata[order]": "order-1",
        "payment_intent_data[metadata][order]": "order-1",
        "payment_intent_data[description]": "Job posting, 30 days",
        "line_items[0][quantity]": "1",
        "line_items[0][price_data][currency]": "usd",
        "line_items[0][price_data][unit_amount]": "22275",
        "line_items[0][price_data][product_data][name]": "Job posting, 30 days",
        "adaptive_pricing[enabled]": "false",
        "customer_email": "buyer@example.org",
        "success_url": ORDER["success_url"],
        "cancel_url": ORDER["cancel_url"],
        "expires_at": str(int(order["expires_at"].timestamp())),
    }


def test_the_same_key_gives_the_same_session(provider, order):
    assert card.open_session(**order) == card.open_session(**order)
    assert len(provider.asked) == 2


def test_another_key_gives_another_session(provider, order):
    assert card.open_session(**order).id != card.open_session(**order | {"key": "key-2"}).id


def test_the_same_key_for_another_amount_is_refused(provider, order):
    card.open_session(**order)

    with pytest.raises(card.CardRefused) as refused:
        card.open_session(**order | {"amount": Decimal("222.76")})

    assert str(refused.value) == "The card provider was asked for this once before, with other particulars."


def test_a_paid_session_says_so_and_names_the_payment(provider, order):
    found = paid(provider, order)

    assert (found.state, found.is_paid, found.url) == ("complete", True, "")
    assert found.payment_reference.startswith("pi_")


def test_a_bank_debit_is_complete_but_not_paid_until_it_arrives(provider, order):
    session_id = card.open_session(**order).id

    provider.pay_later(session_id)
    on_its_way = card.look_up(session_id)
    provider.settle(session_id)

    assert (on_its_way.state, on_its_way.is_paid, on_its_way.is_failed) == ("complete", False, False)
    assert card.look_up(session_id).is_paid is True


def test_a_bank_debit_that_fails_is_never_paid(provider, order):
    session_id = card.open_session(**order).id
    provider.pay_later(session_id)

    provider.fail(session_id)

    found = card.look_up(session_id)
    assert (found.state, found.is_paid, found.is_failed) == ("complete", False, True)


def test_a_session_ends_by_the_clock(provider, order):
    session_id = card.open_session(**order).id

    provider.lapse(session_id)

    assert card.look_up(session_id).state == "expired"


def test_an_open_session_can_be_closed_and_closing_again_does_no_harm(provider, order):
    session_id = card.open_session(**order).id

    card.expire(session_id)
    card.expire(session_id)

    assert (card.look_up(session_id).state, card.look_up(session_id).url) == ("expired", "")


def test_closing_leaves_a_paid_session_as_it_is(provider, order):
    session_id = paid(provider, order).id

    card.expire(session_id)

    assert card.look_up(session_id).is_paid is True


def test_a_session_that_is_not_known_is_refused(provider):
    with pytest.raises(card.CardRefused) as refused:
        card.look_up("cs_test_unknown")
    assert str(refused.value) == "The card provider says: No such session: 'cs_test_unknown'"

    with pytest.raises(card.CardRefused):
        card.expire("cs_test_unknown")


def test_the_providers_limits_of_time_and_amount(provider, order):
    soon = datetime.now(UTC) + timedelta(minutes=29)
    late = datetime.now(UTC) + timedelta(hours=25)

    for wrong in ({"expires_at": soon}, {"expires_at": late}, {"amount": Decimal("0.49")}):
        with pytest.raises(card.CardRefused):
            card.open_session(**order | wrong)
    assert card.open_session(**order | {"amount": Decimal("0.50")}).amount == Decimal("0.50")


def test_a_long_title_is_cut_to_what_the_provider_takes(provider, order):
    card.open_session(**order | {"title": "n" * 300, "email": ""})

    sent = parse_qs(provider.asked[0].body)
    assert sent["line_items[0][price_data][product_data][name]"] == ["n" * 250]
    assert "customer_email" not in sent


# Amounts -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("amount", "currency", "units"),
    [
        ("222.75", "USD", 22_275),
        ("0.30", "USD", 30),
        ("0.29", "USD", 29),
        ("1.10", "EUR", 110),
        ("99999999.99", "USD", 9_999_999_999),
        ("1200", "JPY", 1_200),
        ("1200.00", "JPY", 1_200),
        ("1.5", "KWD", 1_500),
        ("5", "ISK", 500),
    ],
)
def test_amounts_go_there_and_back_exactly(amount, currency, units):
    assert card.to_minor(Decimal(amount), currency) == units
    assert card.from_minor(units, currency) == Decimal(amount)
    assert isinstance(card.from_minor(units, currency), Decimal)


def test_every_cent_up_to_a_thousand_dollars_survives():
    cents = range(1, 100_001)

    assert [card.to_minor(card.from_minor(number, "USD"), "USD") for number in cents] == list(cents)


@pytest.mark.parametrize(
    ("amount", "currency"),
    [("0.001", "USD"), ("10.50", "JPY"), ("0", "USD"), ("-5", "USD"), ("NaN", "USD"), ("Infinity", "USD")],
)
def test_what_no_coin_can_pay_is_never_sent(provider, order, amount, currency):
    with pytest.raises(ValueError, match="cannot be paid"):
        card.open_session(**order | {"amount": Decimal(amount), "currency": currency})
    assert provider.asked == []


def test_yen_are_counted_whole(provider, order):
    opened = card.open_session(**order | {"amount": Decimal("1200.00"), "currency": "JPY"})
    provider.pay(opened.id)
    payment = card.look_up(opened.id).payment_reference

    back = card.refund(key="back", payment_reference=payment, amount=Decimal(200), currency="JPY", reference="r-1")

    assert (opened.amount, opened.currency) == (Decimal(1200), "JPY")
    assert (back.amount, back.currency) == (Decimal(200), "JPY")
    assert parse_qs(provider.asked[0].body)["line_items[0][price_data][unit_amount]"] == ["1200"]


# Answers that do not come --------------------------------------------------------------------------------------------
@pytest.mark.parametrize("after", [False, True])
def test_no_answer_leaves_it_open_and_the_same_key_finishes_it_once(provider, order, after):
    provider.hang_next(after=after)

    with pytest.raises(card.Unavailable):
        card.open_session(**order)
    first, second = card.open_session(**order), card.open_session(**order)

    assert first == second
    assert {asked.key for asked in provider.asked} == {"key-1"}
    assert len(provider.asked) == 4  # two tries of the first call, and one of each other


def test_the_sdk_tries_once_again_by_itself_with_the_same_key(provider, order):
    provider.hang_next(after=True, times=1)

    opened = card.open_session(**order)

    assert [asked.key for asked in provider.asked] == ["key-1", "key-1"]
    assert card.look_up(opened.id).state == "open"


def test_a_call_takes_no_longer_than_its_limit(provider, settings):
    settings.STRIPE_TIMEOUT = (5.0, 0.3)
    provider.hang_next(silence=20)
    began = time.monotonic()

    with pytest.raises(card.Unavailable):
        card.look_up("cs_test_any")

    assert time.monotonic() - began < 10


@pytest.mark.parametrize("status", [409, 429, 500])
def test_an_unclear_answer_is_unavailable(provider, order, status):
    provider.fail_next(status)

    with pytest.raises(card.Unavailable) as unclear:
        card.open_session(**order)

    assert str(unclear.value) == "The card provider gives no answer. Please try again in a few minutes."
    assert card.open_session(**order).state == "open"


@pytest.mark.parametrize(
    ("status", "said"), [(402, "Your card was declined."), (400, "Something about this request is wrong.")]
)
def test_a_no_is_refused_with_the_providers_words(provider, order, status, said):
    provider.fail_next(status)

    with pytest.raises(card.CardRefused) as refused:
        card.open_session(**order)

    assert str(refused.value) == f"The card provider says: {said}"
    assert len(provider.asked) == 1


def test_nobody_at_the_port_is_unavailable(provider, order, settings):
    provider.close()

    with pytest.raises(card.Unavailable):
        card.open_session(**order)


def test_a_wrong_key_says_nothing_of_what_was_asked_and_is_not_shown(provider, order, settings):
    settings.STRIPE_SECRET_KEY = "sk_live_hidden"

    with pytest.raises(card.Misconfigured) as wrong:
        card.open_session(**order)

    assert isinstance(wrong.value, card.Unavailable)
    assert str(wrong.value) == "The card provider does not know the secret key: check STRIPE_SECRET_KEY."


def test_neither_secrets_nor_payers_are_logged(provider, order, caplog):
    caplog.set_level(logging.DEBUG)

    paid(provider, order)

    assert "/v1/checkout/sessions" in caplog.text  # so something would have been seen
    assert not [word for word in (KEY, WEBHOOK_SECRET, "buyer@example.org") if word in caplog.text]


# Refunds -------------------------------------------------------------------------------------------------------------
def give_back(found, amount, *, key="back-1", reference="refund-1"):
    return card.refund(
        key=key,
        payment_reference=found.payment_reference,
        amount=Decimal(amount),
        currency="USD",
        reference=reference,
    )


def test_a_part_is_given_back_once_for_each_key(provider, order):
    found = paid(provider, order)

    first, again = give_back(found, "100.25"), give_back(found, "100.25")

    assert first == again
    assert asdict(first) == {
        "id": first.id,
        "state": "done",
        "amount": Decimal("100.25"),
        "currency": "USD",
        "payment_reference": found.payment_reference,
        "reference": "refund-1",
    }
    assert give_back(found, "122.50", key="back-2").amount == Decimal("122.50")


def test_more_than_is_left_is_refused_and_leaves_the_rest(provider, order):
    found = paid(provider, order)
    give_back(found, "100.25")

    with pytest.raises(card.CardRefused) as refused:
        give_back(found, "122.51", key="back-2")

    assert str(refused.value).startswith("The card provider says: Refund amount (12251) is greater")
    assert give_back(found, "122.50", key="back-3").state == "done"
    with pytest.raises(card.CardRefused, match="has already been refunded"):
        give_back(found, "0.01", key="back-4")


def test_what_was_not_paid_cannot_be_given_back(provider, order):
    session_id = card.open_session(**order).id
    provider.pay_later(session_id)

    with pytest.raises(card.CardRefused, match="does not have a successful charge"):
        give_back(card.look_up(session_id), "1")


def test_a_lost_answer_to_a_refund_gives_back_once(provider, order):
    found = paid(provider, order)
    provider.hang_next(after=True)

    with pytest.raises(card.Unavailable):
        give_back(found, "222.75")

    assert give_back(found, "222.75").state == "done"


@pytest.mark.parametrize(("ok", "state"), [(True, "done"), (False, "failed")])
def test_a_refund_to_a_bank_is_pending_first(provider, order, ok, state):
    session_id = card.open_session(**order).id
    provider.pay_later(session_id)
    provider.settle(session_id)

    back = give_back(card.look_up(session_id), "222.75")
    provider.finish_refund(back.id, ok=ok)
    told = card.refund_of(card.read_event(*provider.event("refund.updated", back.id)))

    assert back.state == "pending"
    assert (told.id, told.state, told.reference) == (back.id, state, "refund-1")


def test_a_refund_can_be_looked_up(provider, order):
    back = give_back(paid(provider, order), "100.25")

    assert card.look_up_refund(back.id) == back
    with pytest.raises(card.CardRefused, match="No such refund: 're_unknown'"):
        card.look_up_refund("re_unknown")


# Messages ------------------------------------------------------------------------------------------------------------
def test_a_message_is_read_and_can_be_kept_as_json(provider, order):
    found = paid(provider, order)

    event = card.read_event(
        *provider.event(
            "checkout.session.completed", found.id, event_id="evt_1", event_parts={"created": 1_790_000_000}
        )
    )

    assert (event.id, event.type, event.livemode) == ("evt_1", "checkout.session.completed", False)
    assert event.created_at == datetime(2026, 9, 21, 14, 13, 20, tzinfo=UTC)
    assert card.session_of(event) == found
    assert card.event_of(json.loads(json.dumps(event.raw))) == event
    assert event.raw["data"]["object"]["amount_total"] == 22_275
    assert "." not in json.dumps(event.raw["data"]["object"]["amount_total"])


def test_a_changed_message_shows_what_it_says(provider, order):
    found = paid(provider, order)

    event = card.read_event(
        *provider.event(
            "checkout.session.completed",
            found.id,
            event_parts={"livemode": True},
            amount_total=22_274,
            currency="eur",
        )
    )

    assert event.livemode is True
    assert (card.session_of(event).amount, card.session_of(event).currency) == (Decimal("222.74"), "EUR")


def test_a_refund_made_at_the_provider_has_no_reference_of_ours(provider, order):
    found = paid(provider, order)

    told = card.refund_of(card.read_event(*provider.event("refund.created", provider.refund_by_hand(found.id, 500))))

    assert (told.reference, told.amount, told.state) == ("", Decimal("5.00"), "done")
    assert told.payment_reference == found.payment_reference


@pytest.mark.parametrize(("status", "state"), [("needs_response", "open"), ("won", "won"), ("lost", "lost")])
def test_a_dispute_is_read(provider, order, status, state):
    found = paid(provider, order)
    dispute_id = provider.dispute(found.id, status=status)

    told = card.dispute_of(card.read_event(*provider.event("charge.dispute.created", dispute_id)))

    assert told == card.Disputed(dispute_id, state, Decimal("222.75"), "USD", found.payment_reference)


def test_a_message_about_something_else_is_not_taken_for_a_session(provider, order):
    event = card.read_event(*provider.event("charge.dispute.created", provider.dispute(paid(provider, order).id)))

    with pytest.raises(ValueError, match="is not about a checkout.session"):
        card.session_of(event)
    with pytest.raises(ValueError, match="is not about a refund"):
        card.refund_of(event)


def told_of(provider, order, **changes):
    """A signed message about a paid session, with parts of the session replaced."""
    message = provider.event("checkout.session.completed", paid(provider, order).id, **changes)
    return card.session_of(card.read_event(*message))


@pytest.mark.parametrize("amount", ["22275", 222.75, float("inf"), True, None, -1, 10**40, [1], {}])
def test_an_amount_that_is_no_whole_number_of_cents_is_not_read(provider, order, amount):
    with pytest.raises(ValueError, match="amount_total is no"):
        told_of(provider, order, amount_total=amount)


@pytest.mark.parametrize(
    "name", ["id", "status", "payment_status", "currency", "client_reference_id", "payment_intent"]
)
@pytest.mark.parametrize("value", [5, ["a"], "x" * 400, "a\x00b", "a\ud800"])
def test_a_text_that_is_none_is_not_read(provider, order, name, value):
    with pytest.raises(ValueError, match=r"is no (text|currency)|id is no text"):
        told_of(provider, order, **{name: value})


def test_a_message_of_the_future_is_of_now_and_what_cannot_be_kept_is_left_out(provider, order):
    found = paid(provider, order)
    parts = {"created": 253_402_300_799, "extra": ["a\x00b", float("nan"), {"\ud800": 1.5}]}

    event = card.read_event(*provider.event("checkout.session.completed", found.id, event_parts=parts))

    assert event.created_at <= datetime.now(UTC)
    assert event.raw["extra"] == ["a\ufffdb", None, {"\ufffd": 1.5}]


@pytest.mark.parametrize(
    "parts",
    [{"id": ["a"]}, {"id": "x" * 300}, {"id": "a\x00"}, {"type": 5}, {"created": "x"}, {"data": {"object": []}}],
)
def test_a_message_whose_frame_is_wrong_is_none(provider, order, parts):
    session_id = card.open_session(**order).id

    with pytest.raises(card.BadSignature, match="This is not a message"):
        card.read_event(*provider.event("checkout.session.expired", session_id, event_parts=parts))


def test_a_signature_holds_for_five_minutes(provider, order):
    session_id = card.open_session(**order).id
    now = int(time.time())

    assert card.read_event(*provider.event("checkout.session.expired", session_id, at=now - 298)).type
    with pytest.raises(card.BadSignature):
        card.read_event(*provider.event("checkout.session.expired", session_id, at=now - 301))


def test_a_signature_of_the_future_is_refused(provider, order):
    session_id = card.open_session(**order).id
    now = int(time.time())

    assert card.read_event(*provider.event("checkout.session.expired", session_id, at=now + 290)).type
    with pytest.raises(card.BadSignature, match="of the future"):
        card.read_event(*provider.event("checkout.session.expired", session_id, at=now + 310))


def test_another_secret_does_not_sign(provider, order):
    session_id = card.open_session(**order).id

    with pytest.raises(card.BadSignature):
        card.read_event(*provider.event("checkout.session.completed", session_id, secret="whsec_other"))


def test_a_changed_body_is_noticed(provider, order):
    body, signature = provider.event("checkout.session.completed", card.open_session(**order).id)

    with pytest.raises(card.BadSignature):
        card.read_event(body.replace(b"22275", b"22274"), signature)


@pytest.mark.parametrize("signature", ["", "nonsense", "t=1", "t=,v1=", "t=1,v1=ü", "t=" + "9" * 5000 + ",v1=0"])
def test_a_signature_that_is_none_is_refused(provider, order, signature):
    body, _ = provider.event("checkout.session.completed", card.open_session(**order).id)

    with pytest.raises(card.BadSignature):
        card.read_event(body, signature)


def test_a_signature_that_is_not_ascii_is_refused(provider, order):
    body, _ = provider.event("checkout.session.completed", card.open_session(**order).id)

    with pytest.raises(card.BadSignature):
        card.read_event(body, f"t={int(time.time())},v1=ü")


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b"{}", b'{"object": "event"}', b"\xff", b"[" * 100_000, b'{"object": "v2.core.event"}'],
)
def test_a_signed_body_that_is_no_message_is_refused(provider, body):
    signature = signing.signature(body, WEBHOOK_SECRET)

    with pytest.raises(card.BadSignature):
        card.read_event(body, signature)
