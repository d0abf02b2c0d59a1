"""Letters that could not be delivered and that somebody on the staff can still see to."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from aapm_site.core.admin.home import StaffQueue

from .models import OutgoingEmail
from .states import EmailState

LOOKED_BACK = timedelta(days=30)  # what is older is not waited for any more


def undelivered_letters(user: Any) -> QuerySet[OutgoingEmail]:
    """Those of the last weeks that this person may see, but for codes: they would be too old if they arrived."""
    since = timezone.now() - LOOKED_BACK
    return OutgoingEmail.objects.seen_by(user).filter(state=EmailState.FAILED, secret=False, created_at__gt=since)


UNDELIVERED = StaffQueue(
    "undelivered-letters",
    "Letters that could not be delivered",
    "Send them again",
    "mail.resend_outgoingemail",
    undelivered_letters,
    "created_at",
    lambda: f"{reverse('admin:mail_outgoingemail_changelist')}?letters=undelivered",
    order=60,
)
