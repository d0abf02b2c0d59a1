"""The states of membership: an application's lifecycle, and what a membership is on a date."""

from enum import Enum, auto

from django.db import models

from aapm_site.core.transitions import Lifecycle, Move


class MembershipStatus(models.TextChoices):
    """What a membership is on one date. Never stored: rules.py computes it from the terms, unless staff closed it."""

    ACTIVE = "active", "Active"
    GRACE = "grace", "In grace"
    LAPSED = "lapsed", "Lapsed"
    FUTURE = "future", "Not yet begun"
    NONE = "none", "Not a member"
    CLOSED = "closed", "Closed"


class FreeKind(Enum):
    """Why everybody reads the full text of an article on a day. Never stored: the article's days say it."""

    OPEN = auto()
    EMBARGO_OVER = auto()
    CHOSEN = auto()


class ApplicationStatus(models.TextChoices):
    SUBMITTED = "submitted", "Being read"
    INFO_ASKED = "info_asked", "Waiting for your answer"
    APPROVED = "approved", "Approved"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"


# What staff read where the applicant reads something else.
APPLICATION_STAFF_WORDS = {
    ApplicationStatus.SUBMITTED: "To be decided",
    ApplicationStatus.INFO_ASKED: "Waiting for the applicant’s answer",
    ApplicationStatus.WITHDRAWN: "Withdrawn by the applicant",
}

OPEN = (ApplicationStatus.SUBMITTED, ApplicationStatus.INFO_ASKED)

_APPROVE = Move(
    ApplicationStatus.APPROVED,
    "approve",
    "Approve",
    stamps=("decided_at",),
    confirm="The person gets an e-mail. In a category without dues they are a member from today; else their term "
    "begins on the day on which the dues are paid.",
)
_DECLINE = Move(
    ApplicationStatus.DECLINED,
    "decline",
    "Decline",
    stamps=("decided_at",),
    needs_reason=True,
    danger=True,
    confirm="The person gets an e-mail with your reason, and may apply again.",
)
_WITHDRAW = Move(
    ApplicationStatus.WITHDRAWN, "withdraw", "Withdraw", stamps=("decided_at",), by_staff=False, danger=True
)

APPLICATION_LIFECYCLE: Lifecycle = {
    ApplicationStatus.SUBMITTED: (
        _APPROVE,
        Move(
            ApplicationStatus.INFO_ASKED,
            "ask",
            "Ask for more",
            needs_reason=True,
            confirm="Write what is missing. The person gets it by e-mail and answers on their account page.",
        ),
        _DECLINE,
        _WITHDRAW,
    ),
    ApplicationStatus.INFO_ASKED: (
        Move(ApplicationStatus.SUBMITTED, "answer", "Answer", by_staff=False),
        _APPROVE,
        _DECLINE,
        _WITHDRAW,
    ),
    ApplicationStatus.APPROVED: (),
    ApplicationStatus.DECLINED: (),
    ApplicationStatus.WITHDRAWN: (),
}


class StopReason(models.TextChoices):
    """Who or what stopped an automatic renewal."""

    MEMBER = "member", "The member, on “My membership”"
    LETTER = "letter", "The member, by the link in a letter"
    STAFF = "staff", "Our office"
    REPLACED = "replaced", "Another card was given"
    FAILED = "failed", "The payment failed"
    LATE = "late", "It was too late for the payment"
    CLOSED = "closed", "The membership was closed"
    RESIGNED = "resigned", "The member resigned"
    MERGED = "merged", "Two records of one person were joined"
