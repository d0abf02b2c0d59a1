"""The link in a letter by which a membership is renewed without signing in.

It is signed and names the term that ends and how often links of it were used before: with that key the order is placed,
and the database takes a key once. So a link is good once, whoever has it, and can do nothing but order the member's own
dues. It shows no name.
"""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.core import signing
from django.urls import reverse

from aapm_site.accounts.models import User
from aapm_site.billing.domain import orders
from aapm_site.billing.domain.pricing import Wanted
from aapm_site.billing.models import BILL_FIELDS, Order
from aapm_site.core.seo import absolute
from aapm_site.core.transitions import NotAllowed

from ..models import Term
from ..skus import RENEW
from .dues import Dues, dues_of

SALT = "membership.renewal"
GOOD_FOR = timedelta(days=200)  # from thirty days before the end past any usual grace


class LinkIsOver(NotAllowed):
    """The link is not good, or not any more; the text says what to do instead."""


@dataclass(frozen=True)
class RenewalOffer:
    """What a link leads to. `used` is the order that was placed by it."""

    key: str
    term: Term
    dues: Dues | None
    used: Order | None = None

    @property
    def person(self) -> User:
        return self.term.membership.user


def renewal_address(term: Term) -> str:
    """The link for the member's letter, with the origin. It is a secret of theirs."""
    used = Order.everything.filter(checkout_key__startswith=_key(term.pk, "")).count()
    signed = signing.dumps([term.membership_id, term.pk, used], salt=SALT, compress=False)
    return absolute(reverse("membership:renew", args=[signed]))


def _key(term: int, nonce: object) -> str:
    return f"renewal-{term}-{nonce}"


def read_link(signed: str) -> RenewalOffer:
    """What the link offers now. Raises LinkIsOver. Writes nothing."""
    try:
        membership, number, nonce = signing.loads(signed, salt=SALT, max_age=GOOD_FOR)
    except (signing.BadSignature, TypeError, ValueError) as wrong:
        raise LinkIsOver(
            "This link is not good, or not any more. Sign in to see how your membership stands."
        ) from wrong
    known = Term.objects.valid().filter(pk=number, membership=membership, membership__closed_at=None)
    term = known.filter(membership__user__is_active=True).select_related("membership__user").first()
    if term is None:
        raise LinkIsOver("This link is not good any more. Sign in to see how your membership stands.")
    key = _key(term.pk, nonce)
    used = Order.everything.filter(checkout_key=key, customer__user=term.membership.user_id).first()
    if used is None and Term.objects.valid().filter(membership=membership, starts_on__gt=term.starts_on).exists():
        raise LinkIsOver("This membership is renewed already. There is nothing to do.")
    found = [one for one in dues_of(term.membership.user) if one.kind == RENEW]
    if used is None and not found:
        raise LinkIsOver(
            "This membership cannot be renewed here any more. Sign in to see how it stands, or write to us."
        )
    return RenewalOffer(key, term, found[0] if found else None, used)


def order_by_link(signed: str, *, years: int, pay_by: str, seen_total: Decimal) -> Order:
    """Order the dues of the member whom the letter was for, in their name. A link that was used gives its order again.

    Raises LinkIsOver, PriceChanged, or NotAllowed for what billing refuses.
    """
    offer = read_link(signed)
    if offer.used is not None or offer.dues is None:
        if offer.used is None:
            raise LinkIsOver("This membership cannot be renewed here any more.")
        return offer.used
    customer = orders.personal_customer(offer.person)
    return orders.place_order(
        customer,
        [Wanted(offer.dues.sku, years)],
        by=offer.person,
        pay_by=pay_by,
        bill_to={name: getattr(customer, name) for name in BILL_FIELDS},
        checkout_key=offer.key,
        seen_total=seen_total,
    )
