"""The life of an application, from the letter that confirms its address to the employer's last word."""

from django.db import models

from aapm_site.core.transitions import Lifecycle, Move


class JobApplicationStatus(models.TextChoices):
    UNCONFIRMED = "unconfirmed", "Not confirmed yet"
    SENT = "sent", "Sent"
    VIEWED = "viewed", "Opened"
    IN_CONTACT = "in_contact", "In contact"
    DECLINED = "declined", "Declined"
    HIRED = "hired", "Hired"
    WITHDRAWN = "withdrawn", "Withdrawn"


# The employer may still decide; a person has one of these at most for one position.
APPLICATION_OPEN = (JobApplicationStatus.SENT, JobApplicationStatus.VIEWED, JobApplicationStatus.IN_CONTACT)
# In one of these somebody has decided, at a moment that is kept.
APPLICATION_CLOSED = (JobApplicationStatus.DECLINED, JobApplicationStatus.HIRED, JobApplicationStatus.WITHDRAWN)
# What an employer decides; the others follow from what somebody does.
EMPLOYER_STATES = (JobApplicationStatus.IN_CONTACT, JobApplicationStatus.DECLINED, JobApplicationStatus.HIRED)

_CONTACT = Move(JobApplicationStatus.IN_CONTACT, "contact", "We are in contact", by_staff=False)
_DECLINE = Move(JobApplicationStatus.DECLINED, "decline", "Decline", stamps=("closed_at",), danger=True, by_staff=False)
_HIRE = Move(JobApplicationStatus.HIRED, "hire", "Hired", stamps=("closed_at",), by_staff=False)
_WITHDRAW = Move(
    JobApplicationStatus.WITHDRAWN, "withdraw", "Withdraw", stamps=("closed_at",), danger=True, by_staff=False
)

APPLICATION_LIFECYCLE: Lifecycle = {
    JobApplicationStatus.UNCONFIRMED: (
        Move(JobApplicationStatus.SENT, "send", "Send", stamps=("sent_at",), by_staff=False),
    ),
    # What is answered has been opened first, so that the applicant is told who has read it.
    JobApplicationStatus.SENT: (Move(JobApplicationStatus.VIEWED, "view", "Open", by_staff=False), _WITHDRAW),
    JobApplicationStatus.VIEWED: (_CONTACT, _DECLINE, _HIRE, _WITHDRAW),
    JobApplicationStatus.IN_CONTACT: (_DECLINE, _HIRE, _WITHDRAW),
    # An employer may think again.
    JobApplicationStatus.DECLINED: (_CONTACT,),
    JobApplicationStatus.HIRED: (),
    JobApplicationStatus.WITHDRAWN: (),
}
