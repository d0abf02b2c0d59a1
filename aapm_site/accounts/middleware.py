"""What is asked of a session: the staff's second factor, and when it was last used."""

from collections.abc import Callable
from datetime import timedelta
from functools import cache, partial
from http import HTTPStatus
from typing import TypeGuard
from urllib.parse import parse_qs, urlsplit

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.usersessions.middleware import UserSessionsMiddleware
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.middleware import get_user
from django.contrib.auth.models import AnonymousUser
from django.db.models import CharField, DateTimeField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode

from aapm_site.core.statements import PERSON, Late, Prepared
from aapm_site.core.views.errors import form_page, second_step_missing, session_ended

from .models import User

SEEN_LATELY = timedelta(minutes=5)
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
# The pages about factors that a password alone may open: they say whether there is one, or ask for it.
SHOWING_FACTOR = (
    "mfa_index",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_login_webauthn",
)
SIGNING_IN = ("account_login", "account_signup", "admin:login")
MAILBOX_AND_PASSWORD = ("account_email", "account_change_password", "account_set_password")
SET_UP = (
    "The staff pages need a second step at sign-in. Set up an authenticator app or a passkey here, "
    "then open them again."
)
CONFIRM = "Staff show their second step once in each session."
OPEN_MAILBOX = "Before your first second step is set up, please show that your mailbox is yours."


_FACTOR = Prepared[int](
    lambda: Authenticator.objects.filter(user=PERSON, type__in=FACTORS).order_by().values_list("pk", flat=True)[:1]
)


def passed_second_factor(request: HttpRequest, person: User) -> bool:
    """Whether this session has shown an authenticator app's code, a passkey or a recovery code of this person."""
    return _has_shown(request, person, "mfa")


def opened_the_mailbox(request: HttpRequest, person: User) -> bool:
    """Whether this session has shown a code that was mailed to this person."""
    return _has_shown(request, person, "code")


def has_second_factor(person: User) -> bool:
    """Whether an app or a passkey is set up; recovery codes alone are no factor."""
    return bool(_FACTOR.rows(person=person.pk))


def _has_shown(request: HttpRequest, person: User, method: str) -> bool:
    return any(record.get("method") == method for record in get_authentication_records(request, person))


class StaffRightsMiddleware:
    """Marks the person of the request: staff whose session has not shown the second factor have anybody's rights.

    Every question after what somebody may do, in whichever room, looks at this mark (User.has_perm, acts_as_staff).
    It costs no query, and pages that never ask who is there still never do.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.user = SimpleLazyObject(partial(_marked, request))  # type: ignore[assignment]  # like Django's own
        return self.get_response(request)


def _marked(request: HttpRequest) -> User | AnonymousUser:
    person = get_user(request)
    if _is_staff(person):
        person.has_shown_factor = not settings.STAFF_MFA_REQUIRED or passed_second_factor(request, person)
    return person


class StaffSecondFactorMiddleware:
    """Sends staff without a second factor, or whose session has not shown it, from the admin to where they can.

    Looks at the session, not at the way in: admin login, code login, reset and sessions from before the second
    factor was set up all meet it. Who knows only the password must not set up a factor of their own, read the
    recovery codes of the present one or take it away, nor move the mailbox or change the password first: all of it
    asks for the factor, or for a mailed code while there is none. STAFF_MFA_REQUIRED switches all of it off on the
    demonstration only.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.STAFF_MFA_REQUIRED and self._concerns(request) and _is_staff(request.user):
            return self._sent_away(request, request.user) or self.get_response(request)
        return self.get_response(request)

    def _sent_away(self, request: HttpRequest, person: User) -> HttpResponse | None:
        has_factor = has_second_factor(person)
        if has_factor and not passed_second_factor(request, person):
            return self._confirmed_first(request)
        if not has_factor and self._is_staff_page(request):
            return self._send(request, reverse("mfa_index"), SET_UP)
        if not has_factor and not opened_the_mailbox(request, person):
            back = urlencode({"next": request.path})
            return self._send(request, f"{reverse('accounts:mailbox')}?{back}", OPEN_MAILBOX)
        return None

    def _concerns(self, request: HttpRequest) -> bool:
        return self._is_staff_page(request) or _is_way_to_take_over(request.path)

    def _is_staff_page(self, request: HttpRequest) -> bool:
        admin = reverse("admin:index")
        return request.path.startswith(admin) and request.path != reverse("admin:logout")

    def _confirmed_first(self, request: HttpRequest) -> HttpResponse:
        """To the page that asks for the second factor; never the one that takes the password again."""
        methods = get_adapter().get_reauthentication_methods(request.user)
        url: str = next(method["url"] for method in methods if method["id"].startswith("mfa_"))
        if request.method == "POST" and (kept := second_step_missing(request, url)):
            return kept
        back = request.get_full_path() if request.method == "GET" else form_page(request)
        return self._send(request, f"{url}?{urlencode({'next': back})}", CONFIRM)

    def _send(self, request: HttpRequest, url: str, words: str) -> HttpResponse:
        messages.info(request, words)
        response = HttpResponseRedirect(url)
        response["Cache-Control"] = "private, no-store"
        return response


def _is_staff(person: User | AnonymousUser) -> TypeGuard[User]:
    return isinstance(person, User) and (person.is_staff or person.is_superuser)


def _is_way_to_take_over(path: str) -> bool:
    """All that there is about factors, but where one is shown; the mailbox that a code would go to; the password."""
    about_factors = path.startswith(reverse("mfa_index")) and path not in _paths(*SHOWING_FACTOR)
    return about_factors or path in _paths(*MAILBOX_AND_PASSWORD)


@cache
def _paths(*names: str) -> frozenset[str]:
    return frozenset(reverse(name) for name in names)


_SEEN = Prepared[int](
    lambda: UserSession.objects.filter(
        session_key=Late("session", CharField()), user_id=PERSON, last_seen_at__gt=Late("since", DateTimeField())
    ).values_list("pk", flat=True)[:1]
)


class SessionEndedMiddleware:
    """A form that came without a session shows what was typed, where its page would only send people to sign in.

    Such a page names itself, to be led back to; a way to sign in that failed leads to the other ways without a name.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method != "POST" or response.status_code != HTTPStatus.FOUND or request.user.is_authenticated:
            return response
        target = urlsplit(response["Location"])
        if target.path not in _paths(*SIGNING_IN) or REDIRECT_FIELD_NAME not in parse_qs(target.query):
            return response
        return session_ended(request) or response


class SessionActivityMiddleware(UserSessionsMiddleware):
    """Keeps the list of a person's sessions up to date to five minutes: reading a page writes nothing in between."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated or self._was_seen_lately(request):
            return self.get_response(request)
        return super().__call__(request)

    def _was_seen_lately(self, request: HttpRequest) -> bool:
        since = timezone.now() - SEEN_LATELY
        return bool(_SEEN.rows(session=request.session.session_key, person=request.user.pk, since=since))
