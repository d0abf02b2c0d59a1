"""Automatic renewal: agreed to by a member, begun when the card was given, and stopped by whoever may stop it.

Locks: the customer (billing's), then the membership, as for every order of dues.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.billing.domain import kept_cards
from aapm_site.billing.domain.orders import personal_customer
from aapm_site.billing.models import Customer
from aapm_site.billing.states import KeptCardState
from aapm_site.core.http.limits import within
from aapm_site.core.ids import public_id
from aapm_site.core.money import Money
from aapm_site.core.statements import KEY, Prepared
from aapm_site.core.transitions import NotAllowed

from ..automatic import CONSENT, CONSENT_VERSION, RenewalTerm, is_renewable
from ..models import AutomaticRenewal, Membership, Plan, Term
from ..rules import next_period, standing_on
from ..states import MembershipStatus, StopReason
from . import automatic_letters
from .automatic_stops import stop
from .dues import renewal_plan
from .resignations import resignation_of

CHANGED = "The dues or your category changed while you were here. Please read it again, and agree if you like."
MOST_A_DAY, A_DAY = 10, 24 * 60 * 60  # pages for a card, each of which the provider keeps and the worker asks about
OPENED_OFTEN = "You have opened the page for a card many times today. Nothing was changed; please try again tomorrow."
NOT_OPEN = "Your membership cannot renew by itself at present."

_RUNNING = Prepared[AutomaticRenewal](
    lambda: AutomaticRenewal.objects.on().filter(membership=KEY).select_related("card", "agreed_plan")[:1]
)


@dataclass(frozen=True)
class AutomaticTerms:
    """What the next automatic renewal of a membership would be, as things stand today."""

    last: Term
    plan: Plan
    price: Decimal

    @property
    def sum(self) -> Money:
        return Money(self.price, self.plan.currency)

    @property
    def ends_on(self) -> date:
        return self.last.ends_on

    @property
    def consent(self) -> str:
        """What a member agrees to, with the sum of today."""
        return CONSENT.format(dues=f"{self.plan.price_words} {self.plan.per_term}")


def automatic_terms(terms: list[Term], on: date) -> AutomaticTerms | None:
    """Nothing where the membership does not go on by a payment of its own, or costs nothing. Terms hold their plans and
    their membership; no query, but for a category that is another one.
    """
    plan = renewal_plan(terms)
    if plan is None or not plan.dues or not is_renewable([_as_rule(term) for term in terms]):
        return None
    last = max((term for term in terms if not term.is_void), key=lambda term: term.starts_on)
    return AutomaticTerms(last, plan, next_period(terms, on, plan.term_rule).price)


def _as_rule(term: Term) -> RenewalTerm:
    return RenewalTerm(term.starts_on, term.ends_on, term.source, term.is_void, term.was_to is not None)


def may_begin(membership: Membership | None, terms: list[Term], on: date) -> AutomaticTerms | None:
    """What somebody could agree to now: only while a term runs, since nothing is charged for days that are over."""
    if not settings.CARD_PAYMENTS or membership is None or membership.closed_at or not terms:
        return None
    is_running = standing_on(terms, on).status == MembershipStatus.ACTIVE
    return automatic_terms(terms, on) if is_running else None


def running(membership: Membership | None) -> AutomaticRenewal | None:
    """The one that runs now. One query."""
    if membership is None:
        return None
    return _RUNNING.first(key=membership.pk)


@transaction.atomic
def agree(person: User, *, seen: str) -> AutomaticRenewal:
    """Keep what a member agreed to; it begins once the card was given. `seen` is the consent as it stood on the page.

    NotAllowed when that is not today’s any more, nothing can renew by itself, or many pages were opened today.
    """
    membership = Membership.objects.select_for_update().filter(user=person).first()
    terms = list(membership.terms.select_related("plan__steps_up_to", "membership")) if membership else []
    found = may_begin(membership, terms, timezone.localdate())
    if membership is None or found is None or resignation_of(membership):
        raise NotAllowed(NOT_OPEN)
    if found.consent != seen:
        raise NotAllowed(CHANGED)
    if not within("automatic-agree", str(person.pk), times=MOST_A_DAY, seconds=A_DAY):
        raise NotAllowed(OPENED_OFTEN)
    name = public_id()
    card = kept_cards.new_card(
        personal_customer(person),
        email=person.email,
        success_path=reverse("membership:automatic-back", args=[name]),
        cancel_path=reverse("membership:mine"),
    )
    return AutomaticRenewal.objects.create(
        public_id=name,
        membership=membership,
        card=card,
        consent_version=CONSENT_VERSION,
        consent_text=found.consent,
        agreed_plan=found.plan,
        agreed_price=found.price,
        currency=found.plan.currency,
    )


@transaction.atomic
def begin(automatic: AutomaticRenewal) -> bool:
    """Let one run whose card was given: an earlier one is replaced, and a letter says so. Safe to repeat and to race.

    Locks the membership. False while there is no card, and for one that runs or is over.
    """
    membership = Membership.objects.select_for_update().get(pk=automatic.membership_id)
    found = AutomaticRenewal.objects.select_related("card", "agreed_plan").get(pk=automatic.pk)
    if found.stopped_at or found.confirmed_at or found.card.state != KeptCardState.KEPT:
        return False
    if membership.closed_at:
        stop(found, StopReason.CLOSED)
        return False
    for other in AutomaticRenewal.objects.filter(membership=membership, stopped_at=None).exclude(pk=found.pk):
        stop(other, StopReason.REPLACED)
    found.confirmed_at = timezone.now()
    found.save(update_fields=["confirmed_at"])
    found.membership = membership
    automatic_letters.begun(found)
    return True


@transaction.atomic
def stop_and_tell(automatic: AutomaticRenewal, why: StopReason) -> bool:
    """The same, and a letter that confirms it."""
    if not stop(automatic, why):
        return False
    automatic_letters.stopped(automatic)
    return True


def lock(person: User) -> Membership | None:
    """The customer and the membership, in the order of every order of dues."""
    Customer.objects.select_for_update().get(pk=personal_customer(person).pk)
    return Membership.objects.select_for_update().filter(user=person, closed_at=None).first()
