"""Automatic renewal with a kept card: announced twice, charged once whatever breaks, and stopped by one press."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from aapm_site.accounts.domain.merging import merge_people
from aapm_site.accounts.domain.privacy import erase_person, export_person
from aapm_site.billing.domain import kept_cards, kept_charges
from aapm_site.billing.gateways import card as gateway
from aapm_site.billing.models import KeptCard, KeptCharge, Order, Payment
from aapm_site.billing.standin import signing
from aapm_site.billing.webhooks import dispatch
from aapm_site.core.background import due as due_runs
from aapm_site.core.background.reminder_schedule import moment
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.models import OutgoingEmail
from membership.domain import automatic_due, automatic_renewals, deaths, memberships
from membership.models import AnnouncedRenewal, AutomaticRenewal, Membership, Plan, Term, TermNotice
from membership.rules import term_end
from tests.billing import provider as at_provider
from tests.racing import at_once

from .factories import day, make_member, make_plan, make_user
from .test_dues import card_pays, order_dues

pytestmark = pytest.mark.django_db
provider = at_provider.provider
MINE = "/membership/mine/"
END = 64


def member(**plan):
    """Somebody whose term ends in sixty-four days."""
    return make_member((-300, END), plan=make_plan(**{"name": "Physician", "dues": 480, **plan}))


def consent_of(person) -> str:
    membership = Membership.objects.get(user=person)
    found = automatic_renewals.may_begin(membership, list(membership.terms.all()), day(0))
    assert found is not None
    return found.consent


def agreed(person, provider, *, last4: str = "4242") -> AutomaticRenewal:
    """Somebody who has agreed and given a card."""
    automatic = automatic_renewals.agree(person, seen=consent_of(person))
    kept_cards.open_page(automatic.card)
    row = KeptCard.objects.get(pk=automatic.card_id)
    provider.protocol.keep(row.page_id, last4=last4)
    kept_cards.look_at(row)
    assert automatic_renewals.begin(automatic)
    return AutomaticRenewal.objects.get(pk=automatic.pk)


def run(days: int, *, works: bool = True) -> None:
    """The clock at half past nine, so many days from now, twice; and the worker, twice."""
    with time_machine.travel(moment(day(days), automatic_due.AT) + timedelta(minutes=30), tick=False):
        for _ in range(2):
            due_runs.run_due(timezone.now())
        for charge in KeptCharge.objects.all() if works else ():
            kept_charges.charge_kept_card(charge.pk)
            kept_charges.charge_kept_card(charge.pk)


def letters() -> list[str]:
    return [
        mail.template.removeprefix("membership/automatic_")
        for mail in OutgoingEmail.objects.filter(template__startswith="membership/automatic").order_by("pk")
    ]


def made_at(provider) -> list[int]:
    """The sums of all payments that the provider has made, in cents."""
    rows = provider.protocol.store._rows
    return [row["amount"] for name, row in rows.items() if name.startswith("payment_intent:") and row["is_paid"]]


def days_of(person) -> list[tuple]:
    terms = Term.objects.valid().filter(membership__user=person).order_by("starts_on")
    return [(term.starts_on, term.ends_on) for term in terms]


def test_it_is_announced_twice_and_charged_once_on_the_day(provider):
    person = member()
    agreed(person, provider)

    for days, expected, terms in (
        (49, ["begun"], 1),
        (50, ["begun", "announced"], 1),
        (51, ["begun", "announced"], 1),
        (61, ["begun", "announced", "announced"], 1),
        (63, ["begun", "announced", "announced"], 1),
        (64, ["begun", "announced", "announced"], 2),
        (65, ["begun", "announced", "announced"], 2),
        (78, ["begun", "announced", "announced"], 2),
    ):
        run(days)
        assert (letters(), len(days_of(person))) == (expected, terms), days

    assert days_of(person)[1] == (day(END + 1), term_end(day(END + 1), 12))
    assert made_at(provider) == [48000]
    assert Payment.objects.get().amount == Decimal(480)
    assert Order.everything.get().status == "paid"
    assert Term.objects.order_by("starts_on").last().source == "paid"
    said = OutgoingEmail.objects.filter(template="membership/automatic_announced").first()
    assert said.subject == f"On {day(END):%B} {day(END).day}, {day(END).year} your membership renews for $480"
    assert not TermNotice.objects.exists()  # the letters that ask to renew are for others


def test_a_lost_answer_is_asked_for_and_not_paid_again(provider):
    person = member()
    agreed(person, provider)
    run(50), run(61), run(64, works=False)
    charge = KeptCharge.objects.get()

    provider.hang_next(after=True)
    with pytest.raises(gateway.Unavailable):
        kept_charges.charge_kept_card(charge.pk)
    assert made_at(provider) == [48000]
    provider.protocol.store._rows = {
        name: row for name, row in provider.protocol.store._rows.items() if not name.startswith("key:")
    }  # the provider keeps its keys for a day
    for _ in range(2):
        kept_charges.charge_kept_card(charge.pk)

    assert made_at(provider) == [48000]
    assert (Payment.objects.count(), len(days_of(person))) == (1, 2)


def test_a_worker_that_died_before_it_asked_asks_once(provider):
    person = member()
    agreed(person, provider)
    run(50), run(61), run(64, works=False)
    charge = KeptCharge.objects.get()
    assert kept_charges._begin(charge.pk)[1] is False

    for _ in range(2):
        kept_charges.charge_kept_card(charge.pk)

    assert made_at(provider) == [48000]
    assert (Payment.objects.count(), len(days_of(person))) == (1, 2)


def test_the_message_books_a_payment_whose_answer_never_came(provider, settings):
    person = member()
    agreed(person, provider)
    run(50), run(61), run(64, works=False)
    charge = KeptCharge.objects.get()
    provider.hang_next(after=True)
    with pytest.raises(gateway.Unavailable):
        kept_charges.charge_kept_card(charge.pk)
    (payment,) = (row for name, row in provider.protocol.store._rows.items() if name.startswith("payment_intent:"))

    for number in (1, 1, 2):
        body = signing.body_of(signing.event("payment_intent.succeeded", payment, event_id=f"evt_{number}"))
        event = gateway.read_event(body, signing.signature(body, settings.STRIPE_WEBHOOK_SECRET))
        dispatch.receive_message(event)
    kept_charges.charge_kept_card(charge.pk)

    assert Payment.objects.get().provider_reference == payment["id"]
    assert len(days_of(person)) == 2


@pytest.mark.parametrize(
    ("last4", "why"),
    [
        ("0341", "The bank declined the payment."),
        ("3184", "The bank wants you to confirm the payment yourself"),
        ("0069", "The card has expired."),
    ],
)
def test_a_failure_falls_back_to_the_link_with_a_plain_reason(provider, client, last4, why):
    person = member()
    automatic = agreed(person, provider, last4=last4)
    run(50), run(61), run(64)
    run(64)

    assert letters() == ["begun", "announced", "announced", "failed"]
    letter = OutgoingEmail.objects.get(template="membership/automatic_failed")
    assert why in letter.text
    link = re.search(r"/membership/renew/\S+", letter.text)[0]
    assert b"Physician" in client.get(link).content
    automatic.refresh_from_db()
    assert (automatic.stopped_why, Payment.objects.count(), made_at(provider)) == ("failed", 0, [])
    assert Order.everything.get().status == "ended"
    kept_cards.remove_kept_card(automatic.card_id)
    gone = KeptCard.objects.get()
    assert (gone.state, gone.last4, gone.provider_customer) == ("gone", "", "")
    assert not [name for name in provider.protocol.store._rows if name.startswith("customer:")]
    run(70)
    assert letters() == ["begun", "announced", "announced", "failed"]


def test_days_late_three_days_are_left_to_stop_it(provider):
    person = member()
    agreed(person, provider)

    for days, expected, terms in ((67, 1, 1), (69, 1, 1), (70, 1, 2)):
        run(days)
        assert (letters().count("announced"), len(days_of(person))) == (expected, terms), days
    assert days_of(person)[1][0] == day(END + 1)  # in grace nobody loses a day


def test_a_month_late_it_is_given_up_and_the_link_is_sent(provider):
    person = member()
    agreed(person, provider)

    run(END + 31)

    assert letters() == ["begun", "failed"]
    assert "That was our fault, not yours." in OutgoingEmail.objects.get(template="membership/automatic_failed").text
    assert made_at(provider) == []


def test_a_higher_price_is_said_first_and_charged_three_days_later(provider):
    person = member()
    agreed(person, provider)
    run(50), run(61)
    plan = Term.objects.get().plan
    plan.dues = Decimal(520)
    plan.save()

    run(64)
    assert (letters()[-1], len(days_of(person))) == ("announced", 1)
    changed = OutgoingEmail.objects.filter(template="membership/automatic_announced").order_by("pk").last()
    assert changed.subject.startswith("Changed: on ")
    assert "$520" in changed.text
    assert "(Physician, $480)" in changed.text
    run(66)
    assert made_at(provider) == []
    run(67)
    assert made_at(provider) == [52000]


def _renews_by_hand(person):
    card_pays(order_dues(person, pay_by="card"))


def _is_invoiced(person):
    order_dues(person, pay_by="invoice")


def _closed(person):
    memberships.close_membership(person.membership)


def _died(person):
    deaths.record_death(person.membership, on=None)


def _honorary(person):
    Term.objects.filter(membership__user=person).update(source="honorary")


def _cut(person):
    Term.objects.filter(membership__user=person).update(was_to=day(END + 200))


def _resting(person):
    person.is_active = False
    person.save()


@pytest.mark.parametrize(
    "meanwhile",
    [_renews_by_hand, _is_invoiced, _closed, _died, _honorary, _cut, _resting],
    ids=lambda step: step.__name__,
)
def test_who_is_not_charged(provider, meanwhile):
    person = member()
    agreed(person, provider)
    run(50), run(61)

    with time_machine.travel(moment(day(62), automatic_due.AT), tick=False):
        meanwhile(person)
    run(64), run(68)

    assert made_at(provider) == []
    assert not KeptCharge.objects.exists()
    assert len(days_of(person)) == (2 if meanwhile is _renews_by_hand else 1)


def test_while_the_card_is_charged_nothing_else_is_ordered(provider):
    person = member()
    agreed(person, provider)
    run(50), run(61), run(64, works=False)

    with pytest.raises(NotAllowed, match="being charged"):
        order_dues(person)
    run(64)
    assert made_at(provider) == [48000]


def test_stopped_before_the_provider_is_asked_nothing_is_charged(provider):
    person = member()
    automatic = agreed(person, provider)
    run(50), run(61), run(64, works=False)

    assert automatic_renewals.stop_and_tell(automatic, "member")
    assert not automatic_renewals.stop_and_tell(automatic, "member")
    kept_charges.charge_kept_card(KeptCharge.objects.get().pk)

    assert (KeptCharge.objects.get().state, made_at(provider)) == ("withdrawn", [])
    assert letters().count("stopped") == 1


def test_the_link_shows_and_a_press_stops(provider, client):
    person = member()
    automatic = agreed(person, provider)
    run(50)
    letter = OutgoingEmail.objects.filter(template="membership/automatic_announced").get()
    link = re.search(r"/membership/automatic/\S+", letter.text)[0]

    page = client.get(link).content.decode()
    automatic.refresh_from_db()
    assert automatic.stopped_at is None
    assert person.last_name not in page
    assert "is stopped" in client.post(link).content.decode()
    assert "is stopped" in client.post(link).content.decode()

    automatic.refresh_from_db()
    assert automatic.stopped_why == "letter"
    assert letters() == ["begun", "announced", "stopped"]
    assert KeptCard.objects.get().state == "going"
    assert client.post("/membership/automatic/forged/").status_code == 404


def test_somebody_agrees_gives_a_card_and_sees_it(provider, client):
    person = member()
    client.force_login(person)
    assert "Let it renew by itself" in client.get(MINE).content.decode()

    consent = consent_of(person)
    assert client.post(f"{MINE}automatic/", {"seen": consent}).status_code == 422
    other = client.post(f"{MINE}automatic/", {"seen": "Other dues.", "agree": "on"})
    assert "changed while you were here" in other.content.decode()
    away = client.post(f"{MINE}automatic/", {"seen": consent, "agree": "on"})
    assert away.status_code == 303
    automatic = AutomaticRenewal.objects.get()
    assert (automatic.consent_text, automatic.consent_version) == (consent, "2026-11")
    assert automatic.agreed_price == Decimal(480)
    back = f"{MINE}automatic/{automatic.public_id}/"
    assert "on its way to us" in client.get(back, follow=True).content.decode()

    provider.protocol.keep(KeptCard.objects.get().page_id)
    for _ in range(2):
        page = client.get(back, follow=True).content.decode()
    assert "Visa ending in 4242" in page
    assert "Stop automatic renewal" in page
    assert letters() == ["begun"]
    assert "renews by itself" in client.get("/account/").content.decode()

    client.force_login(make_user())
    assert client.get(back).status_code == 404
    client.post(f"{MINE}automatic/stop/")
    assert AutomaticRenewal.objects.on().exists()
    client.force_login(person)
    assert "is removed" in client.post(f"{MINE}automatic/stop/", follow=True).content.decode()
    assert not AutomaticRenewal.objects.on().exists()


def test_a_person_opens_ten_pages_for_a_card_a_day_at_most(provider):
    person = member()
    other = make_member((-300, END), plan=Plan.objects.get())
    for _ in range(automatic_renewals.MOST_A_DAY):
        automatic_renewals.agree(person, seen=consent_of(person))
    with pytest.raises(NotAllowed, match="many times today"):
        automatic_renewals.agree(person, seen=consent_of(person))
    assert KeptCard.objects.count() == automatic_renewals.MOST_A_DAY
    assert automatic_renewals.agree(other, seen=consent_of(other))


def test_another_card_replaces_the_first(provider):
    person = member()
    first = agreed(person, provider)
    second = agreed(person, provider, last4="0069")

    first.refresh_from_db()
    assert (first.stopped_why, first.card.state) == ("replaced", "going")
    assert AutomaticRenewal.objects.on().get() == second


def test_the_clock_begins_it_where_nobody_came_back(provider):
    person = member()
    automatic = automatic_renewals.agree(person, seen=consent_of(person))
    kept_cards.open_page(automatic.card)
    row = KeptCard.objects.get()
    provider.protocol.keep(row.page_id)
    body, signature = provider.event("checkout.session.completed", row.page_id)
    assert dispatch.receive_message(gateway.read_event(body, signature)).startswith("A card for later")
    kept_cards.look_at_kept_card(row.pk)

    due_runs.run_due(timezone.now())
    due_runs.run_due(timezone.now())

    assert (letters(), AutomaticRenewal.objects.on().count()) == (["begun"], 1)


def test_erasure_and_merge_remove_the_card(provider):
    person, gone = member(), member(name="Other")
    agreed(person, provider)
    agreed(gone, provider)
    kept = make_user()
    assert "Visa ending in 4242" in str(export_person(person))
    assert "I let the Academy renew" in str(export_person(person))

    merge_people(kept, gone)
    erase_person(person)

    assert set(KeptCard.objects.values_list("state", flat=True)) == {"going"}
    for row in KeptCard.objects.all():
        kept_cards.remove_kept_card(row.pk)
    assert not [name for name in provider.protocol.store._rows if name.startswith("customer:")]
    assert set(KeptCard.objects.values_list("last4", flat=True)) == {""}


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_charge_once(provider):
    person = member()
    automatic = agreed(person, provider)
    told = AnnouncedRenewal.objects.create(
        automatic=automatic, term=Term.objects.get(), plan=Term.objects.get().plan, price=480,
        told_on=day(-14), told_again_on=day(-3),
    )  # fmt: skip
    Term.objects.update(starts_on=day(-365), ends_on=day(0))
    key = f"{automatic.pk}:charge"
    with time_machine.travel(moment(day(0), automatic_due.AT) + timedelta(minutes=1), tick=True):
        at_once(lambda: automatic_due.do_automatic(key), lambda: automatic_due.do_automatic(key))
    charge = KeptCharge.objects.get()
    at_once(*[lambda: kept_charges.charge_kept_card(charge.pk)] * 2)

    told.refresh_from_db()
    assert told.charge == charge
    assert made_at(provider) == [48000]
    assert (Payment.objects.count(), len(days_of(person))) == (1, 2)
