"""What it means that somebody leaves a team."""

from dataclasses import dataclass

from ..models import EmployerMember


@dataclass(frozen=True)
class TeamLeaving:
    """The page before it: what is asked, what follows, and the button."""

    question: str
    follows: str
    verb: str


def leaving_of(member: EmployerMember, *, is_self: bool) -> TeamLeaving:
    """Said to oneself, or about a colleague."""
    employer = member.employer
    if is_self:
        follows = f"You no longer see the positions of {employer}. An owner can invite you again."
        return TeamLeaving("Leave the team?", follows, "Leave the team")
    return TeamLeaving(
        f"Take {member.user.display_name} off the team?",
        f"They no longer see the positions of {employer}. You can invite them again.",
        "Take off the team",
    )
