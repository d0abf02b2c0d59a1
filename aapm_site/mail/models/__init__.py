"""What was mailed, who wants which list mail, and letters that go to many."""

from .mailing import Mailing, MailingRecipient
from .outgoing import OutgoingEmail
from .subscription import Subscription
from .undeliverable import UndeliverableAddress

__all__ = ["Mailing", "MailingRecipient", "OutgoingEmail", "Subscription", "UndeliverableAddress"]
