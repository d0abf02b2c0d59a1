"""What an institution may order, the seats that a payment gives, and what becomes of them when it is taken back.

An order is an offer as dues are, and the day of the payment fixes the days: the first period begins then, a further one
follows the last. More seats while a period runs are a period of their own beside it, from the payment to the same last
day. Locks: the customer (billing's), then the bundle, its people and their memberships.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from aapm_site.billing.models import OrderLine
from aapm_site.core.transitions import NotAllowed

from ..bundle_rules import (
    SeatRate,
    months_left,
    most_taken,
    price_of_rest,
    rates_beside,
    seat_rates,
    stretches,
)
from ..models import Bundle, BundlePeriod, BundleSeat, Plan, SeatTerm, Term
from ..rules import ONE_DAY, Period, TermLike, counts_from, dates_hold_until, next_period, standing_on, term_end
from ..skus import BUNDLE, MORE, SHOP
from . import bundle_letters, memberships, seats
from .bundles import lock_bundle
from .dues import CREDITED, OFFERED_FOR, PAYMENT_CAME_BACK, came_on

ENDED = "The seats that paid for it were ended."


@dataclass(frozen=True)
class SeatOffer:
    """Seats at one price for each, for the days that a payment today would give."""

    bundle: Bundle
    rate: SeatRate
    period: Period
    paid_by: date
    begins_when_paid: bool

    @property
    def rest(self) -> str:
        return sku_rest(self.bundle.plan, self.rate)

    @property
    def sku(self) -> str:
        return f"{SHOP}:{self.rest}"

    @property
    def price(self) -> Decimal:
        """For each seat."""
        return self.period.price

    @property
    def note(self) -> str:
        """Which days the seats have, and until when a payment keeps them."""
        last_day = min(self.paid_by, timezone.localdate() + OFFERED_FOR)
        held = f"if paid {'on' if self.begins_when_paid else 'by'} {date_format(last_day)}"
        return f"{date_format(self.period.starts_on)} to {date_format(self.period.ends_on)}, {held}"


def sku_rest(plan: Plan, rate: SeatRate, kind: str = BUNDLE) -> str:
    """What stands after the colon: the category, and from how many seats on, where more cost less."""
    return f"{kind}-{plan.slug}" if rate.least == 1 else f"{kind}-{plan.slug}-{rate.least}"


def rates_of(plan: Plan) -> list[SeatRate]:
    """The prices of a category's seats. One query."""
    priced = plan.seat_prices.filter(currency=plan.currency)
    return seat_rates(priced.values_list("least_seats", "price"), plan.dues)


def seat_offers(bundle: Bundle, on: date | None = None) -> list[SeatOffer]:
    """What the institution may order today, a price each: nothing while it is held, for a category that staff have not
    confirmed, and where the next period is paid already.
    """
    on = on or timezone.localdate()
    found = list(bundle.periods.valid())
    if _is_closed(bundle) or any(period.starts_on > on for period in found):
        return []
    periods = stretches(found)
    hold = dates_hold_until(periods, on, next_period(periods, on, bundle.plan.term_rule))
    begins = not standing_on(periods, on).is_current
    return [SeatOffer(bundle, rate, _period(bundle.plan, rate, periods, on), hold, begins) for rate in
            rates_of(bundle.plan)]  # fmt: skip


def _is_closed(bundle: Bundle) -> bool:
    """Whether nothing is sold to it at present."""
    return bundle.held_at is not None or (bundle.plan.sample and not bundle.plan.joinable)


def _period(plan: Plan, rate: SeatRate, periods: Sequence[TermLike], on: date) -> Period:
    """The days as the category's rule says, and what a seat costs for them: a first year may be a part of one."""
    rule = plan.term_rule
    return next_period(periods, on, replace(rule, dues=rate.price, least=min(rule.least, rate.price)))


@dataclass(frozen=True)
class FurtherOffer:
    """More seats beside those that run, at one price for each, from a payment today to the same last day."""

    bundle: Bundle
    plan: Plan
    rate: SeatRate  # its numbers are of further seats
    whole: Decimal  # what each costs for a whole term
    price: Decimal  # for each, for the months that are left
    months: int
    of_months: int
    ends_on: date
    paid_by: date

    @property
    def rest(self) -> str:
        return sku_rest(self.plan, self.rate, MORE)

    @property
    def sku(self) -> str:
        return f"{SHOP}:{self.rest}"

    @property
    def note(self) -> str:
        """Which days they have, and how the sum comes about."""
        share = "the whole term" if self.months >= self.of_months else f"{self.months} of {self.of_months} months"
        return f"From the day of the payment to {date_format(self.ends_on)}: {share}"


