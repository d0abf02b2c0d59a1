"""Letters about an institution's seats.

Two go to addresses that nobody may have confirmed: they say the institution's name and the category, which staff wrote,
and nothing that the institution typed.
"""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from aapm_site.accounts.models import User
from aapm_site.core.seo import absolute
from aapm_site.mail.domain.queue import queue_email
from aapm_site.mail.registry import MailKind, OpenLetter

from ..models import Bundle, BundleAdministrator, BundleSeat, Term
from ..reminder_words import written

KIND = "membership-seats"
SEATS = MailKind(
    KIND,
    "Seats that institutions pay for",
    "membership.view_bundle",
    (
        OpenLetter("membership/seat_offered", reads=("institution", "category", "until", "url")),
        OpenLetter("membership/bundle_administrator", reads=("institution", "category", "url")),
    ),
)


def _page() -> str:
    """The link alone opens nothing: the page asks to sign in, and shows what is offered to the confirmed address."""
    return absolute(reverse("membership:seat-list"))


def _about(bundle: Bundle) -> dict[str, str]:
    return {"institution": bundle.name, "category": bundle.plan.name, "url": _page()}


def ask_administrator(asked: BundleAdministrator) -> None:
    queue_email(asked.email, "membership/bundle_administrator", _about(asked.bundle), kind=KIND)


def tell_who_asked(asked: BundleAdministrator, person: User) -> None:
    """A colleague who asked for a successor reads that they said yes; staff look at the institution's page."""
    who = asked.invited_by
    if who is None or not who.is_active or not asked.bundle.administrators.filter(user=who).exists():
        return
    context = {
        "institution": asked.bundle.name,
        "name": who.get_short_name(),
        "who": person.display_name,
        "url": absolute(reverse("membership:bundle-administrators", args=[asked.bundle.public_id])),
    }
    queue_email(who.email, "membership/bundle_agreed", context, user=who, kind=KIND)


def tell_left(bundle: Bundle, person: User, others: Sequence[User]) -> None:
    """Who still looks after the seats reads who does not any more."""
    for other in others:
        context = {
            "institution": bundle.name,
            "name": other.get_short_name(),
            "who": person.display_name,
            "url": absolute(reverse("membership:bundle-administrators", args=[bundle.public_id])),
        }
        queue_email(other.email, "membership/bundle_left", context, user=other, kind=KIND)


def offer_seat(seat: BundleSeat, until: str) -> None:
    queue_email(seat.email, "membership/seat_offered", {**_about(seat.bundle), "until": until}, kind=KIND)


def tell_taken(seat: BundleSeat, person: User, terms: Sequence[Term]) -> None:
    """What the person said yes to, and what came of it."""
    context = {**_about(seat.bundle), "name": person.get_short_name(), "terms": list(terms), "mine": _mine()}
    queue_email(person.email, "membership/seat_taken", context, user=person, kind=KIND)


def tell_ended(seat: BundleSeat, person: User, terms: Sequence[Term]) -> None:
    """The seat is gone; what of their membership ended with it. People who cannot sign in get no mail."""
    if person.is_active:
        context = {**_about(seat.bundle), "name": person.get_short_name(), "terms": list(terms), "mine": _mine()}
        queue_email(person.email, "membership/seat_ended", context, user=person, kind=KIND)


def tell_paid(seat: BundleSeat, person: User, terms: Sequence[Term]) -> None:
    """The institution has paid, and these days are theirs."""
    if person.is_active:
        context = {**_about(seat.bundle), "name": person.get_short_name(), "terms": list(terms), "mine": _mine()}
        queue_email(person.email, "membership/seat_paid", context, user=person, kind=KIND)


def tell_without(seat: BundleSeat, person: User, last_day: date) -> None:
    """The institution has renewed fewer seats, and none is theirs: the last day, and what they can do."""
    if person.is_active:
        context = {
            **_about(seat.bundle),
            "name": person.get_short_name(),
            "last_day": written(last_day),
            "mine": _mine(),
            "asks": [one.user.email for one in seat.bundle.administrators.select_related("user") if one.user],
        }
        queue_email(person.email, "membership/seat_not_renewed", context, user=person, kind=KIND)


def _mine() -> str:
    return absolute(reverse("membership:mine"))
