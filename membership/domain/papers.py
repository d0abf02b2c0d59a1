"""The card, the letter of good standing and the certificate: whose they are, what they say, and the check of a code."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.billing.pdf import unprintable
from aapm_site.core.transitions import NotAllowed

from .. import check_codes
from ..models import LatinName, MemberPaper, Membership, Term
from ..rules import FOR_LIFE, Standing
from ..states import MembershipStatus

CARD_ANSWERS = timedelta(days=400)  # at most: of somebody who is a member for life too
LETTER_ANSWERS = timedelta(days=90)
NO_MEMBER = "This is for members. Your membership does not run at present."
NOT_PAID = "A letter of good standing is for members whose term runs. Renew first, and it is here at once."
NO_NAME = "We do not know your name yet. Write it under “My details” first."
NO_LETTERS = "Our papers cannot print all letters of your name. Write it in Latin letters first."


@dataclass(frozen=True)
class PaperFacts:
    """What every paper of a member says on a day."""

    number: int
    name: str
    full_name: str
    category: str
    joined_on: date
    starts_on: date
    member_until: date
    category_until: date
    status: MembershipStatus


def needs_latin_name(membership: Membership) -> bool:
    """Whether the name has letters that no paper of ours can print."""
    return bool(unprintable(membership.user.signature_name))


def printed_name(membership: Membership) -> str:
    """The name as papers print it: with degrees, and in Latin letters where the others cannot be printed. Empty when
    there is none yet.
    """
    user = membership.user
    if not user.full_name or not needs_latin_name(membership):
        return user.signature_name if user.full_name else ""
    latin = LatinName.objects.filter(membership=membership).first()
    if latin is None:
        return ""
    degrees = "" if unprintable(user.degrees) else user.degrees
    return ", ".join(part for part in (latin.name, degrees) if part)


def facts_of(membership: Membership, on: date | None = None) -> PaperFacts:
    """What the papers of a member say; NotAllowed for whoever is none on that day, or whose name cannot be printed."""
    standing = membership.standing(on)
    if not standing.is_current or not membership.user.is_active:
        raise NotAllowed(NO_MEMBER)
    name = printed_name(membership)
    if not name:
        raise NotAllowed(NO_LETTERS if membership.user.full_name else NO_NAME)
    term: Any = standing.term
    last: Any = standing.last
    is_alike = term.plan == last.plan or standing.status == MembershipStatus.GRACE
    return PaperFacts(
        membership.number,
        name,
        membership.user.signature_name,
        term.plan.name,
        membership.joined_on,
        term.starts_on,
        until(standing),
        until(standing) if is_alike else term.ends_on,
        MembershipStatus(standing.status),
    )


def until(standing: Standing) -> date:
    """The last day on which somebody who is a member today is one, as things stand."""
    last = standing.grace_ends_on if standing.status == MembershipStatus.GRACE else standing.ends_on
    if last is None:
        raise NotAllowed(NO_MEMBER)
    return last


def card_of(membership: Membership | None) -> MemberPaper | None:
    """The card whose code answers today, if there is one. One query."""
    cards = MemberPaper.objects.filter(
        membership=membership, kind=MemberPaper.Kind.CARD, replaced_at=None, ends_on__gte=timezone.localdate()
    )
    return cards.first() if membership else None


@transaction.atomic
def make_card(person: User, *, anew: bool = False) -> MemberPaper:
    """The member's card. One that still says what is true is kept, unless a new code is asked for (`anew`): then the
    old code answers no more. Locks the membership, so that of two presses both get the same card.
    """
    membership = _lock(person)
    facts = facts_of(membership)
    today = timezone.localdate()
    card = card_of(membership)
    if card and not anew and _says(card) == _facts(facts):
        return card
    MemberPaper.objects.filter(membership=membership, kind=MemberPaper.Kind.CARD, replaced_at=None).update(
        replaced_at=timezone.now()
    )
    return _make(membership, MemberPaper.Kind.CARD, facts, min(facts.category_until, today + CARD_ANSWERS))


@transaction.atomic
def make_letter(person: User) -> MemberPaper:
    """A letter of good standing with today's date; a second press on the same day gives the same one.

    Locks the membership. NotAllowed in grace: then the dues are not paid.
    """
    membership = _lock(person)
    facts = facts_of(membership)
    if facts.status != MembershipStatus.ACTIVE:
        raise NotAllowed(NOT_PAID)
    today = timezone.localdate()
    made = MemberPaper.objects.filter(membership=membership, kind=MemberPaper.Kind.LETTER, made_on=today).first()
    if made and _says(made) == _facts(facts):
        return made
    return _make(membership, MemberPaper.Kind.LETTER, facts, min(facts.member_until, today + LETTER_ANSWERS))


@transaction.atomic
def say_latin_name(person: User, name: str) -> LatinName:
    """How the name is printed. Locks the membership. NotAllowed where the papers have all letters of the name."""
    membership = _lock(person)
    if not needs_latin_name(membership):
        raise NotAllowed("Our papers print your name as it stands on your account.")
    return LatinName.objects.update_or_create(membership=membership, defaults={"name": name})[0]


def _lock(person: User) -> Membership:
    found = Membership.objects.select_for_update(of=("self",)).select_related("user").filter(user=person).first()
    if found is None:
        raise NotAllowed(NO_MEMBER)
    return found


def _facts(facts: PaperFacts) -> tuple[str, str, str, date]:
    return facts.name, facts.full_name, facts.category, facts.member_until


def _says(paper: MemberPaper) -> tuple[str, str, str, date]:
    return paper.name, paper.full_name, paper.category, paper.member_until


def _make(membership: Membership, kind: str, facts: PaperFacts, ends_on: date) -> MemberPaper:
    return MemberPaper.objects.create(
        membership=membership,
        kind=kind,
        name=facts.name,
        full_name=facts.full_name,
        category=facts.category,
        member_until=facts.member_until,
        ends_on=ends_on,
    )


@dataclass(frozen=True)
class Checked:
    """What somebody is told who has the right code: the paper, and what is true today."""

    paper: MemberPaper
    category: str
    until: date

    @property
    def is_for_life(self) -> bool:
        """An honorary membership has no last day."""
        return self.until == FOR_LIFE

    @property
    def other_name(self) -> str:
        """The name as we know it, where the paper prints another form of it."""
        return self.paper.full_name if self.paper.full_name != self.paper.name else ""


def check(typed: str, on: date | None = None) -> Checked | None:
    """The member whose card or letter has this code, if it answers and they are one on that day. For every other code
    the same None: nobody learns whether there was one. Three queries at most, one for what cannot be found.
    """
    code, on = check_codes.read(typed), on or timezone.localdate()
    papers = MemberPaper.objects.select_related("membership__user").filter(replaced_at=None, ends_on__gte=on)
    paper = papers.filter(code=code).first() if code else None
    if paper is None or not paper.membership.user.is_active:
        return None
    standing = paper.membership.standing(on)
    if not standing.is_current:
        return None
    term: Term = standing.term  # type: ignore[assignment]  # the rules know the days of a term, and nothing else of it
    return Checked(paper, term.plan.name, until(standing))
