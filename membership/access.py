"""The decision on access: who may read what, by which rule, and what a refused reader can do next.

The article, its figures, the table of contents, search, the authentication backend and the staff's page "Why can't I
read this?" all ask `decide`; nothing else knows the rules.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import dateformat, timezone

from .models import Group
from .queries import members
from .rules import Standing, paid_on
from .states import MembershipStatus

PUBLIC, MEMBERS, JOURNAL, GROUP = "public", "members", "journal", "group:"


class Guarded(Protocol):
    """What can be asked about: a page or an article."""

    @property
    def audience(self) -> str: ...


@dataclass(frozen=True)
class AccessStep:
    """One thing that a person can do next, as a link."""

    label: str
    url: str


@dataclass(frozen=True)
class AccessDecision:
    """Whether, by which rule, why in a sentence for the person, and what next: the best step and one other."""

    allowed: bool
    rule: str
    reason: str
    next_step: AccessStep | None = None
    other: AccessStep | None = None


def decide(user: Any, item: Guarded, on: date | None = None) -> AccessDecision:
    """Decide whether `user` may read `item` on a day, today unless given.

    A visitor costs no query, a member one or two.
    """
    on = on or timezone.localdate()
    audience = item.audience
    if audience == PUBLIC:
        return AccessDecision(True, "Open to everybody", "Everybody may read this.")
    rule = _rule(audience)
    if not user.is_authenticated or not user.is_active:
        return _visitor(rule, audience, item)
    standing = members.standing_of(user, on)
    if audience == JOURNAL:
        decision = _journal(user, item, standing, rule)
    elif audience.startswith(GROUP):
        decision = _group(user, audience.removeprefix(GROUP), standing, rule)
    else:
        decision = _members(user, standing, rule)
    if not decision.allowed and _is_editor(user, audience):
        return AccessDecision(True, "Staff", "You may read this as a member of staff.")
    return decision


def _rule(audience: str) -> str:
    if audience == JOURNAL:
        return "Journal articles: full text for members, abstracts for everybody"
    if audience.startswith(GROUP):
        return "Pages of a special interest group: for the members of that group"
    return "Members’ pages: for members"


def _is_editor(user: Any, audience: str) -> bool:
    return user.is_superuser or (audience == JOURNAL and user.has_perm("membership.change_article"))


def _day(on: date | None) -> str:
    return dateformat.format(on, "F j, Y") if on else ""


def _sign_in(item: Any) -> AccessStep:
    address = item.get_absolute_url() if hasattr(item, "get_absolute_url") else ""
    query = f"?{urlencode({'next': address})}" if address else ""
    return AccessStep("Sign in and read on", f"{reverse('account_login')}{query}")


def _join(label: str = "Join now") -> AccessStep:
    return AccessStep(label, reverse("membership:join"))


def _ask(label: str = "Ask us") -> AccessStep:
    return AccessStep(label, "/ask/")


def _visitor(rule: str, audience: str, item: Guarded) -> AccessDecision:
    what = "the full text of an article" if audience == JOURNAL else "this page"
    return AccessDecision(
        False, rule, f"You are not signed in, and {what} belongs to membership.", _join(), _sign_in(item)
    )


def _members(user: Any, standing: Standing, rule: str) -> AccessDecision:
    if standing.status == MembershipStatus.ACTIVE:
        return AccessDecision(True, rule, f"You read this as a member until {_day(standing.ends_on)}.")
    if standing.status == MembershipStatus.GRACE:
        until = _day(standing.grace_ends_on)
        return AccessDecision(True, rule, f"Your term has ended; everything stays open to you until {until}.")
    return _without_membership(user, standing, rule)


def _without_membership(user: Any, standing: Standing, rule: str) -> AccessDecision:
    if standing.status == MembershipStatus.FUTURE:
        begins = _day(standing.term.starts_on)
        account = AccessStep("See my account", "/account/")
        return AccessDecision(False, rule, f"Your membership begins on {begins}; this opens to you then.", account)
    if application := members.open_application_of(user):
        step = AccessStep("See my application", application.get_absolute_url())
        return AccessDecision(False, rule, "Your application is open; this opens to you when it is approved.", step)
    if standing.status == MembershipStatus.LAPSED:
        reason = f"Your membership ended on {_day(standing.ends_on)}, and its time of grace is over."
        return AccessDecision(False, rule, reason, _join("Join again"), _ask("Ask us about your membership"))
    return AccessDecision(
        False,
        rule,
        "You are signed in, but your account has no membership.",
        _join(),
        _ask("Ask us which category fits"),
    )


def _group(user: Any, slug: str, standing: Standing, rule: str) -> AccessDecision:
    as_member = _members(user, standing, rule)
    if not as_member.allowed or slug in members.groups_of(user):
        return as_member
    group = Group.objects.filter(slug=slug).first()
    name = f"the group “{group}”" if group else "a special interest group"
    return AccessDecision(
        False, rule, f"You are a member, but this is for {name}, which you do not belong to.", _ask("Ask to be added")
    )


def _journal(user: Any, item: Any, standing: Standing, rule: str) -> AccessDecision:
    term: Any = standing.term  # the rules know the days of a term, and nothing else of it
    if standing.is_current:
        if term.plan.reads_journal:
            return _members(user, standing, rule)
        refused = AccessDecision(
            False,
            rule,
            f"Your category, {term.plan}, does not include the Journal’s full text.",
            _join("See which categories do"),
            _ask("Ask us about a change"),
        )
    else:
        refused = _without_membership(user, standing, rule)
    published_on = getattr(item, "published_on", None)
    kept: Any = paid_on(members.terms_of(user), published_on) if published_on else None
    if kept and kept.starts_on <= timezone.localdate() and kept.plan.reads_journal:
        return AccessDecision(
            True,
            "What came out during a term stays open",
            f"This came out on {_day(published_on)}, during a term of your membership, so it stays open to you.",
        )
    return refused
