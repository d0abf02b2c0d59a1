"""Cards that the provider keeps: its page is opened for one, what was given is written down, and it is removed again.

The provider is never asked while a lock is held. Whoever lets a card be kept says why, in a room of its own.
"""

from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.utils import timezone

from aapm_site.core.background.queue import defer, task
from aapm_site.core.seo import absolute

from ..gateways import card as provider
from ..gateways import kept
from ..models import Customer, KeptCard
from ..states import KeptCardState
from .checkout_sessions import LIFETIME, CannotPay, log_silence

log = structlog.get_logger(__name__)

QUIET = timedelta(minutes=10)  # so long the provider's own message is waited for
MOST_CHASED = 100


def new_card(customer: Customer, *, email: str, success_path: str, cancel_path: str) -> KeptCard:
    """The row of a card that is about to be given; `open_page` leads to the provider. Paths are of this site."""
    return KeptCard.objects.create(
        customer=customer,
        payer_email=email,
        success_path=success_path,
        cancel_path=cancel_path,
        expires_at=timezone.now() + LIFETIME,
    )


def open_page(row: KeptCard) -> str:
    """The address of the provider's page for a card. Raises CannotPay, whose text is for the person."""
    if not settings.CARD_PAYMENTS:
        raise CannotPay("Card payment is not open at the moment, so no card can be kept.")
    try:
        page = kept.open_card_page(
            key=row.key,
            reference=row.public_id,
            email=row.payer_email,
            success_url=absolute(row.success_path),
            cancel_url=absolute(row.cancel_path),
            expires_at=row.expires_at,
        )
    except provider.Unavailable as silent:
        log_silence(silent, kept_card=row.pk)
        raise CannotPay(
            "The card page does not answer at the moment. Nothing was changed. Please try again in a few minutes."
        ) from silent
    except provider.CardRefused as refused:
        log.error("kept_card.refused", kept_card=row.pk, why=str(refused))
        raise CannotPay("The card page could not be opened. Nothing was changed. Please write to us.") from refused
    KeptCard.objects.filter(pk=row.pk, page_id=None).update(page_id=page.id)
    return page.url


def page_told(event: provider.CardEvent) -> str:
    """A message about a page that takes a card for later: the worker asks for the card, outside of any lock."""
    reference = event.object.get("client_reference_id")
    row = KeptCard.objects.filter(public_id=str(reference)[:40]).first()
    if row is None:
        return "Not a card of ours."
    defer(look_at_kept_card, once=f"kept-card-{row.pk}", card=row.pk)
    return "A card for later payments: being looked at."


@task("billing.look_at_kept_card", attempts=8, wait=10, exponential_wait=2)
def look_at_kept_card(card: int) -> None:
    """Write down what was given on a card's page; asked again where there was no answer."""
    look_at(KeptCard.objects.get(pk=card))


def look_at(row: KeptCard) -> KeptCard:
    """Ask what became of a card's page, and keep what was given. Safe to repeat and to race: the first answer counts.

    Raises Unavailable and CardRefused of the provider.
    """
    if row.state != KeptCardState.OPENING:
        return row
    opening = KeptCard.objects.filter(pk=row.pk, state=KeptCardState.OPENING)
    if row.page_id is None:
        if row.expires_at < timezone.now():
            opening.update(state=KeptCardState.GONE, gone_at=timezone.now(), payer_email="")
        return KeptCard.objects.get(pk=row.pk)
    page = kept.look_up_card_page(row.page_id)
    if page.card is not None and page.reference == row.public_id:
        opening.update(
            state=KeptCardState.KEPT,
            kept_at=timezone.now(),
            payer_email="",
            provider_customer=page.card.customer,
            provider_method=page.card.method,
            brand=page.card.brand,
            last4=page.card.last4,
            expires_on=page.card.expires_on,
        )
    elif page.state == "expired":
        opening.update(state=KeptCardState.GONE, gone_at=timezone.now(), payer_email="")
    return KeptCard.objects.get(pk=row.pk)


def remove_card(row: KeptCard) -> bool:
    """Nothing is paid with this card from now on, and the worker has the provider forget it. Safe to repeat.

    A payment that the provider is being asked for at this moment is made all the same.
    """
    going = KeptCard.objects.filter(pk=row.pk, state__in=(KeptCardState.OPENING, KeptCardState.KEPT))
    if not going.update(state=KeptCardState.GOING, payer_email=""):
        return False
    defer(remove_kept_card, once=f"remove-card-{row.pk}", card=row.pk)
    return True


@task("billing.remove_kept_card", attempts=12, wait=30, exponential_wait=2)
def remove_kept_card(card: int) -> None:
    """Have the provider forget a card that is going, and blank what led to it. Safe to repeat."""
    row = KeptCard.objects.get(pk=card)
    if row.state != KeptCardState.GOING:
        return
    customer = row.provider_customer or _given_meanwhile(row)
    if customer:
        kept.forget(customer)
    KeptCard.objects.filter(pk=card, state=KeptCardState.GOING).update(
        state=KeptCardState.GONE,
        gone_at=timezone.now(),
        provider_customer="",
        provider_method="",
        brand="",
        last4="",
        expires_on=None,
    )


def _given_meanwhile(row: KeptCard) -> str:
    """The provider's customer of a page that nobody looked at yet; a page that is open is closed."""
    if row.page_id is None:
        return ""
    provider.expire(row.page_id)
    page = kept.look_up_card_page(row.page_id)
    return page.card.customer if page.card else ""


def chase_kept_cards(at: datetime) -> int:
    """Ask about cards whose message did not come, and again about those that are to be removed; how many these are."""
    unfinished = KeptCard.objects.filter(
        state__in=(KeptCardState.OPENING, KeptCardState.GOING), opened_at__lt=at - QUIET
    )
    rows = list(unfinished.order_by("opened_at", "pk")[:MOST_CHASED])
    for row in rows:
        work = look_at_kept_card if row.state == KeptCardState.OPENING else remove_kept_card
        defer(work, once=f"{row.state}-{row.pk}", card=row.pk)
    return len(rows)
