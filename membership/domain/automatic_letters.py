"""Letters about automatic renewal. Each names the sum, the day and the card, and holds the link that stops it."""

from datetime import date
from typing import Any

from django.core import signing
from django.urls import reverse

from aapm_site.billing.gateways import kept
from aapm_site.billing.models import KeptCard
from aapm_site.core.money import Money
from aapm_site.core.seo import absolute
from aapm_site.mail.domain.queue import queue_email

from ..models import AnnouncedRenewal, AutomaticRenewal, Term
from ..reminder_words import written
from .renewals import renewal_address

KIND = "membership-automatic"
SALT = "membership.automatic.stop"
LATE = "late"
WHY = {
    kept.DECLINED: "The bank declined the payment.",
    kept.EXPIRED: "The card has expired.",
    kept.NEEDS_PERSON: "The bank wants you to confirm the payment yourself, which it can ask only while you are there.",
    LATE: "The payment could not be made in time. That was our fault, not yours.",
}
NO_ANSWER = "The card provider gave no answer."


def stop_address(automatic: AutomaticRenewal) -> str:
    """The link that can stop this automatic renewal and nothing else, with the origin. It is a secret of the member."""
    signed = signing.dumps(automatic.pk, salt=SALT, compress=False)
    return absolute(reverse("membership:automatic-stop-link", args=[signed]))


def read_stop_link(signed: str) -> AutomaticRenewal | None:
    """The automatic renewal of a link, whether it runs or not. It does not end: stopping must always be possible."""
    try:
        number = signing.loads(signed, salt=SALT)
    except signing.BadSignature:
        return None
    if not isinstance(number, int):
        return None
    return AutomaticRenewal.objects.select_related("card", "membership__user").filter(pk=number).first()


def begun(automatic: AutomaticRenewal) -> None:
    _tell(automatic, "automatic_begun", consent=automatic.consent_text, stop_url=stop_address(automatic), secret=True)


def stopped(automatic: AutomaticRenewal) -> None:
    _tell(automatic, "automatic_stopped")


def announced(automatic: AutomaticRenewal, row: AnnouncedRenewal, charge_on: date, *, before: str) -> None:
    """What is going to be charged, when, and how to stop it. `before` says what was agreed where that was otherwise."""
    _tell(
        automatic,
        "automatic_announced",
        category=row.plan.name,
        dues=str(Money(row.price, row.currency)),
        day=written(charge_on),
        ends_on=written(row.term.ends_on),
        before=before,
        expires=_expires(automatic.card, charge_on),
        stop_url=stop_address(automatic),
        secret=True,
    )


def failed(automatic: AutomaticRenewal, term: Term, why: str) -> None:
    """It did not work, why, and the link by which the member renews."""
    _tell(
        automatic,
        "automatic_failed",
        why=WHY.get(why, NO_ANSWER),
        ends=written(term.ends_on),
        link=renewal_address(term),
        secret=True,
    )


def _expires(card: KeptCard, charge_on: date) -> str:
    if card.expires_on is None or card.expires_on >= charge_on:
        return ""
    return written(card.expires_on)


def _tell(automatic: AutomaticRenewal, letter: str, *, secret: bool = False, **context: Any) -> None:
    """People who cannot sign in get no mail."""
    user = automatic.membership.user
    if not user.is_active:
        return
    known = {"name": user.get_short_name(), "card": automatic.card.name, **context}
    queue_email(user.email, f"membership/{letter}", known, user=user, kind=KIND, secret=secret)
