"""Letters about an institution's seats.

Two go to addresses that nobody may have confirmed: they say the institution's name and the category, which staff wrote,
and nothing that the institution typed.
"""

from collections.abc import Sequence

from django.urls import reverse

from aapm_site.accounts.models import User
from aapm_site.core.seo import absolute
from aapm_site.mail.domain.queue import queue_email
from aapm_site.mail.registry import MailKind, OpenLetter

from ..models import Bundle, BundleAdministrator, BundleSeat, Term

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


def _mine() -> str:
    return absolute(reverse("membership:mine"))
