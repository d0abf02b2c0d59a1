"""Resigning and pausing: what becomes of terms, reminders and dues; taking it back; staff; and who meet."""

from datetime import timedelta

import pytest
from django.utils import timezone

from aapm_site.billing.models import Order
from aapm_site.core.roles import MEMBERSHIP_STAFF
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.models import OutgoingEmail
from membership.domain import dues, pauses, reminders, resignations
from membership.domain.resignations import CHANGED
from membership.models import Membership, Pause, Resignation, Term
from membership.states import MembershipStatus
from tests.billing.factories import payment
from tests.factories import client_of, staff_client, staff_user
from tests.racing import at_once

from .factories import day, make_member, make_plan
from .test_dues import card_pays, days_of, fresh, order_dues

pytestmark = pytest.mark.django_db
MINE = "/membership/mine/"


def member(*terms, **plan):
    person = make_member(*terms, plan=make_plan(dues=480, **plan))
    Term.objects.update(source="paid")
    return person


def valid(person):
    return [(starts, ends) for starts, ends, _ in days_of(person)]


def status(on=0):
    return Membership.objects.get().standing(day(on)).status


def letters():
    return [mail.template.removeprefix("membership/") for mail in OutgoingEmail.objects.order_by("pk")]


def due_ahead():
    """The letters about the end that would come within two years."""
    return list(reminders.due_reminders(timezone.now() + timedelta(days=730)))


def resign(person, when="end", seen=None):
    return resignations.resign(person, when=when, seen=seen, by=person)


# Resigning ------------------------------------------------------------------------------------------------------------
def test_at_the_end_everything_stays_open_until_then_and_nothing_afterwards():
    person = member((-300, 64))
    assert due_ahead()

    made = resign(person)

    assert (made.last_day, valid(person)) == (day(64), [(day(-300), day(64))])
    assert [status(on) for on in (0, 64, 65)] == [
        MembershipStatus.ACTIVE,
        MembershipStatus.ACTIVE,
        MembershipStatus.LAPSED,  # no grace
    ]
    assert due_ahead() == []
    assert letters() == ["resigned"]
    assert "/ask/" in OutgoingEmail.objects.get().text


def test_today_ends_the_term_and_what_was_paid_ahead():
    person = member((-300, 64), (65, 429))
    resign(person, "now")
    assert valid(person) == [(day(-300), day(0))]
    assert [status(on) for on in (0, 1)] == [MembershipStatus.ACTIVE, MembershipStatus.LAPSED]
    assert Term.objects.exclude(void_at=None).get().void_reason == resignations.TAKEN_BACK


@pytest.mark.parametrize("when", ["now", "end"])
@pytest.mark.parametrize("terms", [[(-300, 64)], [(-300, 64), (65, 429)], [(-400, -10)], [(10, 374)]])
def test_it_is_taken_back_to_the_last_field(when, terms):
    person = member(*terms)
    before = list(Term.objects.order_by("pk").values())
    resign(person, when)
    assert list(Term.objects.order_by("pk").values()) != before

    resignations.withdraw_resignation(person, by=person)

    assert list(Term.objects.order_by("pk").values()) == before
    assert letters() == ["resigned", "resignation_taken_back"]
    with pytest.raises(NotAllowed, match="no resignation"):
        resignations.withdraw_resignation(person, by=person)
    assert resign(person, when).pk  # and somebody may think again


def test_once_its_day_is_over_it_stays_and_dues_lead_back():
    person = member((-300, 64))
    resign(person, "now")
    Resignation.objects.update(last_day=day(-1))
    Term.objects.update(ends_on=day(-1))

    with pytest.raises(NotAllowed, match="has ended"):
        resignations.withdraw_resignation(person, by=person)
    payment(order_dues(person))

    assert status() == MembershipStatus.ACTIVE
    assert resignations.resignation_of(Membership.objects.get()) is None  # overtaken
    assert due_ahead()


