"""What was mailed, and who wants which list mail."""

from .outgoing import OutgoingEmail
from .subscription import Subscription

__all__ = ["OutgoingEmail", "Subscription"]
