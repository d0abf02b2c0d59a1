"""What of the mail waits for somebody on the staff."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from .models import OutgoingEmail
from .states import EmailState, WhyNotSent

LOOKED_BACK = timedelta(days=3)


def kept_back(person: Any) -> tuple[str, str, str] | None:
    """Letters of these days that no address got, because it is not confirmed: perhaps one of them is waited for."""
    if not person.has_perm("mail.resend_outgoingemail"):
        return None
    reasons = (WhyNotSent.MANY, WhyNotSent.UNCONFIRMED)
    since = timezone.now() - LOOKED_BACK
    waiting = OutgoingEmail.objects.seen_by(person).filter(
        state=EmailState.SUPPRESSED, why_not_sent__in=reasons, created_at__gt=since, secret=False
    )
    count = waiting.count()
    if not count:
        return None
    words = "One letter was" if count == 1 else f"{count} letters were"
    address = f"{reverse('admin:mail_outgoingemail_changelist')}?state__exact={EmailState.SUPPRESSED}"
    return f"{words} kept back from an address that nobody has confirmed.", "Read why, and send what is wanted", address