def test_an_offer_ends_and_an_open_invoice_is_named():
    person = member((-300, 64))
    offer = order_dues(person, pay_by="card")
    resign(person)
    assert fresh(offer).status == "ended"
    resignations.withdraw_resignation(person, by=person)

    order_dues(person, pay_by="invoice")
    with pytest.raises(NotAllowed, match="is open"):
        resign(person)
    assert Resignation.objects.exclude(withdrawn_at=None).count() == Resignation.objects.count() == 1


@pytest.mark.parametrize("terms", [[(-500, -100)], []])
def test_who_is_no_member_has_nothing_to_resign_from(terms):
    with pytest.raises(NotAllowed, match="nothing to resign"):
        resign(make_member(*terms))


def test_a_day_that_changed_meanwhile_is_shown_again(client):
    person = member((-300, 64))
    client.force_login(person)
    page = client.get(f"{MINE}resign/")
    seen = page.context["form"].initial["seen"]
    Term.objects.create(
        membership=Membership.objects.get(), plan=Term.objects.get().plan, starts_on=day(65), ends_on=day(429)
    )

    refused = client.post(f"{MINE}resign/", {"when": "end", "seen": seen, "reason": "I retire."})

    assert refused.status_code == 422
    assert CHANGED in refused.content.decode()
    assert "I retire." in refused.content.decode()
    again = client.post(f"{MINE}resign/", {"when": "end", "seen": refused.context["form"]["seen"].value()})
    assert (again.status_code, Resignation.objects.get().last_day) == (302, day(429))


@pytest.mark.parametrize("seen", ["", "end:", "end:2026-13-45", "x" * 39, "now:2026-01-01", "end:٢٠٢٦-01-01"])
def test_a_press_that_names_no_day_ends_nothing(client, seen):
    client.force_login(member((-300, 64)))
    refused = client.post(f"{MINE}resign/", {"when": "end", "seen": seen})
    assert (refused.status_code, Resignation.objects.count()) == (422, 0)


def test_my_membership_says_it_and_offers_no_dues_beside_it(client):
    person = member((-300, 64))
    client.force_login(person)
    client.post(f"{MINE}resign/", {"when": "end", "seen": client.get(f"{MINE}resign/").context["form"].initial["seen"]})

    page = client.get(MINE).content.decode()
    assert page.count('name="csrfmiddlewaretoken"') == page.count('method="post"')
    assert "You have resigned." in page
    for words in ("Continue", "To stay a member", "Pause your membership", ">Resign<"):
        assert words not in page

    client.post(f"{MINE}resign/take-back/")
    assert "You have resigned." not in client.get(MINE).content.decode()


# Pausing --------------------------------------------------------------------------------------------------------------
def ask(person, first=0, back=100, reason="parental", **more):
    return pauses.ask_for_pause(person, reason=reason, starts_on=day(first), back_on=day(back), by=person, **more)


def test_a_pause_by_rule_keeps_the_days_and_no_reminder_comes_in_between():
    person = member((-300, 64), (65, 429))
    graces = set(Term.objects.values_list("grace_days", flat=True))

    pause = ask(person, 10, 110)

    assert valid(person) == [(day(-300), day(9)), (day(110), day(164)), (day(165), day(529))]
    assert pause.granted_at
    assert letters() == ["pause_granted"]
    assert [status(on) for on in (9, 10, 109, 110)] == [
        MembershipStatus.ACTIVE,
        MembershipStatus.FUTURE,
        MembershipStatus.FUTURE,
        MembershipStatus.ACTIVE,
    ]
    assert {row.at.date() > day(164) for row in due_ahead()} == {True}
    assert set(Term.objects.filter(starts_on__gte=day(110)).values_list("grace_days", flat=True)) == graces
    assert dues.dues_of(person) == []


def test_back_early_the_term_goes_on_that_day():
    person = member((-300, 64))
    ask(person)
    Pause.objects.update(starts_on=day(-40))
    Term.objects.filter(ends_on=day(-1)).update(ends_on=day(-41))

    pauses.end_pause(person, by=person)

    assert valid(person) == [(day(-300), day(-41)), (day(0), day(64))]  # 65 days were left
    pause = Pause.objects.get()
    assert (pause.back_on, pause.was_back_on) == (day(0), day(100))
    assert letters() == ["pause_granted", "pause_ended"]
    assert dues.dues_of(person)


