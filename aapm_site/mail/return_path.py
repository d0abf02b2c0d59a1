"""The envelope's sender: an address of its own for each letter, signed, so that a report names it for certain."""

import re

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from .models import OutgoingEmail

SALT = "mail.return_path"
SIGNATURE_LENGTH = 20
_returned = re.compile(r"\+(\d{1,18})-([0-9a-f]{20})$")


def return_path(email: OutgoingEmail) -> str:
    """Where mail servers send what they cannot deliver; empty while no such mailbox is set."""
    if not settings.BOUNCE_ADDRESS:
        return ""
    local, _, domain = settings.BOUNCE_ADDRESS.rpartition("@")
    return f"{local}+{email.pk}-{_signature(email)}@{domain}"


def letter_of(address: str) -> OutgoingEmail | None:
    """The letter whose return path it is; None for a forged one, and for a letter that is forgotten."""
    found = _returned.search(address.rpartition("@")[0].casefold())
    email = OutgoingEmail.objects.filter(pk=int(found[1])).first() if found else None
    return email if email is not None and found and constant_time_compare(found[2], _signature(email)) else None


def _signature(email: OutgoingEmail) -> str:
    value = f"{email.pk} {email.message_id}"
    return salted_hmac(SALT, value, algorithm="sha256").hexdigest()[:SIGNATURE_LENGTH]
