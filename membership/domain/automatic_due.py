"""What the clock does for automatic renewals: begin those whose card was given, announce, charge, and say what failed.

What is due is asked of the dates and of what was told; a row that is repeated, or was overtaken, does nothing. A charge
is an ordinary order of dues, made under the locks of every such order, and paid by the worker with the kept card.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone

from aapm_site.billing.domain import kept_charges, offers, orders
from aapm_site.billing.domain.pricing import Wanted
from aapm_site.billing.models import BILL_FIELDS
from aapm_site.billing.states import ChargeState, KeptCardState, OrderStatus, PayBy
from aapm_site.core.background.due import DueRow
from aapm_site.core.background.reminder_schedule import moment
from aapm_site.core.money import Money
from aapm_site.core.transitions import NotAllowed

from ..automatic import FIRST_NOTICE, LATEST, Announced, RenewalAct, act_on, charge_day
from ..models import AnnouncedRenewal, AutomaticRenewal, Term
from ..queries.dues_orders import dues_orders, invoiced_dues
from ..skus import RENEW, SHOP
from ..states import StopReason
from . import automatic_letters, automatic_renewals
from .automatic_renewals import AutomaticTerms, automatic_terms
from .automatic_stops import stop

AT = time(9, 0)  # in the association's zone
BEGIN, FAILED = "begin", "failed"
WORDS = {
    RenewalAct.ANNOUNCE: "Announce the automatic renewal of",
    RenewalAct.REMIND: "Announce once more the automatic renewal of",
    RenewalAct.CHARGE: "Charge the kept card of",
    RenewalAct.GIVE_UP: "Give up the automatic renewal of",
    BEGIN: "Begin the automatic renewal of",
    FAILED: "Say that the automatic payment failed, to",
}


@dataclass(frozen=True)
class WaitingRenewal:
    """What is next for one automatic renewal, and when."""

    automatic: AutomaticRenewal
    act: str
    at: datetime
    terms: AutomaticTerms | None = None
    told: AnnouncedRenewal | None = None

    @property
    def key(self) -> str:
        return f"{self.automatic.pk}:{self.act}"


def due_automatic(at: datetime) -> Iterator[DueRow]:
    """What is due by `at`, soonest first. Reads those whose terms end about now, and no others."""
    for found in sorted(_waiting(at), key=lambda one: (one.at, one.automatic.pk)):
        if found.at <= at and not _is_invoiced(found):
            yield DueRow(
                key=found.key,
                title=f"{WORDS[found.act]} {found.automatic.membership}",
                at=found.at,
                url=reverse("admin:membership_membership_change", args=[found.automatic.membership_id]),
            )


def _waiting(at: datetime) -> Iterator[WaitingRenewal]:
    begun = AutomaticRenewal.objects.filter(stopped_at=None, confirmed_at=None, card__state=KeptCardState.KEPT)
    for automatic in begun.select_related("membership__user", "card"):
        yield WaitingRenewal(automatic, BEGIN, automatic.card.kept_at or automatic.agreed_at)
    today = timezone.localdate()
    for automatic in _near(today, timezone.localdate(at)):
        if found := _next(automatic, today):
            yield found


def _near(today: date, until: date) -> QuerySet[AutomaticRenewal]:
    """Those that run and whose last term ends about now, of people who may sign in."""
    own = Term.objects.valid().filter(membership=OuterRef("membership"))
    near = own.filter(ends_on__gte=today - LATEST - timedelta(days=30), ends_on__lte=until + FIRST_NOTICE)
    later = own.filter(ends_on__gt=until + FIRST_NOTICE)
    found = AutomaticRenewal.objects.on().filter(
        Exists(near), ~Exists(later), membership__closed_at=None, membership__user__is_active=True
    )
    return found.select_related("membership__user", "membership__next_plan", "card").prefetch_related(
        "membership__terms__plan__steps_up_to", "announced__charge"
    )


def _next(automatic: AutomaticRenewal, today: date) -> WaitingRenewal | None:
    """What is next for one; nothing while its payment is on its way."""
    terms = list(automatic.membership.terms.all())
    for term in terms:
        term.membership = automatic.membership
    found = automatic_terms(terms, today)
    if found is None:
        return None
    told = next((row for row in automatic.announced.all() if row.term_id == found.last.pk), None)
    if told is not None and told.charge is not None:
        if told.charge.state in {ChargeState.REQUESTED, ChargeState.PAID}:
            return None
        return WaitingRenewal(automatic, FAILED, told.charge.settled_at or told.charge.requested_at, found, told)
    act, day = act_on(today, found.ends_on, found.plan.pk, found.price, _said(told))
    return WaitingRenewal(automatic, act, moment(day, AT), found, told)


def _is_invoiced(found: WaitingRenewal) -> bool:
    """Whether the member has an open invoice for dues: then that is how they pay, and nothing is charged beside it."""
    return found.act != BEGIN and invoiced_dues(found.automatic.membership.user) is not None


def _said(told: AnnouncedRenewal | None) -> Announced | None:
    if told is None:
        return None
    return Announced(plan=told.plan_id, price=told.price, on=told.told_on, again_on=told.told_again_on)


def do_automatic(key: str) -> None:
    """Do one row, if it is still due. Safe to repeat and to race: under the locks of the person's orders."""
    number, _, act = key.partition(":")
    if not (number.isascii() and number.isdigit()):
        return
    known = AutomaticRenewal.objects.filter(pk=number, stopped_at=None).select_related("membership__user").first()
    if known is None:
        return
    if act == BEGIN:
        automatic_renewals.begin(known)
        return
    with transaction.atomic():
        if automatic_renewals.lock(known.membership.user) is None:
            return
        now = timezone.now()
        fresh = _near(timezone.localdate(now), timezone.localdate(now)).filter(pk=known.pk).first()
        found = _next(fresh, timezone.localdate(now)) if fresh else None
        if found is not None and found.act == act and found.at <= now and not _is_invoiced(found):
            _do(found)


