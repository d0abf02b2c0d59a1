"""The decision on access: who may read what, by which rule, and why or why not.

The article, its figures, the table of contents, search, the authentication backend and the staff's page "Why can't I
read this?" all ask `decide`; nothing else knows the rules. `presenters.access` says a decision in words.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import Any, Protocol

from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.accounts.people import Visitor

from .models import Application, Group
from .queries import members
from .rules import Standing, paid_on
from .states import FreeKind, MembershipStatus

PUBLIC, MEMBERS, JOURNAL, GROUP = "public", "members", "journal", "group:"


class Guarded(Protocol):
    """What can be asked about: a page or an article. One that is free on some days only says on which: `free_on`."""

    @property
    def audience(self) -> str: ...


class AccessRule(Enum):
    """The rule by which it was decided."""

    FOR_EVERYBODY = auto()
    FOR_MEMBERS = auto()
    FOR_JOURNAL_READERS = auto()
    FOR_A_GROUP = auto()
    KEPT_FROM_A_TERM = auto()
    FOR_STAFF = auto()


class AccessReason(Enum):
    """What is true of the item or the person, so that they may read it or may not."""

    ANYBODY = auto()
    CHOSEN = auto()
    EMBARGO_OVER = auto()
    VISITOR = auto()
    MEMBER = auto()
    IN_GRACE = auto()
    NOT_YET_MEMBER = auto()
    CLOSED = auto()
    APPLICANT = auto()
    LAPSED = auto()
    NO_MEMBER = auto()
    NOT_IN_THE_GROUP = auto()
    CATEGORY_WITHOUT_JOURNAL = auto()
    MEMBER_THEN = auto()
    STAFF = auto()


@dataclass(frozen=True)
class AccessDecision:
    """Whether, by which rule and why; and what else the words about it name."""

    allowed: bool
    rule: AccessRule
    reason: AccessReason
    item: Any = None
    standing: Standing | None = None
    application: Application | None = None
    group: Group | None = None


FREE = {
    FreeKind.OPEN: AccessReason.ANYBODY,
    FreeKind.CHOSEN: AccessReason.CHOSEN,
    FreeKind.EMBARGO_OVER: AccessReason.EMBARGO_OVER,
}
RULE_OF = {MEMBERS: AccessRule.FOR_MEMBERS, JOURNAL: AccessRule.FOR_JOURNAL_READERS}


def decide(user: Visitor, item: Guarded, on: date | None = None) -> AccessDecision:
    """Decide whether `user` may read `item` on a day, today unless given.

    A visitor costs no query, a member one or two.
    """
    on = on or timezone.localdate()
    free_on: Callable[[date], FreeKind | None] | None = getattr(item, "free_on", None)
    free = free_on(on) if free_on else FreeKind.OPEN if item.audience == PUBLIC else None
    if free:
        return AccessDecision(True, AccessRule.FOR_EVERYBODY, FREE[free], item)
    audience = JOURNAL if free_on else item.audience
    if not user.is_authenticated or not user.is_active:
        return AccessDecision(False, _rule(audience), AccessReason.VISITOR, item)
    standing = members.standing_of(user, on)
    if audience == JOURNAL:
        decision = _journal(user, item, standing)
    elif audience.startswith(GROUP):
        decision = _group(user, item, standing)
    else:
        decision = _members(user, item, standing)
    if not decision.allowed and _is_editor(user, audience):
        return AccessDecision(True, AccessRule.FOR_STAFF, AccessReason.STAFF, item)
    return decision


@dataclass(frozen=True)
class JournalReach:
    """Which articles a person may read in full besides those that are free: all, or those of some spans of days."""

    everything: bool
    spans: tuple[tuple[date, date], ...] = ()


@dataclass(frozen=True)
class AnyOf:
    """Whatever is for this audience, and nothing more is known of it."""

    audience: str


def reach_of(user: Visitor, on: date | None = None) -> JournalReach:
    """What `decide` would say of every article, as what a query can ask; a test holds the two equal."""
    on = on or timezone.localdate()
    if decide(user, AnyOf(JOURNAL), on).allowed:
        return JournalReach(True)
    if not user.is_authenticated or not user.is_active or not user.pk:
        return JournalReach(False)
    if members.standing_of(user, on).status == MembershipStatus.CLOSED:
        return JournalReach(False)
    terms = [term for term in members.terms_of(user) if not term.is_void and term.reads_journal]
    begun = [term for term in terms if term.starts_on <= timezone.localdate()]
    return JournalReach(False, tuple((term.starts_on, term.ends_on) for term in begun))


def _rule(audience: str) -> AccessRule:
    return AccessRule.FOR_A_GROUP if audience.startswith(GROUP) else RULE_OF.get(audience, AccessRule.FOR_MEMBERS)


def _is_editor(user: User, audience: str) -> bool:
    return user.acts_as_superuser or (audience == JOURNAL and user.has_perm("membership.change_article"))


def _members(user: Visitor, item: Guarded, standing: Standing) -> AccessDecision:
    rule = _rule(item.audience)
    if standing.status == MembershipStatus.ACTIVE:
        return AccessDecision(True, rule, AccessReason.MEMBER, item, standing)
    if standing.status == MembershipStatus.GRACE:
        return AccessDecision(True, rule, AccessReason.IN_GRACE, item, standing)
    return _without_membership(user, item, standing)


def _without_membership(user: Visitor, item: Guarded, standing: Standing) -> AccessDecision:
    rule = _rule(item.audience)
    if standing.status == MembershipStatus.FUTURE:
        return AccessDecision(False, rule, AccessReason.NOT_YET_MEMBER, item, standing)
    if standing.status == MembershipStatus.CLOSED:
        return AccessDecision(False, rule, AccessReason.CLOSED, item, standing)
    if application := members.application_of(user):
        return AccessDecision(False, rule, AccessReason.APPLICANT, item, standing, application=application)
    is_lapsed = standing.status == MembershipStatus.LAPSED
    reason = AccessReason.LAPSED if is_lapsed else AccessReason.NO_MEMBER
    return AccessDecision(False, rule, reason, item, standing)


def _group(user: Visitor, item: Guarded, standing: Standing) -> AccessDecision:
    as_member, key = _members(user, item, standing), item.audience.removeprefix(GROUP)
    if not as_member.allowed or key in members.groups_of(user):
        return as_member
    group = Group.objects.filter(key=key).first()
    return AccessDecision(False, AccessRule.FOR_A_GROUP, AccessReason.NOT_IN_THE_GROUP, item, standing, group=group)


def _journal(user: Visitor, item: Any, standing: Standing) -> AccessDecision:
    term: Any = standing.term  # the rules know the days of a term, and nothing else of it
    if standing.is_current and term.reads_journal:
        return _members(user, item, standing)
    if standing.is_current:
        rule, reason = AccessRule.FOR_JOURNAL_READERS, AccessReason.CATEGORY_WITHOUT_JOURNAL
        refused = AccessDecision(False, rule, reason, item, standing)
    else:
        refused = _without_membership(user, item, standing)
    if standing.status == MembershipStatus.CLOSED:  # then nothing is kept from its terms either
        return refused
    published_on = getattr(item, "published_on", None)
    kept: Any = paid_on(members.terms_of(user), published_on) if published_on else None
    if kept and kept.starts_on <= timezone.localdate() and kept.reads_journal:
        return AccessDecision(True, AccessRule.KEPT_FROM_A_TERM, AccessReason.MEMBER_THEN, item, standing)
    return refused
