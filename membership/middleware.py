"""Staff see the site as a member does, and can do nothing as the member.

What holds for every page, whichever room it is of: only GET; only what membership opens (SPACES, PAGES); no files but
pictures; the person's rows are read in a transaction that the database keeps from writing; the session is an empty one
that is never kept, so that nothing of the colleague's is seen or changed, and no proof that they gave counts for the
member. The colleague's own session stays theirs.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.sessions.backends.base import SessionBase
from django.db import InternalError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from psycopg.errors import ReadOnlySqlTransaction

from aapm_site.accounts.models import User

from .domain import viewing as looks
from .models import Viewing

KEY = "viewing_as_member"  # in the colleague's session: the number of the look
SPACES = {"content", "membership", "journal"}
PAGES = {"accounts:home", "search", "search-suggest"}
# What is the member's alone within those: files, notes that they were promised nobody sees, links that are the proof.
CLOSED = {
    "membership:paper-detail", "membership:renew", "journal:saved-list", "journal:saved-note", "content:preview",
    "content:ask-track", "content:newsletter-mine", "content:newsletter-export", "content:newsletter-erase",
}  # fmt: skip
CAREER_CENTER = "careers"  # closed as a whole, and the page says why
SHOWN = ("text/html", "image/", "application/json")

View = Callable[[HttpRequest], HttpResponse]


class NoSession(SessionBase):
    """A session that begins empty and ends with the page."""

    def load(self) -> dict[str, Any]:
        return {}

    def exists(self, session_key: str) -> bool:
        return False

    def create(self) -> None:
        """Nowhere."""

    def save(self, must_create: bool = False) -> None:
        """Nowhere."""

    def delete(self, session_key: str | None = None) -> None:
        """There is nothing."""


class ViewingMiddleware:
    """Shows the page as the member of the session's look sees it, with a banner; without a look it does nothing."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if KEY not in request.session or request.path == reverse("membership:viewing-end"):
            return self.get_response(request)
        look = looks.current_viewing(request.session[KEY], by=request.user)
        return self._as_oneself(request) if look is None else self._as_member(request, look)

    def _as_oneself(self, request: HttpRequest) -> HttpResponse:
        """The look is over. A form that was open in it is not sent as the colleague."""
        del request.session[KEY]
        if request.method == "POST":
            return _refused(request, None)
        messages.info(request, "The look as a member has ended. You see the site as yourself again.")
        return self.get_response(request)

    def _as_member(self, request: HttpRequest, look: Viewing) -> HttpResponse:
        page = looks.note_page(look, request.method or "", request.path)
        colleague, session = request.user, request.session
        request.viewing = look  # type: ignore[attr-defined]  # the banner reads it
        is_open = request.method in {"GET", "HEAD"} and _is_open(request)
        response = self._read(request, look.person) if is_open else None
        request.user, request.session = colleague, session
        response = response or _refused(request, look)
        response["Cache-Control"] = "private, no-store"
        looks.note_answer(page, response.status_code)
        return response

    def _read(self, request: HttpRequest, person: User) -> HttpResponse | None:
        """The page, or None for one that would write or is a file."""
        person.has_shown_factor = False
        request.user, request.session = person, NoSession()
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION READ ONLY")
            response = self.get_response(request)
            transaction.set_rollback(True)
        if getattr(request, "would_write", False) or not _is_shown(response):
            _let_go(response)
            return None
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """What the database keeps from being written is no fault of the page; the middleware above refuses it."""
        if not hasattr(request, "viewing") or not isinstance(exception, InternalError):
            return None
        if not isinstance(exception.__cause__, ReadOnlySqlTransaction):
            return None
        request.would_write = True  # type: ignore[attr-defined]  # read when the page is made
        return HttpResponse(status=HTTPStatus.FORBIDDEN)


def _is_of(request: HttpRequest, space: str) -> bool:
    try:
        return space in resolve(request.path_info).namespaces
    except Resolver404:
        return False


def _is_open(request: HttpRequest) -> bool:
    try:
        found = resolve(request.path_info)
    except Resolver404:
        return True  # it is not there for the member either
    name = found.view_name
    return name not in CLOSED and (name in PAGES or any(space in SPACES for space in found.namespaces))


def _is_shown(response: HttpResponseBase) -> bool:
    is_page = response.get("Content-Type", "text/html").startswith(SHOWN)
    return is_page and not response.has_header("Content-Disposition") or 300 <= response.status_code < 400


def _let_go(response: HttpResponseBase) -> None:
    """Close its files. Its own close() would tell Django that the request is over."""
    for close in response._resource_closers:  # type: ignore[attr-defined]  # as its own close() does
        close()


def _refused(request: HttpRequest, look: Viewing | None) -> HttpResponse:
    status = HTTPStatus.FORBIDDEN
    context = {"look": look, "is_career_center": _is_of(request, CAREER_CENTER)}
    return render(request, "membership/viewing_refused.html", context, status=status)
