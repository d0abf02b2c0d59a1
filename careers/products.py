"""What the career center sells, and to whom: the packages of the rates page, for employers."""

from collections.abc import Collection

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from aapm_site.accounts.people import Visitor
from aapm_site.billing.models import Customer, Order
from aapm_site.billing.registry import AfterPurchase, CustomerSource, Product, ProductSource
from aapm_site.billing.states import PayBy

from .credit_types import SHOP, CreditType
from .models import Employer, Package
from .presenters.profile_search import reach_in_words
from .queries.profile_reach import reach_of_newest

MOST = 20


def customers(user: Visitor) -> QuerySet[Customer]:
    """The accounts of the employers whose orders and invoices the user sees, those that are closed as well."""
    return Customer.objects.filter(employer__in=Employer.objects.billed_to(user))


def products(slugs: Collection[str], customer: Customer, user: Visitor) -> list[Product]:
    """The packages as they are sold now, at the members' price to a member; to employers that are not closed."""
    employer = _employer(customer)
    if employer is None or employer.closed_at:
        return []
    reach = reach_in_words(reach_of_newest([employer], timezone.now()))
    return [_product(package, user, reach) for package in Package.objects.filter(slug__in=slugs, is_active=True)]


def _product(package: Package, user: Visitor, reach: str) -> Product:
    return Product(
        sku=package.sku,
        title=package.name,
        unit_price=package.price_for(user),
        currency=package.currency,
        tax_rate=package.tax_rate,
        note=f"{package.kind.of(package.postings)}. {reach}" if reach else package.kind.of(package.postings),
        most=MOST,
        details={"postings": package.postings, "runs_days": package.runs_days, "featured": package.featured},
    )


def _employer(customer: Customer) -> Employer | None:
    """The employer whose account it is, if it is one's."""
    return getattr(customer, "employer", None)


def skus() -> list[tuple[str, str]]:
    return [(package.sku, package.name) for package in Package.objects.filter(is_active=True)]


def next_step(order: Order) -> AfterPurchase | None:
    """The way to the credits, and what becomes of a job that waits for them."""
    employer = _employer(order.customer)
    if employer is None:
        return None
    return AfterPurchase(
        label="See your postings",
        url=reverse("careers:employer-credits", args=[employer.public_id]),
        paid=_bought(order),
        waiting=_waiting(order),
    )


def _bought(order: Order) -> str:
    """This order brought you 3 postings of 30 days each, without pieces that a credit note took back.

    It stays true when they are used, so it asks for nothing else.
    """
    counts: dict[CreditType, int] = {}
    for line in order.lines.all():
        if line.room == SHOP:
            kind = CreditType(line.details["runs_days"], line.details["featured"])
            counts[kind] = counts.get(kind, 0) + line.details["postings"] * line.kept
    words = " and ".join(kind.of(count) for kind, count in counts.items() if count)
    return f"This order brought you {words}. A position uses one posting when it goes to review."


def _waiting(order: Order) -> str:
    came = "Waiting for your card payment" if order.pay_by == PayBy.CARD else "Waiting for your check or transfer"
    return (
        f"{came}. Your postings are ready as soon as it is recorded; a position that waits for them goes to review by "
        "itself."
    )


CUSTOMERS = CustomerSource(SHOP, customers, owner="employer", order=30)
PACKAGES = ProductSource(SHOP, products, next_step, skus, order=30)
