"""Who on an employer's team may do what. Pure functions over a role."""

from .choices import MemberRole

SHORTEST_BODY = 120  # characters of a description that says what the work is
WRITERS = (MemberRole.OWNER, MemberRole.POSTER)
BUYERS = WRITERS


def may_write_jobs(role: str) -> bool:
    """Write, send, pause, fill and withdraw postings."""
    return role in WRITERS


def may_manage_employer(role: str) -> bool:
    """Change the employer's details and its team."""
    return role == MemberRole.OWNER


def may_buy(role: str) -> bool:
    """Buy postings for the employer, and see its orders and invoices."""
    return role in BUYERS
