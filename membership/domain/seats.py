"""Who has a seat that an institution pays for: invited by it, a member by their own yes, until one of the two ends it.

A seat gives the days that no other term of the person holds: what somebody pays, or is given, themselves comes first,
and the seat stays free meanwhile. No day has more terms of a period than the period has seats. Locks: the bundle, then
all its people in the order of their keys, then their memberships.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.formats import date_format

from aapm_site.accounts.models import User
from aapm_site.accounts.people import Actor
from aapm_site.core.transitions import NotAllowed, actor

from ..bundle_rules import Days, seat_days
from ..models import Bundle, BundlePeriod, BundleSeat, Membership, SeatTerm, Term
from ..models.bundle import BundlePeriodQuerySet
from . import bundle_letters, memberships
from .bundles import lock_bundle, refuse_held

CONSENT = "2026-11"  # the words of templates/membership/seats/answer.html
DECLINED_RESTS = timedelta(days=30)
ONE_DAY, WRITTEN_A_DAY = timedelta(days=1), 3  # letters to one address, whose invitation is taken back and made again
TAKEN_OFF = "The seat that an institution paid for was given back."
NO_SEATS = "There are no seats at present: they come with the payment of the next order."


@dataclass(frozen=True)
class SeatCount:
    """How the seats of a bundle stand: bought, with a member on them, and kept for people who have not answered."""

    bought: int
    used: int
    kept: int
    starts_on: date | None = None
    until: date | None = None

    @property
    def free(self) -> int:
        return max(self.bought - self.used - self.kept, 0)


def periods_now(bundle: Bundle, on: date) -> BundlePeriodQuerySet:
    """What runs on a day; where nothing does, what begins next."""
    ahead = bundle.periods.not_over(on)
    running = ahead.filter(starts_on__lte=on)
    if running.exists():
        return running
    first = ahead.order_by("starts_on").values_list("starts_on", flat=True)[:1]
    return ahead.filter(starts_on__in=list(first))


def count_seats(bundle: Bundle, on: date | None = None) -> SeatCount:
    """The seats that run today, or begin next."""
    on = on or timezone.localdate()
    periods = list(periods_now(bundle, on))
    people = bundle.people.open()
    with_term = SeatTerm.objects.filter(period__in=periods, term__void_at=None, term__ends_on__gte=on)
    return SeatCount(
        bought=sum(period.seats for period in periods),
        used=people.filter(pk__in=with_term.values("seat")).count(),
        kept=people.filter(user=None).count(),
        starts_on=min((period.starts_on for period in periods), default=None),
        until=max((period.ends_on for period in periods), default=None),
    )


# The institution's list ----------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Wished:
    """One line of a list: an address, and a name where one was written; or what is wrong with the line."""

    line: int
    text: str
    email: str = ""
    name: str = ""
    wrong: str = ""


@dataclass(frozen=True)
class LineReport:
    """What became of one line."""

    line: int
    text: str
    said: str
    is_invited: bool = False


@transaction.atomic
def invite_people(bundle: Bundle, wished: Sequence[Wished], *, by: Actor) -> list[LineReport]:
    """Keep a seat for each line that can have one, and write to it; each line is told what became of it.

    NotAllowed, for all of them, while the bundle is held and where nothing is bought.
    """
    locked = lock_bundle(bundle.pk)
    refuse_held(locked)
    count = count_seats(locked)
    if not count.bought or count.until is None:
        raise NotAllowed(NO_SEATS)
    until, left, seen, reports = date_format(count.until), count.free, dict[str, int](), list[LineReport]()
    for row in wished:
        said = row.wrong or _not_invited(locked, row, seen, left)
        seen.setdefault(row.email.lower(), row.line)
        if not said:
            left -= 1
            seat = BundleSeat.objects.create(bundle=locked, email=row.email, name=row.name, invited_by=actor(by))
            bundle_letters.offer_seat(seat, until)
        reports.append(LineReport(row.line, row.text, said or f"Invited: we wrote to {row.email}.", not said))
    return reports


def _not_invited(bundle: Bundle, row: Wished, seen: dict[str, int], left: int) -> str:
    """Why this address is not invited now; empty when it is."""
    if before := seen.get(row.email.lower()):
        return f"The same address as on line {before}."
    known = bundle.people.open()
    if known.filter(email__iexact=row.email).exists() or known.filter(user__email__iexact=row.email).exists():
        return "On the list already."
    lately = timezone.now() - DECLINED_RESTS
    if bundle.people.filter(email__iexact=row.email, declined_at__gt=lately).exists():
        return "This person said no within the last 30 days, so we do not write again yet."
    taken_off = bundle.people.filter(email__iexact=row.email, ended_at__isnull=False)
    if taken_off.filter(invited_at__gt=timezone.now() - ONE_DAY).count() >= WRITTEN_A_DAY:
        return "We have written to this address several times within a day. Please invite it again tomorrow."
    return "" if left > 0 else "No seat is free for it."


# The person's answer -------------------------------------------------------------------------------------------------
@transaction.atomic
def accept_seat(seat: BundleSeat, *, by: User) -> list[Term]:
    """The person says yes; the terms that the seat gives them, from today at the earliest. None where their own
    membership runs as long. The caller has made sure that the invited address is theirs and confirmed, and that they
    have read what they agree to.

    NotAllowed when the invitation is not open any more, while the bundle is held, for a membership that is closed, and
    where no seat is left.
    """
    bundle = lock_bundle(seat.bundle_id)
    refuse_held(bundle)
    locked = BundleSeat.objects.select_for_update(of=("self",)).offered_to(by).filter(pk=seat.pk).first()
    if locked is None or BundleSeat.objects.of_user(by).filter(bundle=bundle).exists():
        raise NotAllowed("This invitation is not open any more.")
    today = timezone.localdate()
    if not bundle.periods.not_over(today).exists():
        raise NotAllowed("The seats of this institution have ended. Please ask there whether they are renewed.")
    lock_people(bundle, by)
    membership = Membership.objects.filter(user=by).first()
    if membership is not None and membership.closed_at:
        raise NotAllowed("Your membership is closed. Please write to us; we open it again together.")
    locked.user, locked.accepted_at, locked.consent = by, timezone.now(), CONSENT
    locked.save(update_fields=["user", "accepted_at", "consent"])
    terms = seat_people(bundle).get(locked.pk, [])
    if not terms and not _is_covered(bundle, by, today):
        raise NotAllowed("No seat is free any more. Please ask at your institution.")
    bundle_letters.tell_taken(locked, by, terms)
    return terms


def _is_covered(bundle: Bundle, person: User, today: date) -> bool:
    """Whether other terms of the person hold all the days of the seats that run, or begin next."""
    own = _days(Term.objects.valid().filter(membership__user=person))
    return all(
        not seat_days(max(period.starts_on, today), period.ends_on, own=own, taken=(), seats=1)
        for period in periods_now(bundle, today)
    )


@transaction.atomic
def decline_seat(seat: BundleSeat) -> None:
    """The person says no, and the seat is free. Nothing happens where they have answered already."""
    lock_bundle(seat.bundle_id)
    BundleSeat.objects.open().filter(pk=seat.pk, user=None).update(declined_at=timezone.now())


@transaction.atomic
def end_seat(seat: BundleSeat, *, by: Actor) -> list[Term]:
    """Take somebody off the list: by the institution, by staff, or by the person. The terms that ended with it.

    Today is the last day of a term that runs, and one that has not begun is void; a seat that somebody had today can be
    another's from tomorrow, and whoever waits for one gets it. NotAllowed when it has happened already.
    """
    bundle = lock_bundle(seat.bundle_id)
    locked = BundleSeat.objects.select_for_update(of=("self",)).open().filter(pk=seat.pk).first()
    if locked is None:
        raise NotAllowed("This person is not on the list any more.")
    lock_people(bundle)
    locked.ended_at, locked.ended_by = timezone.now(), actor(by)
    locked.save(update_fields=["ended_at", "ended_by"])
    ended = end_terms(Term.objects.filter(seat__seat=locked), on=timezone.localdate(), reason=TAKEN_OFF)
    if locked.user is not None:
        bundle_letters.tell_ended(locked, locked.user, ended)
    seat_people(bundle)
    return ended


def end_terms(terms: Iterable[Term], *, on: date, reason: str) -> list[Term]:
    """End valid terms on a day: what begins later is void. Those that were changed by it, as they are now."""
    changed = []
    for term in terms:
        if term.is_void or term.ends_on <= on:
            continue
        is_ahead = term.starts_on > on
        changed.append(memberships.void_term(term, reason=reason) if is_ahead else memberships.end_term(term, on=on))
    return changed


# Terms ---------------------------------------------------------------------------------------------------------------
def lock_people(bundle: Bundle, *more: User) -> None:
    """Lock everybody on the list, in one order whoever does it. Call it under the bundle's lock."""
    known = bundle.people.exclude(user=None).values_list("user", flat=True)
    people = {*known, *(person.pk for person in more)}
    list(User.objects.select_for_update(of=("self",)).filter(pk__in=people).order_by("pk").values_list("pk"))