def further_offers(bundle: Bundle, on: date | None = None) -> list[FurtherOffer]:
    """The seats that the institution may order beside those that run today, a price each: nothing where none run, while
    it is held, for a category that staff have not confirmed, and beyond the most that one can have.

    The price is that of as many seats as there would be then, for the whole months that are left. Three queries.
    """
    on = on or timezone.localdate()
    running = list(bundle.periods.not_over(on).filter(starts_on__lte=on).select_related("plan").order_by("ends_on"))
    if _is_closed(bundle) or not running:
        return []
    last, have = running[-1], sum(period.seats for period in running)
    plan, months = last.plan, months_left(on, last.ends_on)
    least = plan.term_rule.least
    return [
        FurtherOffer(
            bundle=bundle,
            plan=plan,
            rate=rate,
            whole=rate.price,
            price=price_of_rest(rate.price, months, plan.term_months, min(least, rate.price)),
            months=months,
            of_months=plan.term_months,
            ends_on=last.ends_on,
            paid_by=_same_price_until(on, last.ends_on, months),
        )
        for rate in rates_beside(rates_of(plan), have)
    ]


def _same_price_until(on: date, ends_on: date, months: int) -> date:
    """The last day on which so many months are left, at most as long as an offer stands."""
    day = on
    while day < min(ends_on, on + OFFERED_FOR) and months_left(day + ONE_DAY, ends_on) == months:
        day += ONE_DAY
    return day


@transaction.atomic
def give_bundle(line: OrderLine) -> BundlePeriod | None:
    """Give the seats of a paid line, and terms to whoever said yes. Safe to repeat and to race.

    Their days follow from today, whatever the order said. What was ended because the payment came back goes on as it
    was. None where credit notes took back all of the line.
    """
    bundle = lock_bundle(line.details["bundle"])
    seats.lock_people(bundle)
    period = BundlePeriod.objects.valid().filter(order_line=line).first()
    if period is not None and period.was_to:
        _go_on(period)
    elif period is None and line.kept:
        period = _begin(bundle, line)
    if period is not None:
        given = seats.seat_people(bundle, paid=period)
        _tell_people(bundle, period, given, is_renewal=line.details["kind"] == BUNDLE)
    return period


def _tell_people(bundle: Bundle, period: BundlePeriod, given: Mapping[int, list[Term]], *, is_renewal: bool) -> None:
    """Who has days by this payment reads so, and who had a seat before and finds none among the renewed ones, too."""
    for seat in bundle.people.open().exclude(user=None).select_related("user", "bundle__plan"):
        if seat.user is None:
            continue
        if terms := given.get(seat.pk):
            bundle_letters.tell_paid(seat, seat.user, terms)
        elif is_renewal and (last_day := _without_from(seat, period)):
            bundle_letters.tell_without(seat, seat.user, last_day)


def _without_from(seat: BundleSeat, period: BundlePeriod) -> date | None:
    """The last day of a seat that does not go on with a period. None for who goes on otherwise, or had none."""
    terms = Term.objects.valid().filter(membership__user=seat.user, membership__closed_at=None)
    had = terms.filter(seat__seat=seat, ends_on__lt=period.starts_on, was_to=None).order_by("-ends_on").first()
    goes_on = terms.filter(ends_on__gte=period.starts_on).exists()
    return had.ends_on if had is not None and not goes_on else None


def _begin(bundle: Bundle, line: OrderLine) -> BundlePeriod:
    plan, today = Plan.objects.get(pk=line.details["plan"]), timezone.localdate()
    periods = list(bundle.periods.valid())
    if line.details["kind"] == MORE:
        starts_on, ends_on = today, _end_of_rest(periods, line, today)
    else:
        had = stretches(periods)
        days = next_period(had, counts_from(had, came_on(line.order), today, plan.term_rule), plan.term_rule)
        starts_on, ends_on = days.starts_on, days.ends_on
    return BundlePeriod.objects.create(
        bundle=bundle,
        plan=plan,
        order_line=line,
        seats=line.kept,
        starts_on=starts_on,
        ends_on=ends_on,
        grace_days=plan.grace_days,
    )


def _end_of_rest(periods: Sequence[BundlePeriod], line: OrderLine, today: date) -> date:
    """The last day of further seats: that of the period beside which they were ordered. Paid after it is over, or once
    it ended early, they run for the months that were paid.
    """
    ordered_to = date.fromisoformat(line.details["to"])
    if any(period.starts_on <= today and period.ends_on == ordered_to >= today for period in periods):
        return ordered_to
    return term_end(today, line.details["months"])


