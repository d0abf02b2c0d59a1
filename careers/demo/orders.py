"""What the demonstration's employers have bought: paid, waiting, and overdue, so that finance has something to see."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.billing.demo import sample_order
from aapm_site.billing.models import Customer, Order, OrderLine

from ..domain.employers import customer_of
from ..models import Employer, EmployerMember, Package


@dataclass(frozen=True)
class Sample:
    """One order: which employer (by its place among all), what, how long ago, and when it was paid if it was."""

    employer: int
    package: str
    days_ago: int
    net_days: int = 0
    paid_after: int | None = None
    po_number: str = ""


# The oldest first, since numbers are given in order. The first employer is the demo's own.
SAMPLES = (
    Sample(2, "single-60", 131, net_days=30),
    Sample(3, "five-pack", 96, net_days=30, po_number="PO 88-1204"),
    Sample(4, "three-pack", 80, net_days=30, paid_after=24),
    Sample(0, "three-pack", 62, net_days=30, paid_after=19, po_number="PO 2026-0417"),
    Sample(5, "featured-30", 48, net_days=30),
    Sample(0, "single-30", 39, net_days=30, po_number="PO 2026-0481"),
    Sample(1, "single-30", 15),
    Sample(3, "single-90", 6, net_days=30),
    Sample(0, "five-pack", 2, net_days=30, po_number="PO 2026-0533"),
)


def load_orders(owner: str) -> int:
    """Make them for employers that have bought nothing yet; how many were made."""
    employers = _employers(owner)
    new = {place for place, employer in enumerate(employers) if not Order.objects.filter(customer__employer=employer)}
    wanted = [sample for sample in SAMPLES if sample.employer in new]
    for sample in wanted:
        _order(employers[sample.employer], sample)
    return len(wanted)


def _employers(owner: str) -> list[Employer]:
    """The demo's own employer, then others by name."""
    own = Employer.objects.filter(members__user__email=owner).first()
    others = Employer.objects.exclude(pk=own.pk if own else None).order_by("name")
    return [*([own] if own else []), *others[:5]]


def _order(employer: Employer, sample: Sample) -> None:
    package = Package.objects.get(slug=sample.package)
    buyer = EmployerMember.objects.filter(employer=employer).select_related("user").order_by("-pk").first().user
    on = timezone.localdate() - timedelta(days=sample.days_ago)
    line = OrderLine(
        sku=package.sku,
        title=package.name,
        details={
            "postings": package.postings,
            "runs_days": package.runs_days,
            "featured": package.featured,
            "note": package.kind.of(package.postings),
        },
        quantity=1,
        unit_price=package.price,
        currency=package.currency,
        net=package.price,
    )
    paid_on = None if sample.paid_after is None else on + timedelta(days=sample.paid_after)
    customer = _customer(employer, buyer, sample)
    sample_order(customer, [line], by=buyer, on=on, po_number=sample.po_number, paid_on=paid_on)


def _customer(employer: Employer, buyer: User, sample: Sample) -> Customer:
    """The employer's account, with an address like those on real invoices."""
    customer = customer_of(employer, by=buyer)
    customer.net_days = sample.net_days
    customer.bill_attention = "Accounts payable"
    customer.bill_street = f"{100 + 7 * employer.pk} Main Street"
    customer.bill_city = employer.place.name if employer.place else "Chicago"
    customer.bill_region = employer.place.state_code if employer.place else "IL"
    customer.save()
    return customer
