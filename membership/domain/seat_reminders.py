"""Mail to institutions about the end of their seats, as the rows of `SeatReminder` say.

What is due is asked of the dates and of the notices already written, so that a run which was missed is caught up and
one that is repeated sends nothing twice. After a standstill only the latest letter is sent. An institution is written
to through who looks after its seats; its people get the letters of every member whose term ends.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.billing.states import OrderStatus
from aapm_site.core.background.due import DueRow
from aapm_site.core.background.reminder_schedule import moment
from aapm_site.core.seo import absolute
from aapm_site.mail.domain.queue import queue_email

from ..models import Bundle, BundleAdministrator, BundlePeriod, SeatNotice, SeatReminder, SeatTerm
from ..models.reminder import FARTHEST_DAYS
from ..queries.dues_orders import institution_orders
from ..reminder_words import ends, fill, written
from .bundle_letters import KIND
from .bundles import lock_bundle

AT = time(8, 0)  # in the association's zone
TOO_LATE = timedelta(days=30)  # after a longer standstill the news is no news


@dataclass(frozen=True)
class EndOfSeats:
    """The last seats of an institution: how many end together, and when."""

    bundle: Bundle
    ends_on: date
    grace_days: int
    seats: int
    bought_at: datetime


def _ending(on: date, until: date) -> QuerySet[Any]:
    """Institutions whose last seats end near enough for a letter, and who have somebody to write to."""
    valid = Q(periods__void_at=None)
    reached = BundleAdministrator.objects.filter(bundle=OuterRef("pk"), user__is_active=True)
    far = timedelta(days=FARTHEST_DAYS)
    found = Bundle.objects.filter(Exists(reached), held_at=None).annotate(last_on=Max("periods__ends_on", filter=valid))
    return found.filter(last_on__gte=on - TOO_LATE - far, last_on__lte=until + far)


def due_seat_reminders(at: datetime) -> Iterator[DueRow]:
    """Every letter that is due by `at`, not sent yet and not overtaken by a later one or by seats that were renewed.

    Four queries. Nothing while the seats are on hold, and nothing that lay before they were bought.
    """
    reached = min(at, timezone.now())
    letters = list(SeatReminder.objects.filter(is_on=True))
    if not letters:
        return
    found = list(_ending(timezone.localdate(reached), timezone.localdate(at)))
    sent = set(SeatNotice.objects.filter(bundle__in=found).values_list("bundle", "ends_on", "step"))
    periods = BundlePeriod.objects.valid().filter(bundle__in=found).order_by("-created_at")
    bought = {
        (one.bundle_id, one.ends_on): one.created_at for one in periods
    }  # the earliest of those that end together
    rows = []
    for bundle in found:
        steps = [(moment(one.day_of(bundle.last_on), AT), one) for one in letters]
        latest = max((due for due, _ in steps if due <= reached), default=None)
        rows += [
            (due, bundle, one)
            for due, one in steps
            if max(reached - TOO_LATE, bought[bundle.pk, bundle.last_on]) <= due <= at
            and (latest is None or due >= latest)
            and (bundle.pk, bundle.last_on, one.slug) not in sent
        ]
    for due, bundle, one in sorted(rows, key=lambda row: (row[0], row[1].pk, row[2].slug)):
        yield DueRow(
            key=f"{bundle.pk}:{bundle.last_on.isoformat()}:{one.slug}",
            title=f"{one.name}: mail to {bundle}",
            at=due,
            url=reverse("admin:membership_bundle_change", args=[bundle.pk]),
        )


@transaction.atomic
def send_seat_reminder(key: str) -> None:
    """Write the notice and queue its mail to everybody who looks after the seats, once. A row that is no longer due, or
    unknown, is left alone. Locks the bundle, so that no letter goes out while its renewal is being booked.
    """
    number, _, rest = key.partition(":")
    day, _, slug = rest.partition(":")
    reminder = SeatReminder.objects.filter(slug=slug, is_on=True).first()
    if reminder is None or not (number.isascii() and number.isdigit() and Bundle.objects.filter(pk=number).exists()):
        return
    bundle = lock_bundle(int(number))
    end = end_of_seats(bundle)
    people = [one.user for one in bundle.administrators.filter(user__is_active=True).select_related("user")]
    if end is None or end.ends_on.isoformat() != day or bundle.held_at or not people:
        return
    try:
        with transaction.atomic():
            SeatNotice.objects.create(bundle=bundle, ends_on=end.ends_on, step=slug)
    except IntegrityError:
        return  # somebody else has sent it
    for user in filter(None, people):
        queue_email(user.email, "membership/bundle_reminder", seat_letter(reminder, end, user), user=user, kind=KIND)


def end_of_seats(bundle: Bundle) -> EndOfSeats | None:
    """The seats that end last, those beside them too; None where none were bought. One query."""
    periods = list(bundle.periods.valid().order_by(F("ends_on").desc(), "created_at"))
    together = [period for period in periods if period.ends_on == periods[0].ends_on]
    if not together:
        return None
    first = together[0]
    seats = sum(period.seats for period in together)
    return EndOfSeats(bundle, first.ends_on, first.grace_days, seats, min(one.created_at for one in together))


def seat_letter(reminder: SeatReminder, end: EndOfSeats, user: User) -> dict[str, Any]:
    """The subject and the text for one person, as they are mailed."""
    values = _values(end, user)
    return {"subject": " ".join(fill(reminder.subject, values).split()), "body": fill(reminder.text, values)}


def _values(end: EndOfSeats, user: User) -> Mapping[str, str]:
    today = timezone.localdate()
    seated = SeatTerm.objects.filter(
        term__void_at=None, term__ends_on=end.ends_on, seat__bundle=end.bundle, seat__ended_at=None
    )
    people = seated.count()
    grace_ends_on = end.ends_on + timedelta(days=end.grace_days)
    return {
        "name": user.get_short_name(),
        "institution": end.bundle.name,
        "category": end.bundle.plan.name,
        "seats": "1 seat" if end.seats == 1 else f"{end.seats} seats",
        "people": "1 person" if people == 1 else f"{people} people",
        "ends_on": written(end.ends_on),
        "ends": ends(end.ends_on, today),
        "grace": f"Everything stays open to them until {written(grace_ends_on)}." if end.grace_days and people else "",
        "renew": _way_to_renew(end.bundle),
        "site": settings.SITE_ORIGIN,
    }


def _way_to_renew(bundle: Bundle) -> str:
    """The invoice that waits, or the page on which the next term is ordered."""
    waiting = institution_orders(bundle.customer).filter(status=OrderStatus.AWAITING_PAYMENT).first()
    if waiting is not None:
        return (
            f"Invoice {waiting} waits to be paid; the seats follow the payment:\n{absolute(waiting.get_absolute_url())}"
        )
    page = absolute(reverse("membership:bundle-order", args=[bundle.public_id]))
    return f"Order the next term here, as many seats as you need, fewer too:\n{page}"


__all__ = ["AT", "due_seat_reminders", "end_of_seats", "seat_letter", "send_seat_reminder"]