def seat_people(bundle: Bundle, *, paid: BundlePeriod | None = None) -> dict[int, list[Term]]:
    """Give everybody on the list the days that they lack, who said yes first first: the new terms by the seat's key.

    From today on; in the period that has just been `paid` from its first day, so that nobody loses one in grace. Safe
    to repeat. Under the locks of the bundle and its people; a membership that is closed gets nothing, nor does whose
    seat staff have ended on the member's page.
    """
    today = timezone.localdate()
    people = bundle.people.open().exclude(user=None).select_related("user").order_by("accepted_at", "pk")
    given: dict[int, list[Term]] = {}
    every = list(
        SeatTerm.objects.filter(period__bundle=bundle, period__ends_on__gte=today).select_related("term", "period")
    )
    for period in bundle.periods.not_over(today).select_related("plan").order_by("starts_on", "pk"):
        taken = _days(link.term for link in every if link.period_id == period.pk and not link.term.is_void)
        stopped = {link.seat_id for link in every if _is_stopped(link, period)}
        for seat in people:
            if seat.pk in stopped:
                continue
            first = _first_day(seat, period, today, is_paid_now=paid == period)
            terms = _give(seat, period, first, taken)
            taken += _days(terms)
            given.setdefault(seat.pk, []).extend(terms)
    return given


