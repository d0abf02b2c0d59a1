"""An institution's seats in words: how many, until when, who stands where. Nothing of a person but name and address."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from aapm_site.core.money import Money
from aapm_site.core.templatetags.ui import date_range, day

from ..domain.bundle_dues import FurtherOffer, SeatOffer
from ..domain.seats import DECLINED_RESTS, SeatCount
from ..models import Bundle, BundleSeat, SeatTerm

INVITED, SEATED, NO_SEAT, DECLINED = "invited", "seated", "no-seat", "declined"
LABELS = {
    INVITED: ("Invited, no answer yet", "wait"),
    SEATED: ("Has a seat", "live"),
    NO_SEAT: ("Said yes, uses no seat now", ""),
    DECLINED: ("Said no", ""),
}
MOST_PEOPLE = 1000


@dataclass(frozen=True)
class SeatRow:
    """Somebody on the list, as the institution may read them."""

    public_id: str
    email: str
    name: str
    state: str
    since: SafeString

    @property
    def label(self) -> str:
        return LABELS[self.state][0]

    @property
    def tone(self) -> str:
        return LABELS[self.state][1]

    @property
    def is_open(self) -> bool:
        return self.state != DECLINED

    @property
    def who(self) -> str:
        """For labels of buttons."""
        return self.name or self.email


def seat_rows(bundle: Bundle) -> list[SeatRow]:
    """Everybody on the list, and who has said no lately. One query."""
    today = timezone.localdate()
    seated = SeatTerm.objects.filter(seat=OuterRef("pk"), term__void_at=None, term__ends_on__gte=today)
    lately = timezone.now() - DECLINED_RESTS
    people = bundle.people.filter(ended_at=None).exclude(declined_at__lt=lately).select_related("user")
    found = people.annotate(is_seated=Exists(seated)).order_by("invited_at", "pk")
    return [_row(seat, is_seated=seat.is_seated) for seat in found[:MOST_PEOPLE]]


def _row(seat: BundleSeat, *, is_seated: bool) -> SeatRow:
    if seat.declined_at:
        state, at = DECLINED, seat.declined_at
    elif seat.accepted_at is None:
        state, at = INVITED, seat.invited_at
    else:
        state, at = (SEATED if is_seated else NO_SEAT), seat.accepted_at
    return SeatRow(seat.public_id, seat.email, seat.shown_name, state, day(at))


def seats_sentence(bundle: Bundle, count: SeatCount) -> SafeString | str:
    """What is true of the seats today."""
    if bundle.held_at:
        return "These seats are on hold: nobody can be invited and nothing ordered until our office releases them."
    if not count.bought or count.starts_on is None or count.until is None:
        return "There are no seats at present. They come with the payment of the next order."
    if count.starts_on > timezone.localdate():
        return format_html("{} begin on <em>{}</em>.", _seats(count.bought), day(count.starts_on))
    return format_html("{} until <em>{}</em>: {} free.", _seats(count.bought), day(count.until), count.free)


def _seats(number: int) -> str:
    return "1 seat" if number == 1 else f"{number} seats"


def seat_facts(bundle: Bundle, count: SeatCount) -> list[tuple[str, SafeString | str]]:
    """At a glance: the category, the seats, and how they stand."""
    days = date_range(count.starts_on, count.until) if count.starts_on and count.until else ""
    return [
        ("Category", bundle.plan.name),
        ("Seats", str(count.bought)),
        ("With a member", str(count.used)),
        ("Kept for invited people", str(count.kept)),
        ("Free", str(count.free)),
        ("From and to", days),
    ]


@dataclass(frozen=True)
class PriceRow:
    """One step of the prices."""

    seats: str
    price: Money


def price_rows(offers: Sequence[SeatOffer]) -> list[PriceRow]:
    """What a seat costs, by how many are ordered together."""
    return [PriceRow(_reach(offers, one), Money(one.price, one.bundle.plan.currency)) for one in offers]


@dataclass(frozen=True)
class FurtherRow:
    """What one further seat costs, by how many there would be: for a whole term, and for what is left of it."""

    seats: str
    whole: Money
    price: Money


@dataclass(frozen=True)
class FurtherWords:
    """More seats beside those that run: until when, for which part of a term, and what each costs."""

    have: str
    ends_on: SafeString
    share: str
    is_whole: bool
    price_until: SafeString
    rows: tuple[FurtherRow, ...]


def further_words(offers: Sequence[FurtherOffer], count: SeatCount) -> FurtherWords | None:
    """None where no further seats are sold."""
    if not offers:
        return None
    first = offers[0]
    currency = first.plan.currency
    return FurtherWords(
        have=_seats(count.bought),
        ends_on=day(first.ends_on),
        share=f"{first.months} of {first.of_months} months",
        is_whole=first.months >= first.of_months,
        price_until=day(first.paid_by),
        rows=tuple(
            FurtherRow(_reach(offers, one), Money(one.whole, currency), Money(one.price, currency)) for one in offers
        ),
    )


def _reach(offers: Sequence[SeatOffer | FurtherOffer], one: SeatOffer | FurtherOffer) -> str:
    if one is offers[-1]:
        return f"{one.rate.least} or more"
    return str(one.rate.least) if one.rate.least == one.rate.most else f"{one.rate.least} to {one.rate.most}"


@dataclass(frozen=True)
class PaidByInstitution:
    """For My membership: who pays for the seat, from when to when, and whom to ask there."""

    public_id: str
    institution: str
    asks: tuple[str, ...]
    heading: str
    says: SafeString | str


NOT_USED = (
    "{} has you on its list. Your own membership comes first; where it ends before the seats do, the seat follows it."
)


def paid_by(seats: Sequence[BundleSeat]) -> list[PaidByInstitution]:
    """Each seat to which somebody has said yes; `seats` with their bundle's administrators. Reads their addresses."""
    return [_paid_by(seat) for seat in seats]


def _paid_by(seat: BundleSeat) -> PaidByInstitution:
    today = timezone.localdate()
    terms = [link.term for link in seat.terms.all() if not link.term.is_void and link.term.ends_on >= today]
    asks = tuple(one.user.email for one in seat.bundle.administrators.all() if one.user is not None)
    if not terms:
        unused = format_html(NOT_USED, seat.bundle.name)
        return PaidByInstitution(seat.public_id, seat.bundle.name, asks, "A seat that you do not use now", unused)
    first, until = min(term.starts_on for term in terms), day(max(term.ends_on for term in terms))
    if first > today:
        says = format_html("{} pays for your membership from {} until {}.", seat.bundle.name, day(first), until)
        return PaidByInstitution(seat.public_id, seat.bundle.name, asks, "A seat that follows your own term", says)
    says = format_html("{} pays for your membership until {}.", seat.bundle.name, until)
    return PaidByInstitution(seat.public_id, seat.bundle.name, asks, "Paid by your institution", says)
