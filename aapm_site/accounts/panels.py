"""What accounts itself adds to My account."""

from django.template.loader import render_to_string

from aapm_site.mail.domain.undeliverable import is_undeliverable

from .requests import SignedInRequest


def mail_came_back(request: SignedInRequest) -> str:
    """That list mail has stopped, and how to mend it; nothing for everybody else."""
    address = request.user.email
    if not is_undeliverable(address):
        return ""
    return render_to_string("accounts/mail_came_back.html", {"address": address}, request)
