"""What services that let members in are told of a membership: what the gate says here at the same moment."""

from typing import Any

from aapm_site.accounts.models import User
from aapm_site.accounts.registry import PassageScope

from .access import JOURNAL, MEMBERS, AccessRule, AnyOf, decide, reach_of
from .queries.members import forget, standing_of
from .states import MembershipStatus

CLAIM = "aapm_membership"


def membership_claim(person: User) -> dict[str, Any]:
    """Asked of `decide` anew: nothing that was kept on the person counts, and no role does.

    `until` is the last day on which it holds if nobody pays: the last paid one, or the last of grace. Who lost the
    right to the whole Journal keeps what came out in the terms that granted it: `journal_kept`, spans of days.
    """
    forget(person)
    standing = standing_of(person)
    as_member, as_reader = decide(person, AnyOf(MEMBERS)), decide(person, AnyOf(JOURNAL))
    is_active = as_member.allowed and as_member.rule != AccessRule.FOR_STAFF
    reads = as_reader.allowed and as_reader.rule != AccessRule.FOR_STAFF
    term: Any = standing.term if is_active else None
    until = standing.grace_ends_on if standing.status == MembershipStatus.GRACE else standing.ends_on
    return {
        CLAIM: {
            "active": is_active,
            "status": standing.status.value,
            "category": term.plan.slug if term else None,
            "category_name": term.plan.name if term else None,
            "until": until.isoformat() if term and until else None,
            "reads_journal": reads,
            "journal_kept": [] if reads else _kept(person),
        }
    }


def _kept(person: User) -> list[dict[str, str]]:
    spans = reach_of(person).spans
    return [{"from": first.isoformat(), "until": last.isoformat()} for first, last in spans]


MEMBERSHIP_CLAIM = PassageScope(
    "membership",
    "Whether you are a member today, in which category and until when, and whether you read the Journal",
    (CLAIM,),
    membership_claim,
    order=30,
)
