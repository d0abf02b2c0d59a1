"""Ending everything in which a person is signed in, here and at services that let them in."""

import json
from importlib import import_module

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
        is_begun = bool(user.email) and user.email in json.dumps(kept, default=str)
        if is_begun or kept.get(SESSION_KEY) == str(user.pk):
            engine.SessionStore(session.session_key).delete()
