"""What membership sells: the dues of a first term to whom was approved, of further terms to members, and seats.

Dues are a person's own: they are sold to the customer that the person is, whoever orders. Seats are sold to the
institution whose account it is.
"""

from collections.abc import Collection

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from aapm_site.accounts.people import Visitor
from aapm_site.billing.models import Customer, Order, OrderLine
from aapm_site.billing.registry import AfterPurchase, CustomerSource, Product, ProductSource

from .domain.bundle_dues import FurtherOffer, SeatOffer, further_offers, rates_of, seat_offers, sku_rest
from .domain.category_changes import PRICE_HOLDS, ChangeNow, offered_changes
from .domain.dues import OFFERED_FOR, Dues, dues_of, make_way
from .models import Bundle, BundlePeriod, Plan, Term
from .queries.dues_orders import invoiced_dues_of
from .skus import BUNDLE, FIRST, MORE, RENEW, SHOP, STEP

BEGINS = "Your term is yours as soon as your dues have come; its dates are fixed on that day."
SEATS_BEGIN = "The seats can be used as soon as they are paid; their dates are fixed on that day."
NOT_OWED = "You need not pay: without a payment the order simply ends."


def customers(user: Visitor) -> QuerySet[Customer]:
    """Nobody buys dues for others: a person's own account is known without this."""
    return Customer.objects.none()


def institutions(user: Visitor) -> QuerySet[Customer]:
    """The accounts of the institutions whose seats the user looks after."""
    return Customer.objects.filter(bundle__in=Bundle.objects.for_user(user))


def products(rests: Collection[str], customer: Customer, user: Visitor) -> list[Product]:
    """The dues that the person of this customer may pay now, and the change of category that is open to them; or the
    seats that the institution may order.
    """
    bundle = getattr(customer, "bundle", None)
    if bundle is not None:
        return _sold_to(bundle, rests)
    person = customer.user
    if person is None:
        return []
    changes = {rest for rest in rests if rest.startswith(f"{STEP}-")}
    dues = dues_of(person) if set(rests) - changes else []
    stepping = offered_changes(person) if changes else []
    return [
        *(_product(one) for one in dues if one.rest in rests),
        *(_change(one) for one in stepping if one.rest in changes),
    ]


def _sold_to(bundle: Bundle, rests: Collection[str]) -> list[Product]:
    """Seats for a term, and further ones for the rest of one that runs."""
    more = {rest for rest in rests if rest.startswith(f"{MORE}-")}
    offers = seat_offers(bundle) if set(rests) - more else []
    further = further_offers(bundle) if more else []
    return [
        *(_seats(one) for one in offers if one.rest in rests),
        *(_further_seats(one) for one in further if one.rest in more),
    ]


def _product(dues: Dues) -> Product:
    return Product(
        sku=dues.sku,
        title=f"Membership dues, {dues.plan.name}",
        unit_price=dues.price,
        currency=dues.plan.currency,
        note=dues.note,
        notes=dues.notes,
        most=dues.most,
        details={"plan": dues.plan.pk, "kind": dues.kind},
        offered_until=timezone.localdate() + OFFERED_FOR,
    )


def _seats(offer: SeatOffer) -> Product:
    plan = offer.bundle.plan
    return Product(
        sku=offer.sku,
        title=f"Seats of membership, {plan.name}",
        unit_price=offer.price,
        currency=plan.currency,
        note=offer.note,
        least=offer.rate.least,
        most=offer.rate.most,
        details={"plan": plan.pk, "kind": BUNDLE, "bundle": offer.bundle.pk},
        offered_until=timezone.localdate() + OFFERED_FOR,
    )


def _further_seats(offer: FurtherOffer) -> Product:
    return Product(
        sku=offer.sku,
        title=f"Further seats of membership, {offer.plan.name}",
        unit_price=offer.price,
        currency=offer.plan.currency,
        note=offer.note,
        least=offer.rate.least,
        most=offer.rate.most,
        details={
            "plan": offer.plan.pk,
            "kind": MORE,
            "bundle": offer.bundle.pk,
            "to": offer.ends_on.isoformat(),
            "months": offer.months,
        },
        offered_until=offer.paid_by,
    )


def _change(change: ChangeNow) -> Product:
    return Product(
        sku=change.sku,
        title=f"Change of category, {change.plan.name}",
        unit_price=change.step.price,
        currency=change.plan.currency,
        note=change.note,
        most=1,
        details={
            "plan": change.plan.pk,
            "kind": STEP,
            "credited": change.old.pk,
            "credit": str(change.step.credit),
        },
        offered_until=timezone.localdate() + PRICE_HOLDS,
    )


def skus() -> list[tuple[str, str]]:
    """What a coupon may name."""
    plans = Plan.objects.offered()
    own = [
        (f"{SHOP}:{kind}-{plan.slug}", f"{plan.name}: {words}")
        for plan in plans.exclude(dues=0)
        for kind, words in ((FIRST, "first dues"), (RENEW, "renewal"), (STEP, "change of category"))
    ]
    with_seats = plans.filter(bundles__isnull=False).distinct()
    return own + [
        (f"{SHOP}:{sku_rest(plan, rate)}", f"{plan.name}: seats of an institution, from {rate.least}")
        for plan in with_seats
        for rate in rates_of(plan)
    ]


def next_step(order: Order) -> AfterPurchase | None:
    """The way to the membership, or to the seats."""
    lines = [line for line in order.lines.all() if line.room == SHOP]
    if not lines:
        return None
    bundle = getattr(order.customer, "bundle", None)
    if bundle is not None:
        return _to_the_seats(bundle, lines, is_offer=order.is_offer)
    return AfterPurchase(
        label="See your membership",
        url=reverse("membership:mine"),
        paid=_paid(lines),
        waiting=f"{BEGINS} {NOT_OWED}" if order.is_offer else BEGINS,
    )


def _to_the_seats(bundle: Bundle, lines: list[OrderLine], *, is_offer: bool) -> AfterPurchase:
    period = BundlePeriod.objects.valid().filter(order_line__in=lines).first()
    paid = "The seats are paid. Thank you."
    if period is not None:
        days = f"{date_format(period.starts_on)} to {date_format(period.ends_on)}"
        paid = f"The seats are paid: {period.seats} of them, from {days}."
    return AfterPurchase(
        label="See the seats",
        url=bundle.get_absolute_url(),
        paid=paid,
        waiting=f"{SEATS_BEGIN} {NOT_OWED}" if is_offer else SEATS_BEGIN,
    )


def _paid(lines: list[OrderLine]) -> str:
    terms = Term.objects.valid().filter(order_line__in=lines).order_by("starts_on")
    days = [(term.starts_on, term.ends_on) for term in terms]
    if not days:
        return "Your dues are paid. Thank you."
    return f"Your dues are paid: you are a member from {date_format(days[0][0])} to {date_format(days[-1][1])}."


CUSTOMERS = CustomerSource(SHOP, customers, owner="user__membership", order=40)
INSTITUTIONS = CustomerSource("membership-institutions", institutions, owner="bundle__plan", order=41)
DUES = ProductSource(SHOP, products, next_step, skus, order=40, prepare=make_way, unpaid_of=invoiced_dues_of)