@pytest.mark.parametrize("terms", [[(-300, 64)], [(-300, 64), (65, 429)], [(10, 374)]])
def test_a_pause_that_has_not_begun_is_taken_back_to_the_last_day(terms):
    person = member(*terms)
    before = list(Term.objects.order_by("pk").values("pk", "starts_on", "ends_on", "grace_days"))
    ask(person, 10, 110)
    assert valid(person) != [(one["starts_on"], one["ends_on"]) for one in before]

    pauses.end_pause(person, by=person)

    assert list(Term.objects.order_by("pk").values("pk", "starts_on", "ends_on", "grace_days")) == before
    assert Pause.objects.get().cancelled_at


def test_what_the_rule_does_not_cover_waits_for_staff_and_changes_nothing_until_then():
    person, staff = member((-300, 64)), staff_user()
    pause = ask(person, reason="other", note="A sabbatical.")
    assert (pause.is_waiting, valid(person)) == (True, [(day(-300), day(64))])
    with pytest.raises(NotAllowed, match="already"):
        ask(person)

    pauses.grant_pause(pause, by=staff)

    assert valid(person) == [(day(-300), day(-1)), (day(100), day(164))]
    decisions = (
        lambda: pauses.grant_pause(pause, by=staff),
        lambda: pauses.decline_pause(pause, reason="No", by=staff),
    )
    for decide in decisions:
        with pytest.raises(NotAllowed, match="decided"):
            decide()
    assert letters() == ["pause_asked", "pause_granted"]


def test_staff_decline_with_a_reason_that_the_member_reads():
    person = member((-300, 64))
    pauses.decline_pause(ask(person, reason="other"), reason="Your term ends soon.", by=staff_user())
    assert valid(person) == [(day(-300), day(64))]
    assert "Your term ends soon." in OutgoingEmail.objects.get(template="membership/pause_declined").text
    assert ask(person).granted_at  # another one may be asked for


def test_a_pause_whose_first_day_is_over_begins_when_it_is_granted():
    person = member((-300, 64))
    pause = ask(person, reason="other")
    Pause.objects.update(starts_on=day(-10), back_on=day(90))
    pauses.grant_pause(pause, by=staff_user())
    assert valid(person) == [(day(-300), day(-1)), (day(100), day(164))]


def test_resigning_in_a_pause_gives_up_what_waits_and_takes_back_what_is_asked():
    person = member((-300, 64))
    ask(person)
    resign(person, "now")
    assert valid(person) == [(day(-300), day(-1))]
    assert status() == MembershipStatus.LAPSED
    resignations.withdraw_resignation(person, by=person)
    assert valid(person) == [(day(-300), day(-1)), (day(100), day(164))]


def test_a_pause_that_waits_ends_with_a_resignation():
    person = member((-300, 64))
    ask(person, reason="other")
    resign(person)
    assert not Pause.objects.waiting().exists()
    with pytest.raises(NotAllowed, match="resigned"):
        ask(person)


def test_the_pages_say_what_a_pause_means_and_what_stands(client):
    person = member((-300, 64))
    client.force_login(person)
    sent = client.post(f"{MINE}pause/", {"reason": "illness", "starts_on": day(0).isoformat(), "months": "6"})
    assert sent.status_code == 302
    page = client.get(MINE).content.decode()
    assert "Your membership rests" in page
    assert "I am back: end the pause" in page
    for words in ("Continue", "Card and papers", "Pause your membership"):
        assert words not in page

    client.post(f"{MINE}pause/end/")
    assert "Card and papers" in client.get(MINE).content.decode()
    assert valid(person) == [(day(-300), day(64))]


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"reason": "holiday", "starts_on": "2026-01-01", "months": "6"},
        {"reason": "illness", "starts_on": "02/30/2027", "months": "6"},
        {"reason": "illness", "starts_on": "9999-12-31", "months": "6"},
        {"reason": "illness", "starts_on": "2026-01-01", "months": "13"},
        {"reason": "illness", "starts_on": "2026-01-01", "months": "6", "note": "x" * 1001},
    ],
)
def test_what_cannot_be_a_pause_is_said(client, sent):
    client.force_login(member((-300, 64)))
    assert (client.post(f"{MINE}pause/", sent).status_code, Pause.objects.count()) == (422, 0)