def _is_stopped(link: SeatTerm, period: BundlePeriod) -> bool:
    """Whether somebody ended a seat's term in this period, or alone in another one that lies beside it."""
    other, term = link.period, link.term
    if not (term.is_void or term.was_to):
        return False
    lies_beside = other.starts_on <= period.ends_on and period.starts_on <= other.ends_on
    return other.pk == period.pk or (lies_beside and not other.is_void and other.was_to is None)


def _first_day(seat: BundleSeat, period: BundlePeriod, today: date, *, is_paid_now: bool) -> date:
    said_yes = timezone.localdate(seat.accepted_at)
    return max(period.starts_on, said_yes if is_paid_now else today)


def _give(seat: BundleSeat, period: BundlePeriod, first: date, taken: Sequence[Days]) -> list[Term]:
    """The terms of one person within one period, each linked to the seat."""
    own = _days(Term.objects.valid().filter(membership__user=seat.user_id))
    days = seat_days(first, period.ends_on, own=own, taken=taken, seats=period.seats)
    if not days or seat.user is None:
        return []
    membership = Membership.objects.filter(user=seat.user).first()
    if membership is not None and membership.closed_at:
        return []
    membership = memberships.lock_membership(seat.user, joined_on=days[0][0])
    terms = [
        Term.objects.create(
            membership=membership,
            plan=period.plan,
            starts_on=starts_on,
            ends_on=ends_on,
            grace_days=period.grace_days,
            source=Term.Source.BUNDLE,
        )
        for starts_on, ends_on in days
    ]
    SeatTerm.objects.bulk_create(SeatTerm(seat=seat, period=period, term=term) for term in terms)
    return terms


def _days(terms: Iterable[Term]) -> list[Days]:
    return [(term.starts_on, term.ends_on) for term in terms]


def bought_on(bundle: Bundle, on: date) -> int:
    """How many seats the bundle has on a day."""
    running = bundle.periods.valid().filter(starts_on__lte=on, ends_on__gte=on)
    return running.aggregate(sum=Sum("seats", default=0))["sum"]