def _go_on(period: BundlePeriod) -> None:
    """A period that was ended early has its days again, and so have its people, where no other term holds them now."""
    was_cut, last = period.ends_on, period.was_to or period.ends_on
    period.ends_on, period.was_to, period.grace_days = last, None, period.plan.grace_days
    period.save(update_fields=["ends_on", "was_to", "grace_days"])
    cut = SeatTerm.objects.filter(period=period, seat__ended_at=None, term__void_at=None, term__ends_on=was_cut)
    for link in cut.exclude(term__was_to=None).select_related("term"):
        term = link.term
        others = Term.objects.valid().filter(
            membership=term.membership_id, starts_on__gt=term.ends_on, starts_on__lte=term.was_to
        )
        if not others.exists():
            term.ends_on, term.was_to, term.grace_days = term.was_to or term.ends_on, None, period.grace_days
            term.save(update_fields=["ends_on", "was_to", "grace_days"])


@transaction.atomic
def take_back_bundle(line: OrderLine, quantity: int, *, forced: bool = False) -> BundlePeriod | None:
    """Take back so many seats of a line. Seats that nobody uses can go at any time; a whole period that has not begun
    is void, with the terms of its people.

    One that has begun is refused with NotAllowed, because staff choose what becomes of it, on the institution's page.
    Forced (the bank took the money) it ends today.
    """
    bundle = lock_bundle(line.details["bundle"])
    seats.lock_people(bundle)
    period = BundlePeriod.objects.valid().filter(order_line=line).first()
    today = timezone.localdate()
    if period is None or period.ends_on <= today:
        return period
    if forced:
        return _undo(period, today, PAYMENT_CAME_BACK)
    if quantity < period.seats:
        return _give_up(period, quantity, today)
    if period.starts_on > today:
        return _undo(period, today, CREDITED)
    raise NotAllowed(
        f"The period {date_format(period.starts_on)} to {date_format(period.ends_on)} has begun. Say first on the page "
        f"of {bundle} what becomes of it: end it on a day, or take it back. Then issue the credit note; or refund an "
        "amount, and the seats stay."
    )


def _give_up(period: BundlePeriod, quantity: int, today: date) -> BundlePeriod:
    """Fewer seats, as long as nobody sits on them."""
    links = SeatTerm.objects.filter(period=period, term__void_at=None).select_related("term")
    used = most_taken([(link.term.starts_on, link.term.ends_on) for link in links], today)
    if used > period.seats - quantity:
        raise NotAllowed(
            f"{used} of the {period.seats} seats are used, so {quantity} cannot be taken back. The institution takes "
            "people off its list first."
        )
    period.seats -= quantity
    period.save(update_fields=["seats"])
    return period


def _undo(period: BundlePeriod, on: date, reason: str) -> BundlePeriod:
    """Not begun: void. Begun: `on` is its last day."""
    terms = Term.objects.filter(seat__period=period).order_by("pk")
    if period.starts_on > on:
        for term in terms.valid():
            memberships.void_term(term, reason=reason)
        period.void_at, period.void_reason = timezone.now(), reason
        period.save(update_fields=["void_at", "void_reason"])
        return period
    seats.end_terms(terms, on=on, reason=reason)
    period.ends_on, period.was_to, period.grace_days = on, period.was_to or period.ends_on, 0
    period.save(update_fields=["ends_on", "was_to", "grace_days"])
    return period


@transaction.atomic
def end_period(period: BundlePeriod, *, on: date) -> BundlePeriod:
    """Staff let the seats of a period end on a day before its last one, and the terms of its people with them.

    NotAllowed for a day that is not within the period, and for one that is past.
    """
    locked = _locked(period)
    if locked.is_void or not max(locked.starts_on, timezone.localdate()) <= on < locked.ends_on:
        raise NotAllowed("Choose a day from today on on which these seats run, before their last one.")
    return _undo(locked, on, ENDED)


@transaction.atomic
def void_period(period: BundlePeriod, *, reason: str) -> BundlePeriod:
    """Staff take a period back: it and the terms of its people count for nothing. NotAllowed for one that is void."""
    locked = _locked(period)
    if locked.is_void:
        raise NotAllowed("Somebody has taken these seats back already.")
    for term in Term.objects.valid().filter(seat__period=locked).order_by("pk"):
        memberships.void_term(term, reason=reason)
    locked.void_at, locked.void_reason = timezone.now(), reason.strip()
    locked.save(update_fields=["void_at", "void_reason"])
    return locked


def _locked(period: BundlePeriod) -> BundlePeriod:
    bundle = lock_bundle(period.bundle_id)
    seats.lock_people(bundle)
    return BundlePeriod.objects.select_for_update(of=("self",)).get(pk=period.pk)