def _do(found: WaitingRenewal) -> None:
    match found.act:
        case RenewalAct.ANNOUNCE | RenewalAct.REMIND:
            _announce(found)
        case RenewalAct.CHARGE:
            _charge(found)
        case _:
            _fall_back(found)


def _announce(found: WaitingRenewal) -> None:
    """Write down what is said, and say it. Once: the row that was written changes what is next."""
    today, terms = timezone.localdate(), found.terms
    if terms is None:
        return
    row = found.told or AnnouncedRenewal(automatic=found.automatic, term=terms.last)
    before = _before(found.automatic, found.told, terms)
    if found.act == RenewalAct.REMIND:
        row.told_again_on = today
    else:
        row.plan, row.price, row.currency = terms.plan, terms.price, terms.plan.currency
        row.told_on, row.told_again_on = today, None
    row.save()
    row.term = terms.last
    automatic_letters.announced(found.automatic, row, charge_day(terms.ends_on, today), before=before)


def _before(automatic: AutomaticRenewal, told: AnnouncedRenewal | None, terms: AutomaticTerms) -> str:
    """What was said last, or agreed to, where that was another sum or category; empty otherwise."""
    if told is not None:
        plan, price, currency = told.plan, told.price, told.currency
    else:
        plan, price, currency = automatic.agreed_plan, automatic.agreed_price, automatic.currency
    if (plan, price) == (terms.plan, terms.price):
        return ""
    return f"{plan.name}, {Money(price, currency)}"


def _charge(found: WaitingRenewal) -> None:
    """Order the dues of one term and have them paid with the card. Where somebody orders in the same moment, or a bank
    is at work on another payment, nothing happens: it is asked again at the next run.
    """
    told, terms, person = found.told, found.terms, found.automatic.membership.user
    if told is None or terms is None:
        return
    customer = orders.personal_customer(person)
    try:
        with transaction.atomic():
            order = orders.place_order(
                customer,
                [Wanted(f"{SHOP}:{RENEW}-{terms.plan.slug}", 1)],
                by=person,
                pay_by=PayBy.CARD,
                bill_to={name: getattr(customer, name) for name in BILL_FIELDS},
                checkout_key=f"automatic-{told.pk}",
                seen_total=terms.price,
            )
            told.charge = kept_charges.request_charge(order, found.automatic.card)
    except NotAllowed:
        return
    told.save(update_fields=["charge"])


def _fall_back(found: WaitingRenewal) -> None:
    """Stop it, say why, and send the link by which the member renews. The order that was not paid ends."""
    terms, told = found.terms, found.told
    if terms is None:
        return
    is_late = found.act == RenewalAct.GIVE_UP
    stop(found.automatic, StopReason.LATE if is_late else StopReason.FAILED)
    if told is not None and told.charge is not None:
        order = dues_orders(found.automatic.membership.user).filter(pk=told.charge.order_id).first()
        if order is not None and order.status == OrderStatus.OFFERED:
            offers.end_offer(order, by=None, reason="The kept card could not be charged.")
    why = automatic_letters.LATE if is_late or told is None or told.charge is None else told.charge.why
    automatic_letters.failed(found.automatic, terms.last, why)
