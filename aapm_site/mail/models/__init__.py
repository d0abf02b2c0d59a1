"""What was mailed, and who wants which list mail."""

from .outgoing import OutgoingEmail
from .subscription import Subscription
from .undeliverable import UndeliverableAddress

__all__ = ["OutgoingEmail", "Subscription", "UndeliverableAddress"]
