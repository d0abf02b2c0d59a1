"""What the sample members paid over the last two years, so that reports, receipts and the ledger have something to say;
and one of them whose membership renews by itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from aapm_site.billing.demo import SampleSale, sample_card, sample_sales
from aapm_site.billing.models import Customer, OrderLine
from aapm_site.billing.states import PaymentMethod

from ..automatic import CONSENT, CONSENT_VERSION
from ..models import AutomaticRenewal, Membership, Plan, Term
from ..regions import ABROAD
from ..skus import FIRST, RENEW, SHOP

LASTS = timedelta(days=730)  # so far back the orders reach; before that, the records were others
TOWNS = (
    ("Springfield", "62701"), ("Riverton", "84065"), ("Fairview", "37062"), ("Georgetown", "40324"),
    ("Franklin", "02038"), ("Clinton", "52732"), ("Salem", "97301"), ("Madison", "53703"),
)  # fmt: skip
STREETS = ("Sample Street", "Harbor Avenue", "Orchard Road", "Mill Lane", "Station Square")
EARLIEST = 24  # days before a term begins: who renews does so when the letters come


@dataclass(frozen=True)
class PaidDues:
    """A term that was paid with an order of its own; the first one of a membership or a further one."""

    membership: Membership
    plan: Plan
    term: Term
    is_first: bool


def pay_dues(paid: Iterable[PaidDues]) -> None:
    """Orders, invoices, receipts and ledger for terms that are not stored yet, each of the last two years that cost
    something: a term points at its line afterwards. Call it in `in_bulk`.
    """
    since = timezone.localdate() - LASTS
    found = [(one, on) for one in paid if one.plan.dues and (on := _paid_on(one)) >= since]
    people = {one.membership.user_id: one.membership for one, _ in found}
    customers = {customer.user_id: customer for customer in _customers(list(people.values()))}
    sales = []
    for one, on in found:
        one.term.order_line = _line(one)
        by = PaymentMethod.TRANSFER if one.membership.number % 3 == 0 else PaymentMethod.CHECK
        sales.append(SampleSale(customers[one.membership.user_id], one.term.order_line, on, by))
    sample_sales(sales)


def _paid_on(one: PaidDues) -> date:
    """A first term begins with its payment; a further one is paid some days ahead, and never later than today."""
    ahead = 0 if one.is_first else 1 + one.membership.number * 7 % EARLIEST
    return min(one.term.starts_on - timedelta(days=ahead), timezone.localdate())


def _line(one: PaidDues) -> OrderLine:
    kind = FIRST if one.is_first else RENEW
    return OrderLine(
        sku=f"{SHOP}:{kind}-{one.plan.slug}",
        title=f"Membership dues, {one.plan.name}",
        details={"plan": one.plan.pk, "kind": kind},
        quantity=1,
        unit_price=one.plan.dues,
        net=one.plan.dues,
    )


def _customers(people: Sequence[Membership]) -> list[Customer]:
    """The accounts of these people with the billing office, with an address as invoices print it."""
    known = list(Customer.objects.filter(user__in=[one.user_id for one in people]))
    have = {customer.user_id for customer in known}
    return known + Customer.objects.bulk_create(_customer(one) for one in people if one.user_id not in have)


def _customer(membership: Membership) -> Customer:
    user, number = membership.user, membership.number
    town, code = TOWNS[number % len(TOWNS)]
    return Customer(
        user=user,
        name=user.display_name,
        bill_name=user.signature_name,
        bill_email=user.email,
        bill_street=f"{100 + number % 800} {STREETS[number % len(STREETS)]}",
        bill_city=town,
        bill_postal_code=code,
        bill_region="" if membership.state_code == ABROAD else membership.state_code,
    )


def load_automatic() -> None:
    """The membership of one sample member renews by itself in some weeks, with a card that the stand-in keeps."""
    today = timezone.localdate()
    soon = Term.objects.valid().filter(
        ends_on__range=(today + timedelta(days=20), today + timedelta(days=60)),
        plan__dues__gt=0,
        membership__closed_at=None,
        membership__user__customer__isnull=False,
        order_line__isnull=False,
    )
    term = soon.select_related("plan", "membership__user__customer").order_by("membership__number").first()
    if term is None or AutomaticRenewal.objects.exists():
        return
    agreed = timezone.now() - timedelta(days=120)
    AutomaticRenewal.objects.create(
        membership=term.membership,
        card=sample_card(term.membership.user.customer, agreed),
        consent_version=CONSENT_VERSION,
        consent_text=CONSENT.format(dues=f"{term.plan.price_words} {term.plan.per_term}"),
        agreed_plan=term.plan,
        agreed_price=term.plan.dues,
        currency=term.plan.currency,
        agreed_at=agreed,
        confirmed_at=agreed,
    )
