"""What is asked of a session: the staff's second factor, and when it was last used."""

from collections.abc import Callable
from datetime import timedelta

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.middleware import UserSessionsMiddleware
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

SEEN_LATELY = timedelta(minutes=5)
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
SET_UP = (
    "The staff pages need a second step at sign-in. Set up an authenticator app or a passkey here, "
    "then open them again."
)
CONFIRM = "The staff pages need your second step once in this session."


def passed_second_factor(request: HttpRequest) -> bool:
    """Whether this session has shown an authenticator app's code, a passkey or a recovery code of this person."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


class StaffSecondFactorMiddleware:
    """Sends staff without a second factor, or whose session has not shown it, from the admin to where they can.

    Looks at the session, not at the way in: admin login, code login, reset and sessions from before the second
    factor was set up all meet it. STAFF_MFA_REQUIRED switches it off on the demonstration only.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.STAFF_MFA_REQUIRED and self._is_staff_page(request) and request.user.is_staff:
            if not is_mfa_enabled(request.user, FACTORS):
                return self._send(request, reverse("mfa_index"), SET_UP)
            if not passed_second_factor(request):
                return self._send(request, self._reauthentication(request), CONFIRM)
        return self.get_response(request)

    def _is_staff_page(self, request: HttpRequest) -> bool:
        admin = reverse("admin:index")
        return request.path.startswith(admin) and request.path != reverse("admin:logout")

    def _reauthentication(self, request: HttpRequest) -> str:
        """The page that asks for the second factor; never the one that takes the password again."""
        methods = get_adapter().get_reauthentication_methods(request.user)
        url = next(method["url"] for method in methods if method["id"].startswith("mfa_"))
        back = request.get_full_path() if request.method == "GET" else reverse("admin:index")
        return f"{url}?{urlencode({'next': back})}"

    def _send(self, request: HttpRequest, url: str, words: str) -> HttpResponse:
        messages.info(request, words)
        response = HttpResponseRedirect(url)
        response["Cache-Control"] = "private, no-store"
        return response


class SessionActivityMiddleware(UserSessionsMiddleware):
    """Keeps the list of a person's sessions up to date to five minutes: reading a page writes nothing in between."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated or self._was_seen_lately(request):
            return self.get_response(request)
        return super().__call__(request)

    def _was_seen_lately(self, request: HttpRequest) -> bool:
        since = timezone.now() - SEEN_LATELY
        key = request.session.session_key
        return UserSession.objects.filter(session_key=key, user=request.user, last_seen_at__gt=since).exists()