# Staff ----------------------------------------------------------------------------------------------------------------
def test_staff_record_and_take_back_on_the_members_page():
    person = member((-300, 64))
    client = staff_client(MEMBERSHIP_STAFF)
    page = f"/admin/membership/membership/{Membership.objects.get().pk}/"
    client.post(f"{page}record-resignation/", {"when": "end", "reason": "A letter of May 3."})
    assert Resignation.objects.get().reason == "A letter of May 3."
    client.post(f"{page}take-back-resignation/", {"reason": "She called."})
    assert Resignation.objects.get().withdrawn_at

    client.post(
        f"{page}record-pause/",
        {"pause_reason": "other", "starts_on": day(0).isoformat(), "months": "3", "reason": "She called."},
    )
    assert Pause.objects.get().granted_at
    assert status() == MembershipStatus.FUTURE
    shown = client.get(f"{page}change/").content.decode()
    assert "granted" in shown
    assert f"{page}end-pause/" in shown
    assert f"{page}take-back-pause/" not in shown
    assert person.first_name in client.get("/admin/membership/pause/").content.decode()


@pytest.mark.parametrize(("reason", "begins"), [("parental", 20), ("other", 20)])
def test_a_pause_that_has_not_begun_is_taken_back_by_staff(reason, begins):
    person = member((-300, 64))
    ask(person, begins, begins + 60, reason)
    client = staff_client(MEMBERSHIP_STAFF)
    page = f"/admin/membership/membership/{Membership.objects.get().pk}/"
    shown = client.get(f"{page}change/").content.decode()
    assert ("Take the pause back" in shown, "End the pause" in shown) == (True, False)

    client.post(f"{page}take-back-pause/", {"reason": "She called."})

    assert (Pause.objects.get().cancelled_at is not None, valid(person)) == (True, [(day(-300), day(64))])


# At the same moment ---------------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_two_presses_resign_once():
    person = member((-300, 64))
    said = at_once(*[lambda: resign(person)] * 3)
    assert sorted(type(one).__name__ for one in said) == ["NotAllowed", "NotAllowed", "Resignation"]
    assert Resignation.objects.count() == OutgoingEmail.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_renewal_that_is_paid_at_the_moment_of_a_resignation_is_not_lost():
    """Whichever is first: who paid has the new term, and a resignation counts only if it knew of it."""
    person = member((-300, 64))
    order = order_dues(person, pay_by="card")

    said = at_once(lambda: resign(person, seen=day(64)), lambda: card_pays(order))

    assert Order.objects.get().status == "paid"
    assert valid(person)[-1][0] == day(65)
    assert resignations.resignation_of(Membership.objects.get()) is None
    assert status(100) == MembershipStatus.ACTIVE
    assert isinstance(said[0], Resignation | NotAllowed)


@pytest.mark.django_db(transaction=True)
def test_a_pause_and_a_resignation_that_meet_leave_whole_terms():
    person = member((-300, 64))
    said = at_once(lambda: ask(person, 10, 110), lambda: resign(person, "now"))
    kinds = {type(one) for one in said}
    assert kinds in ({Pause, Resignation}, {NotAllowed, Resignation})
    assert valid(person)[-1][1] == day(0)


@pytest.mark.django_db(transaction=True)
def test_two_presses_come_back_once():
    person = member((-300, 64))
    ask(person, 10, 110)
    at_once(*[lambda: pauses.end_pause(person, by=person)] * 3)
    assert valid(person) == [(day(-300), day(64))]


def test_whoever_has_nothing_to_pause_or_to_resign_from_reads_no_heading_about_it():
    lapsed = make_member((-800, -400))
    page = client_of(lapsed).get("/membership/mine/").text
    assert "Your terms" in page
    assert 'id="leaving"' not in page
    assert "Pause or resign" not in page
