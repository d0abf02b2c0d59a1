"""The life of a fellowship offer. Whether its round is open follows from the days that staff set."""

from django.db import models

from aapm_site.core.transitions import Lifecycle, Move


class OfferStatus(models.TextChoices):
    IN_REVIEW = "in_review", "In review"
    RETURNED = "returned", "Back to you"
    APPROVED = "approved", "Approved"
    FILLED = "filled", "Filled"
    WITHDRAWN = "withdrawn", "Withdrawn"


OFFER_STAFF_WORDS = {
    OfferStatus.IN_REVIEW: "To be reviewed",
    OfferStatus.RETURNED: "Sent back to the program",
}
OFFER_ENDED = (OfferStatus.FILLED, OfferStatus.WITHDRAWN)
# Everybody may have read it.
OFFER_SEEN = (OfferStatus.APPROVED, *OFFER_ENDED)

_WITHDRAW = Move(
    OfferStatus.WITHDRAWN,
    "withdraw",
    "Withdraw",
    danger=True,
    needs_reason=False,
    confirm="It leaves the board now and does not come back. When staff do it, the program gets the reason by e-mail.",
)
_AGAIN = Move(OfferStatus.IN_REVIEW, "submit", "Send to review", stamps=("submitted_at",), by_staff=False)

OFFER_LIFECYCLE: Lifecycle = {
    OfferStatus.IN_REVIEW: (
        Move(
            OfferStatus.APPROVED,
            "approve",
            "Approve",
            stamps=("approved_at",),
            confirm="It stands on the board as long as its round is open. The program gets an e-mail.",
        ),
        Move(
            OfferStatus.RETURNED,
            "return",
            "Send back",
            needs_reason=True,
            danger=True,
            confirm="The program reads your reason word for word, corrects the offer and sends it again.",
        ),
        _WITHDRAW,
    ),
    OfferStatus.RETURNED: (_AGAIN, _WITHDRAW),
    OfferStatus.APPROVED: (
        _AGAIN,
        Move(
            OfferStatus.FILLED,
            "fill",
            "Mark as filled",
            by_staff=False,
            confirm="It leaves the board: every place is taken.",
        ),
        _WITHDRAW,
    ),
    OfferStatus.FILLED: (),
    OfferStatus.WITHDRAWN: (),
}
