"""Institutions with seats for tests."""

from typing import Any

from allauth.account.models import EmailAddress

from aapm_site.billing.domain import orders
from aapm_site.billing.domain.pricing import Wanted
from aapm_site.billing.models import Order
from membership.domain import bundles, seats
from membership.domain.bundle_dues import seat_offers
from membership.models import Bundle, BundleAdministrator, BundleSeat, Plan, Term
from tests.billing.factories import payment
from tests.billing.shop import ADDRESS, numbers

from .factories import make_plan, make_user


def person(**fields: Any) -> Any:
    """Somebody with a confirmed address."""
    user = make_user(**fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def make_bundle(plan: Plan | None = None, *, name: str = "Harbor Pain Fellowship") -> Bundle:
    return bundles.make_bundle(name, plan or make_plan(name="Physician", slug="physician", dues=480))


def look_after(bundle: Bundle, user: Any = None) -> Any:
    """Somebody who said yes to looking after the seats."""
    user = user or person()
    asked = BundleAdministrator.objects.create(bundle=bundle, email=user.email)
    bundles.agree_to_administer(asked, by=user)
    return user


def order_seats(bundle: Bundle, count: int, *, pay_by: str = "invoice", key: str = "", sku: str = "") -> Order:
    """An order at the price for so many, unless a sku is given."""
    sku = sku or next(one.sku for one in seat_offers(bundle) if one.rate.least <= count <= one.rate.most)
    placed = orders.place_order(
        bundle.customer,
        [Wanted(sku, count)],
        by=None,
        pay_by=pay_by,
        bill_to=ADDRESS,
        checkout_key=key or f"seats-{next(numbers)}-of-this",
    )
    return Order.everything.select_related("customer__bundle").get(pk=placed.pk)


def bought(count: int, plan: Plan | None = None, **fields: Any) -> tuple[Bundle, Any]:
    """A bundle with so many seats that are paid, and the payment."""
    bundle = make_bundle(plan, **fields)
    return bundle, payment(order_seats(bundle, count))


def wish(*emails: str) -> list[seats.Wished]:
    return [seats.Wished(number, email, email) for number, email in enumerate(emails, 1)]


def invite(bundle: Bundle, *users: Any) -> list[BundleSeat]:
    reports = seats.invite_people(bundle, wish(*(user.email for user in users)), by=None)
    assert all(one.is_invited for one in reports), reports
    return [BundleSeat.objects.open().get(bundle=bundle, email=user.email) for user in users]


def seat(bundle: Bundle, user: Any = None) -> BundleSeat:
    """Somebody who said yes to a seat."""
    user = user or person()
    (offered,) = invite(bundle, user)
    seats.accept_seat(offered, by=user)
    offered.refresh_from_db()
    return offered


def terms_of(user: Any) -> list[tuple[Any, Any, str]]:
    found = Term.objects.valid().filter(membership__user=user).order_by("starts_on")
    return [(term.starts_on, term.ends_on, term.source) for term in found]
