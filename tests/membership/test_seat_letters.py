"""What institutions and their people are told: as seats end, when they go on, and when somebody leaves the list."""

from datetime import timedelta

import pytest
from django.utils import timezone

from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.models import OutgoingEmail
from membership.domain import bundles
from membership.domain.seat_reminders import due_seat_reminders, end_of_seats, seat_letter, send_seat_reminder
from membership.models import BundleAdministrator, BundlePeriod, SeatNotice, SeatReminder
from membership.reminder_words import SEAT_FIELDS
from tests.billing.factories import payment
from tests.factories import client_of, staff_client
from tests.racing import at_once

from .factories import day, make_plan
from .institutions import bought, look_after, make_bundle, order_seats, person, seat
from .test_dues import order_dues

pytestmark = pytest.mark.django_db


def ending_in(days: int, *, looked_after: bool = True, count: int = 3):
    """An institution whose seats end in so many days, and who looks after them."""
    bundle, _ = bought(count, name="Harbor Fellowship")
    period = BundlePeriod.objects.get(bundle=bundle)
    period.starts_on, period.ends_on = day(days - 364), day(days)
    period.created_at = timezone.now() - timedelta(days=364 - days)
    period.save()
    return bundle, look_after(bundle) if looked_after else None


def due(**later: int) -> list[str]:
    at = timezone.now() + timedelta(**later)
    return [row.key.split(":")[2] for row in due_seat_reminders(at)]


def send_all() -> list[str]:
    rows = list(due_seat_reminders(timezone.now()))
    for row in rows:
        send_seat_reminder(row.key)
    return [row.key.split(":")[2] for row in rows]


def letters(template: str) -> list[str]:
    found = OutgoingEmail.objects.filter(template=f"membership/{template}").order_by("pk")
    return list(found.values_list("to", flat=True))


# The end --------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("days", "found"),
    [
        (200, []), (62, []), (58, ["seats_before"]), (31, ["seats_before"]), (16, []), (12, ["seats_soon"]),
        (0, ["seats_soon"]), (-5, ["seats_soon"]), (-9, ["seats_after"]), (-36, ["seats_after"]), (-38, []),
    ],
)  # fmt: skip
def test_what_is_due_by_the_day_on_which_seats_end(days, found):
    """Caught up for thirty days; after a standstill the latest alone."""
    ending_in(days)
    assert due() == found


def test_each_letter_goes_once_to_everybody_who_looks_after_the_seats(time_machine):
    bundle, one = ending_in(58)
    other = look_after(bundle)
    closed = look_after(bundle)
    closed.is_active = False
    closed.save()
    seat(bundle)

    assert (send_all(), send_all()) == (["seats_before"], [])
    assert sorted(letters("bundle_reminder")) == sorted([one.email, other.email])
    letter = OutgoingEmail.objects.filter(template="membership/bundle_reminder").first()
    assert letter.subject.startswith("The AAPM seats of Harbor Fellowship end on ")
    for words in ("3 seats, category Physician", "1 person on your list", f"{bundle.get_absolute_url()}order/"):
        assert words in letter.text
    time_machine.move_to(timezone.now() + timedelta(days=45))
    assert (send_all(), send_all()) == (["seats_soon"], [])
    assert [one.step for one in SeatNotice.objects.order_by("pk")] == ["seats_before", "seats_soon"]


def test_nobody_to_write_to_on_hold_or_renewed_nothing_is_due_and_a_later_yes_is_caught_up():
    bundle, _ = ending_in(58, looked_after=False)
    assert due() == []
    look_after(bundle)
    (key,) = [row.key for row in due_seat_reminders(timezone.now())]
    bundles.hold_bundle(bundle)
    assert due() == []
    send_seat_reminder(key)
    bundle.refresh_from_db()
    bundles.release_bundle(bundle)
    assert due() == ["seats_before"]
    bundle.refresh_from_db()

    payment(order_seats(bundle, 3), reference="9")

    assert due() == []
    for stale in (key, "x:y:z", f"{bundle.pk}:{day(58)}:unknown", f"{bundle.pk}:never:seats_before", ""):
        send_seat_reminder(stale)
    assert not SeatNotice.objects.exists()


def test_seats_that_are_bought_for_less_than_two_months_get_no_letter_of_before():
    bundle, _ = ending_in(58)
    BundlePeriod.objects.update(created_at=timezone.now() - timedelta(days=1))
    assert due() == []
    assert due(days=46) == ["seats_soon"]  # what staff see coming


def test_an_open_invoice_stands_in_the_letter():
    bundle, administrator = ending_in(12)
    order = order_seats(bundle, 2)
    send_all()
    text = OutgoingEmail.objects.get(template="membership/bundle_reminder", to=administrator.email).text
    assert f"Invoice {order.invoice} waits to be paid" in text


