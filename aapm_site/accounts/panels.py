"""What accounts itself adds to My account."""

from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.template.loader import render_to_string

from aapm_site.core.statements import PERSON
from aapm_site.mail.models import UndeliverableAddress

from .registry import AccountPanel
from .requests import SignedInRequest


def _mark() -> list[QuerySet]:
    return [UndeliverableAddress.objects.filter(address=Lower(PERSON.email), lifted_at=None)]


def mail_came_back(request: SignedInRequest) -> str:
    """That list mail has stopped, and how to mend it."""
    return render_to_string("accounts/mail_came_back.html", {"address": request.user.email}, request)


MAIL = AccountPanel("mail-came-back", mail_came_back, order=0, rows=_mark)
