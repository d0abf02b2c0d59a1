"""What follows from allauth's signals."""

from typing import Any

from allauth.account import signals as account
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.contrib import messages
from django.dispatch import receiver
from django.http import HttpRequest

from aapm_site.mail.domain.bounces import address_works

from . import sign_in_limits
from .domain.sessions import end_sessions
from .middleware import FACTORS

FORGOTTEN = (
    "An account had been begun with your address, and its password was chosen before the address was confirmed. So "
    "that only you can sign in, that password is forgotten. You may choose a new one under Security."
)


@receiver(authenticator_added)
def first_factor_counts(request: HttpRequest, user: Any, authenticator: Authenticator, **_: Any) -> None:
    """Setting up the first second factor shows that it works, so this session need not show it again at once.

    A further one does not count: whoever holds an older session could otherwise add their own and walk in.
    The person's other sessions, which a password alone may have opened, end with the first one.
    """
    others = Authenticator.objects.filter(user=user, type__in=FACTORS).exclude(pk=authenticator.pk)
    if authenticator.type in FACTORS and not others.exists():
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
        end_sessions(user, but=request.session.session_key)


@receiver(account.email_confirmed)
def mail_arrives(email_address: Any, **_: Any) -> None:
    """Who has typed a code from the mailbox has got the letter: list mail goes there again."""
    address_works(email_address.email, by=email_address.user)


@receiver(account.email_confirmed)
def what_was_prepared_ends(request: HttpRequest, email_address: Any, **_: Any) -> None:
    """Anybody may have begun an account with this address. Whoever proves the mailbox by a code for signing in has
    not shown that the password of that beginning is theirs: it opens nothing any more, and neither do sign-ins that
    were begun with it. Who has signed in before, or proves the mailbox in the session of the sign-up, keeps theirs.
    """
    user = email_address.user
    records = get_authentication_records(request, user)
    by_code_alone = bool(records) and records[-1]["method"] == "code"
    if user.last_login is None and by_code_alone and user.has_usable_password():
        user.set_unusable_password()
        user.save(update_fields=["password"])
        end_sessions(user, but=request.session.session_key)
        messages.warning(request, FORGOTTEN)


@receiver(account.password_reset)
def wrong_passwords_are_forgotten(request: HttpRequest, user: Any, **_: Any) -> None:
    """Who forgot the password has often tried several before; the new one need not wait for them."""
    sign_in_limits.begin_anew(request, sign_in_limits.PASSWORD, user.email)