def test_staff_read_a_letter_as_an_institution_would_and_refuse_fields_that_nobody_fills_in():
    ending_in(58)
    client, reminder = staff_client("Membership staff"), SeatReminder.objects.get(slug="seats_soon")
    at = f"/admin/membership/seatreminder/{reminder.pk}/"
    page = client.get(f"{at}preview/").content.decode()
    assert "Two weeks left: the AAPM seats of Harbor Fellowship end on" in page
    sent = {"name": "N", "kind": "before_end", "days": "14", "is_on": "on", "subject": "S", "text": "Dear {first}"}
    assert "Nothing stands for “first”" in client.post(f"{at}change/", sent).content.decode()
    assert letters("bundle_reminder") == []


def test_every_field_is_filled_in():
    bundle, administrator = ending_in(58)
    text = " ".join(f"{{{field}}}" for field in SEAT_FIELDS)
    written = seat_letter(SeatReminder(subject="{ends}", text=text), end_of_seats(bundle), administrator)
    assert "{" not in written["body"] + written["subject"]


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_a_letter_once():
    ending_in(58)
    (row,) = due_seat_reminders(timezone.now())
    at_once(*[lambda: send_seat_reminder(row.key)] * 3)
    assert (SeatNotice.objects.count(), len(letters("bundle_reminder"))) == (1, 1)


# The people -----------------------------------------------------------------------------------------------------------
def test_renewed_with_fewer_seats_each_reads_what_becomes_of_them():
    bundle, administrator = ending_in(20)
    first, second, third = [seat(bundle) for _ in range(3)]
    payment(order_seats(bundle, 2), reference="9")

    assert letters("seat_paid") == [first.user.email, second.user.email]
    assert letters("seat_not_renewed") == [third.user.email]
    text = OutgoingEmail.objects.get(template="membership/seat_not_renewed").text
    assert administrator.email in text


def test_who_goes_on_by_dues_of_their_own_is_told_nothing():
    bundle, _ = ending_in(20)
    had = seat(bundle)

    payment(order_dues(had.user), reference="8")
    payment(order_seats(bundle, 1), reference="9")

    assert (letters("seat_paid"), letters("seat_not_renewed")) == ([], [])


# Who looks after them -------------------------------------------------------------------------------------------------
def test_a_successor_is_asked_says_yes_and_then_one_may_leave():
    bundle, successor = make_bundle(), person()
    one = look_after(bundle)
    client = client_of(one)
    at = f"{bundle.get_absolute_url()}administrators/"
    for wrong in ("", "nobody", "a@b", "x" * 300 + "@p.example", one.email):
        assert client.post(at, {"email": wrong}).status_code == 422
    assert "Ask a colleague, and leave once they have said yes" in client.get(at).content.decode()
    assert client.post(f"{bundle.get_absolute_url()}leave/")["Location"] == at
    assert BundleAdministrator.objects.filter(user=one).exists()

    client.post(at, {"email": successor.email})
    asked = BundleAdministrator.objects.get(user=None)
    bundles.agree_to_administer(asked, by=successor)
    assert letters("bundle_agreed") == [one.email]
    assert client.post(f"{bundle.get_absolute_url()}leave/")["Location"] == "/membership/seats/"

    assert [row.user for row in bundle.administrators.all()] == [successor]
    assert letters("bundle_left") == [successor.email]
    assert client.get(at).status_code == 404


def test_a_request_is_taken_back_until_it_is_answered_and_only_by_the_same_institution():
    bundle, other = make_bundle(), make_bundle(make_plan(), name="Lakeside")
    client = client_of(look_after(bundle))
    asked = bundles.ask_administrator(bundle, by=None, email="a@people.example")
    theirs = bundles.ask_administrator(other, by=None, email="b@people.example")
    at = f"{bundle.get_absolute_url()}administrators/"

    assert client.post(f"{at}{theirs.public_id}/take-back/").status_code == 404
    assert client.post(f"{at}{asked.public_id}/take-back/")["Location"] == at
    assert list(BundleAdministrator.objects.filter(user=None)) == [theirs]
    with pytest.raises(NotAllowed, match="answered already"):
        bundles.take_back_request(asked)


def test_an_account_that_is_closed_is_no_successor():
    bundle = make_bundle()
    one, closed = look_after(bundle), look_after(bundle)
    closed.is_active = False
    closed.save()
    with pytest.raises(NotAllowed, match="Nobody else"):
        bundles.leave_bundle(bundle, by=one)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_leave_at_once_one_stays():
    bundle = make_bundle()
    people = [look_after(bundle) for _ in range(2)]

    said = at_once(*[lambda one=one: bundles.leave_bundle(bundle, by=one) for one in people])

    assert sorted(type(one).__name__ for one in said) == ["NoneType", "NotAllowed"]
    assert bundle.administrators.count() == 1
