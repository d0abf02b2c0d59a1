"""A letter that did not arrive goes to the corrected address of the same reader."""

from django.db import transaction

from aapm_site.core.transitions import NotAllowed

from ..models import OutgoingEmail
from ..states import EmailState
from .delivery import resend_email
from .queue import one_address


def readdress_refusal(email: OutgoingEmail) -> str:
    """Why this message cannot get another address; empty when it can. Codes and list mail belong to their address."""
    if email.state != EmailState.FAILED:
        return "Only a letter that could not be delivered gets another address."
    if email.secret:
        return "It carries a code or a link for this very address. Ask the person to request a new one."
    return "The reader asked for it at this very address." if email.subscription_id else ""


def readdress_email(email: OutgoingEmail, to: str) -> OutgoingEmail:
    """Send it as if it were new. NotAllowed as readdress_refusal says, NotAnAddress unless `to` is one address."""
    recipient = one_address(to)
    with transaction.atomic():
        locked = OutgoingEmail.objects.select_for_update().get(pk=email.pk)
        if refusal := readdress_refusal(locked):
            raise NotAllowed(refusal)
        locked.to = recipient
        locked.save(update_fields=["to"])
        return resend_email(locked)
