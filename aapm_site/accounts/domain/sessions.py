"""Ending everything in which a person is signed in, here and at services that let them in."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from allauth.idp.oidc.models import Token
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session

from ..models import User


def end_sessions(user: User, *, but: str | None = None) -> None:
    """End the person's sessions, and sign-ins that were begun with their address and never finished; but one's key.

    What services hold for the person stops working with it; a site where they are signed in already is not told.
    """
    Token.objects.filter(user=user).delete()
    for session in UserSession.objects.filter(user=user).exclude(session_key=but or ""):
        session.end()
    engine = import_module(settings.SESSION_ENGINE)
    for session in Session.objects.exclude(session_key=but or "").iterator():
        kept = session.get_decoded()
        is_begun = bool(user.email) and _holds(kept, user.email)
        if is_begun or kept.get(SESSION_KEY) == str(user.pk):
            engine.SessionStore(session.session_key).delete()


def _holds(kept: Any, email: str) -> bool:
    """Whether an address stands there as a whole: ann@x.org is no part of joann@x.org."""
    if isinstance(kept, Mapping):
        return any(_holds(value, email) for pair in kept.items() for value in pair)
    if isinstance(kept, list | tuple):
        return any(_holds(value, email) for value in kept)
    return isinstance(kept, str) and kept.casefold() == email
