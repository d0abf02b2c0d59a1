"""A sample institution with seats: what it bought, who is on its list, and who looks after it. Nothing is mailed."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.billing.demo import sample_order
from aapm_site.billing.models import OrderLine

from ..bundle_rules import SeatRate
from ..domain import bundles
from ..domain.bundle_dues import sku_rest
from ..domain.memberships import next_member_number
from ..domain.seats import CONSENT
from ..models import Bundle, BundleAdministrator, BundlePeriod, BundleSeat, Membership, Plan, SeatPrice, SeatTerm, Term
from ..rules import period_from
from ..skus import BUNDLE, SHOP


def load_prices(rows: list[dict[str, Any]]) -> None:
    """The prices of seats that are missing."""
    for row in rows:
        SeatPrice.objects.get_or_create(
            plan=Plan.objects.get(slug=row["plan"]),
            least_seats=row["least_seats"],
            defaults={"price": Decimal(row["price"])},
        )


def load_institution(row: dict[str, Any]) -> bool:
    """One institution, unless it is there already, or nobody is there to look after it. Whether it was added."""
    administrator = User.objects.filter(email=row["administrator"]).first()
    if administrator is None or Bundle.objects.filter(name=row["name"]).exists():
        return False
    now, plan = timezone.now(), Plan.objects.get(slug=row["plan"])
    bundle = bundles.make_bundle(row["name"], plan)
    _set_address(bundle, administrator)
    BundleAdministrator.objects.create(
        bundle=bundle,
        email=administrator.email,
        user=administrator,
        invited_at=now - timedelta(days=91),
        accepted_at=now - timedelta(days=90),
    )
    period = _buy(bundle, row, administrator)
    for person in row["person"]:
        seat = _seat(bundle, period, person)
        if person.get("looks_after"):
            BundleAdministrator.objects.create(
                bundle=bundle,
                email=seat.email,
                user=seat.user,
                invited_at=now - timedelta(days=42),
                accepted_at=now - timedelta(days=40),
            )
    BundleSeat.objects.create(bundle=bundle, email=row["offered"], invited_by=administrator)
    return True


def _set_address(bundle: Bundle, administrator: User) -> None:
    customer = bundle.customer
    customer.bill_street, customer.bill_city = "400 Riverbend Parkway", "Columbus"
    customer.bill_region, customer.bill_postal_code = "OH", "43215"
    customer.bill_email = administrator.email
    customer.save()


def _buy(bundle: Bundle, row: dict[str, Any], administrator: User) -> BundlePeriod:
    plan, price, count = bundle.plan, Decimal(row["price"]), row["seats"]
    paid_on = timezone.localdate() - timedelta(days=row["bought_days_ago"])
    line = OrderLine(
        sku=f"{SHOP}:{sku_rest(plan, SeatRate(5, 9, price))}",
        title=f"Seats of membership, {plan.name}",
        details={"plan": plan.pk, "kind": BUNDLE, "bundle": bundle.pk},
        quantity=count,
        unit_price=price,
        net=price * count,
    )
    sample_order(bundle.customer, [line], by=administrator, on=paid_on - timedelta(days=9), paid_on=paid_on)
    days = period_from(paid_on, plan.term_rule)
    period = BundlePeriod.objects.get(order_line=line)  # as of today, since that is when the payment was told
    period.starts_on, period.ends_on = days.starts_on, days.ends_on
    period.save()
    return period


def _seat(bundle: Bundle, period: BundlePeriod, row: dict[str, Any]) -> BundleSeat:
    """A person who has said yes, with the membership that came of it."""
    said_yes = timezone.now() - timedelta(days=row["said_yes_days_ago"])
    names = {name: row[name] for name in ("first_name", "last_name", "degrees")}
    user, _ = User.objects.get_or_create(email=row["email"], defaults=names | {"password": make_password(None)})
    EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    starts_on = timezone.localdate(said_yes)
    membership, _ = Membership.objects.get_or_create(
        user=user, defaults={"number": next_member_number(), "joined_on": starts_on}
    )
    term = Term.objects.create(
        membership=membership,
        plan=period.plan,
        starts_on=starts_on,
        ends_on=period.ends_on,
        source=Term.Source.BUNDLE,
    )
    seat = BundleSeat.objects.create(
        bundle=bundle,
        email=user.email,
        user=user,
        invited_at=said_yes - timedelta(days=1),
        accepted_at=said_yes,
        consent=CONSENT,
    )
    SeatTerm.objects.create(seat=seat, period=period, term=term)
    return seat
