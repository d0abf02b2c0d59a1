"""The life of a request by which an employer asks a person for contact."""

from django.db import models

from aapm_site.core.transitions import Lifecycle, Move


class ContactStatus(models.TextChoices):
    ASKED = "asked", "Waiting for an answer"
    AGREED = "agreed", "Yes"
    DECLINED = "declined", "No, thank you"
    TAKEN_BACK = "taken_back", "Yes, taken back"
    WITHDRAWN = "withdrawn", "Withdrawn"


# What staff read where the person says something to the employer.
CONTACT_STAFF_WORDS = {
    ContactStatus.AGREED: "Agreed",
    ContactStatus.DECLINED: "Declined",
    ContactStatus.TAKEN_BACK: "Agreed, and taken back",
}

# An employer has one of these at most with one person.
CONTACT_OPEN = (ContactStatus.ASKED, ContactStatus.AGREED)
# After one of these the person is left alone for a while.
CONTACT_REFUSED = (ContactStatus.DECLINED, ContactStatus.TAKEN_BACK)

CONTACT_LIFECYCLE: Lifecycle = {
    ContactStatus.ASKED: (
        Move(ContactStatus.AGREED, "agree", "Yes, show them who I am", stamps=("answered_at",), by_staff=False),
        Move(
            ContactStatus.DECLINED,
            "decline",
            "No, thank you",
            stamps=("answered_at", "closed_at"),
            danger=True,
            by_staff=False,
        ),
        Move(ContactStatus.WITHDRAWN, "withdraw", "Withdraw it", stamps=("closed_at",), danger=True, by_staff=False),
    ),
    ContactStatus.AGREED: (
        Move(
            ContactStatus.TAKEN_BACK,
            "take-back",
            "Take my yes back",
            stamps=("closed_at",),
            danger=True,
            by_staff=False,
        ),
    ),
    ContactStatus.DECLINED: (),
    ContactStatus.TAKEN_BACK: (),
    ContactStatus.WITHDRAWN: (),
}
