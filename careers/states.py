"""The life of a job. "Live" and "past its end" are no states: they follow from status and dates."""

from django.db import models

from aapm_site.core.transitions import Lifecycle, Move


class JobStatus(models.TextChoices):
    DRAFT = "draft", "Draft"
    AWAITING_PAYMENT = "awaiting_payment", "Waiting for a posting"
    IN_REVIEW = "in_review", "In review"
    RETURNED = "returned", "Back to you"
    APPROVED = "approved", "Approved"
    PAUSED = "paused", "Paused"
    FILLED = "filled", "Filled"
    WITHDRAWN = "withdrawn", "Withdrawn"


# What staff read where the employer reads something else.
JOB_STAFF_WORDS = {
    JobStatus.DRAFT: "Draft of the employer",
    JobStatus.AWAITING_PAYMENT: "Waiting for the employer to buy a posting",
    JobStatus.IN_REVIEW: "To be reviewed",
    JobStatus.RETURNED: "Sent back to the employer",
}

# A job in one of these was approved once, so it has its dates.
DATED = (JobStatus.APPROVED, JobStatus.PAUSED, JobStatus.FILLED)
# A job in one of these was taken down at a moment that is kept.
TAKEN_DOWN = (JobStatus.PAUSED, JobStatus.FILLED, JobStatus.WITHDRAWN)
ENDED = (JobStatus.FILLED, JobStatus.WITHDRAWN)
# A job in one of these may have been read by everybody; it was, if it has had a first day.
PERHAPS_SEEN = (*DATED, JobStatus.WITHDRAWN)
# The employer may change every field.
FREELY_EDITABLE = (JobStatus.DRAFT, JobStatus.RETURNED)
# The employer may change the text, not what a reader searched by.
TEXT_EDITABLE = (JobStatus.APPROVED, JobStatus.PAUSED)

# Why a job was paused by itself; nobody else gives this reason.
HIDDEN_BY_REPORTS = "Readers have reported this position. It is hidden until our staff have looked at it."

UNANSWERED = "Nobody on the team answered whether the position is still open."

# An ended position that is renewed and has to be read first.
_READ_AGAIN = Move(JobStatus.IN_REVIEW, "read-again", "Renew", stamps=("submitted_at",), by_staff=False)
_SUBMIT = Move(JobStatus.IN_REVIEW, "submit", "Send to review", stamps=("submitted_at",), by_staff=False)
_AWAIT = Move(
    JobStatus.AWAITING_PAYMENT, "await-payment", "Let it wait for a posting", stamps=("submitted_at",), by_staff=False
)
_WITHDRAW = Move(
    JobStatus.WITHDRAWN,
    "withdraw",
    "Withdraw",
    stamps=("taken_down_at",),
    danger=True,
    confirm="The position ends now and does not come back. The employer's team gets your reason by e-mail.",
)
_TAKE_BACK = Move(JobStatus.DRAFT, "take-back", "Take it back to change it", by_staff=False)
_FILL = Move(
    JobStatus.FILLED,
    "fill",
    "Mark as filled",
    stamps=("taken_down_at",),
    by_staff=False,
    confirm="The page says from now on that the position is filled.",
)

JOB_LIFECYCLE: Lifecycle = {
    JobStatus.DRAFT: (_SUBMIT, _AWAIT, _WITHDRAW),
    JobStatus.AWAITING_PAYMENT: (
        # The site itself takes this step, when the employer owns a credit.
        Move(JobStatus.IN_REVIEW, "release", "Goes to review", stamps=("submitted_at",), by_staff=False),
        _TAKE_BACK,
        _WITHDRAW,
    ),
    JobStatus.IN_REVIEW: (
        Move(
            JobStatus.APPROVED,
            "approve",
            "Approve",
            stamps=("approved_at",),
            confirm="It goes live on the day that the employer wished, or at once. The employer's team gets an e-mail.",
        ),
        Move(
            JobStatus.RETURNED,
            "return",
            "Send back",
            needs_reason=True,
            danger=True,
            confirm="The employer reads your reason word for word, corrects the position and sends it again.",
        ),
        _TAKE_BACK,
        _WITHDRAW,
    ),
    JobStatus.RETURNED: (_SUBMIT, _AWAIT, _WITHDRAW),
    JobStatus.APPROVED: (
        Move(
            JobStatus.PAUSED,
            "pause",
            "Pause",
            stamps=("taken_down_at",),
            confirm=(
                "Nobody can read the position until it is resumed. Its days wait, up to 90 days for a position in all."
            ),
        ),
        _FILL,
        _WITHDRAW,
        _READ_AGAIN,
    ),
    JobStatus.PAUSED: (
        Move(
            JobStatus.APPROVED,
            "resume",
            "Resume",
            confirm="Everybody can read it again. The days that it was paused are added, up to 90 in all.",
        ),
        _FILL,
        _WITHDRAW,
        _READ_AGAIN,
    ),
    JobStatus.FILLED: (Move(JobStatus.APPROVED, "reopen", "Reopen", by_staff=False),),
    JobStatus.WITHDRAWN: (),
}
