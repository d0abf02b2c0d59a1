"""A decision on access in words: its rule, why in a sentence for the person, and what they can do next."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import dateformat, timezone

from ..access import JOURNAL, AccessDecision, AccessReason, AccessRule
from ..domain.dues import is_long_over, renewal_plan
from ..models import Term
from ..rules import FOR_LIFE, Standing
from ..states import MembershipStatus

RULES = {
    AccessRule.FOR_EVERYBODY: "Open to everybody",
    AccessRule.FOR_MEMBERS: "Members’ pages: for members",
    AccessRule.FOR_JOURNAL_READERS: "Journal articles: full text for members, abstracts for everybody",
    AccessRule.FOR_A_GROUP: "Pages of a special interest group: for the members of that group",
    AccessRule.KEPT_FROM_A_TERM: "What came out during a term stays open",
    AccessRule.FOR_STAFF: "Staff",
}


@dataclass(frozen=True)
class AccessStep:
    """One thing that a person can do next, as a link."""

    label: str
    url: str


@dataclass(frozen=True)
class AccessWords:
    """The rule, the reason, and what next: the best step and one other."""

    rule: str
    reason: str
    next_step: AccessStep | None = None
    other: AccessStep | None = None


def access_words(decision: AccessDecision) -> AccessWords:
    """What is said of a decision to the person whom it is about."""
    return AccessWords(RULES[decision.rule], REASONS[decision.reason](decision), *_steps(decision))


# Why ------------------------------------------------------------------------------------------------------------------
def _day(on: date | None) -> str:
    return dateformat.format(on, "F j, Y") if on else ""


def _member_until(standing: Standing) -> str:
    """An honorary membership has no last day."""
    if standing.ends_on != FOR_LIFE:
        return f"a member until {_day(standing.ends_on)}"
    term: Any = standing.term  # the rules know the days of a term, and nothing else of it
    return (
        "an honorary member"
        if term.source == Term.Source.HONORARY
        else "a member, and an honorary one after your present terms"
    )


def _visitor(decision: AccessDecision) -> str:
    what = "the full text of an article" if decision.item.audience == JOURNAL else "this page"
    return f"You are not signed in, and {what} belongs to membership."


def _not_in_the_group(decision: AccessDecision) -> str:
    name = f"the group “{decision.group}”" if decision.group else "a special interest group"
    return f"You are a member, but this is for {name}, which you do not belong to."


def _member_then(decision: AccessDecision) -> str:
    return (
        f"This came out on {_day(decision.item.published_on)}, during a term of your membership, so it stays open to "
        "you."
    )


REASONS: dict[AccessReason, Callable[[Any], str]] = {
    AccessReason.ANYBODY: lambda decision: "Everybody may read this.",
    AccessReason.CHOSEN: lambda decision: (
        f"The editors have chosen this article: everybody may read it until {_day(decision.item.chosen_until)}."
    ),
    AccessReason.EMBARGO_OVER: lambda decision: f"Everybody may read this since {_day(decision.item.free_from)}.",
    AccessReason.STAFF: lambda decision: "You may read this as a member of staff.",
    AccessReason.VISITOR: _visitor,
    AccessReason.MEMBER: lambda decision: f"You read this as {_member_until(decision.standing)}.",
    AccessReason.IN_GRACE: lambda decision: (
        f"Your term has ended; everything stays open to you until {_day(decision.standing.grace_ends_on)}."
    ),
    AccessReason.NOT_YET_MEMBER: lambda decision: (
        f"Your membership begins on {_day(decision.standing.term.starts_on)}; this opens to you then."
    ),
    AccessReason.CLOSED: lambda decision: "Your membership is closed, so this is not open to you.",
    AccessReason.APPLICANT: lambda decision: (
        "Your application is open; this opens to you when it is approved."
        if decision.application.is_open
        else "Your application is approved; this opens to you on the day on which your dues are paid."
    ),
    AccessReason.LAPSED: lambda decision: (
        f"Your membership ended on {_day(decision.standing.ends_on)}, and its time of grace is over."
    ),
    AccessReason.NO_MEMBER: lambda decision: "You are signed in, but your account has no membership.",
    AccessReason.NOT_IN_THE_GROUP: _not_in_the_group,
    AccessReason.CATEGORY_WITHOUT_JOURNAL: lambda decision: (
        f"Your category, {decision.standing.term.plan}, does not include the Journal’s full text."
    ),
    AccessReason.MEMBER_THEN: _member_then,
}


# In a line of a list, where the reader is known from the head of the page.
LINES: dict[AccessReason, Callable[[Any], str]] = {
    AccessReason.ANYBODY: lambda decision: "Free for everybody",
    AccessReason.CHOSEN: lambda decision: (
        f"Editors’ choice: free for everybody until {_day(decision.item.chosen_until)}"
    ),
    AccessReason.EMBARGO_OVER: lambda decision: f"Free for everybody since {_day(decision.item.free_from)}",
    AccessReason.STAFF: lambda decision: "Open to you as staff",
    AccessReason.MEMBER: lambda decision: f"Open to you as {_member_until(decision.standing)}",
    AccessReason.IN_GRACE: lambda decision: (
        f"Open to you until {_day(decision.standing.grace_ends_on)}, when your time of grace ends"
    ),
    AccessReason.MEMBER_THEN: lambda decision: "Open to you: it came out during your membership",
    AccessReason.LAPSED: lambda decision: (
        f"Abstract open; full text for members, and your membership ended on {_day(decision.standing.ends_on)}"
    ),
    AccessReason.NOT_YET_MEMBER: lambda decision: (
        f"Abstract open; the full text opens to you on {_day(decision.standing.term.starts_on)}"
    ),
    AccessReason.APPLICANT: lambda decision: (
        "Abstract open; the full text opens when your "
        + ("application is approved" if decision.application.is_open else "dues are paid")
    ),
    AccessReason.CATEGORY_WITHOUT_JOURNAL: lambda decision: (
        "Abstract open; your category does not include the full text"
    ),
}


def line_words(decision: AccessDecision) -> str:
    """Why one may read an article, and until when, or why only its abstract: short enough for a line."""
    words = LINES.get(decision.reason)
    return words(decision) if words else "Abstract for all, full text for members"


# What next ------------------------------------------------------------------------------------------------------------
def _join(label: str = "Join now") -> AccessStep:
    return AccessStep(label, reverse("membership:join"))


def pay_dues() -> AccessStep:
    """For somebody who is approved: their first dues are all that is left."""
    return AccessStep("Pay your dues", f"{reverse('membership:mine')}#renew")


def way_back(standing: Standing) -> AccessStep | None:
    """How somebody whose membership has ended is a member again without applying: by dues; None where they apply."""
    if standing.status != MembershipStatus.LAPSED or is_long_over(standing, timezone.localdate()):
        return None
    term: Any = standing.term  # the rules know the days of a term, and nothing else of it
    plan = renewal_plan([term])
    return AccessStep("Renew your membership", f"{reverse('membership:mine')}#renew") if plan and plan.dues else None


def _ask(label: str) -> AccessStep:
    return AccessStep(label, "/ask/")


def _sign_in(item: Any) -> AccessStep:
    address = item.get_absolute_url() if hasattr(item, "get_absolute_url") else ""
    query = f"?{urlencode({'next': address})}" if address else ""
    return AccessStep("Sign in and read on", f"{reverse('account_login')}{query}")


STEPS: dict[AccessReason, Callable[[Any], tuple[AccessStep, ...]]] = {
    AccessReason.VISITOR: lambda decision: (_join(), _sign_in(decision.item)),
    AccessReason.NOT_YET_MEMBER: lambda decision: (AccessStep("See my account", "/account/"),),
    AccessReason.CLOSED: lambda decision: (_ask("Ask us about your membership"),),
    AccessReason.APPLICANT: lambda decision: (
        AccessStep("See my application", decision.application.get_absolute_url())
        if decision.application.is_open
        else pay_dues(),
    ),
    AccessReason.LAPSED: lambda decision: (
        way_back(decision.standing) or _join("Join again"),
        _ask("Ask us about your membership"),
    ),
    AccessReason.NO_MEMBER: lambda decision: (_join(), _ask("Ask us which category fits")),
    AccessReason.NOT_IN_THE_GROUP: lambda decision: (
        AccessStep("See the group, and how to join", decision.group.get_absolute_url())
        if decision.group
        else _ask("Ask to be added"),
    ),
    AccessReason.CATEGORY_WITHOUT_JOURNAL: lambda decision: (
        _join("See which categories do"),
        _ask("Ask us about a change"),
    ),
}


def _steps(decision: AccessDecision) -> tuple[AccessStep, ...]:
    """Whoever may read it needs none."""
    found = STEPS.get(decision.reason)
    return found(decision) if found else ()
