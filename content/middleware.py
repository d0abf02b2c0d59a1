"""Old addresses go on working: the former site's forms before the page cache, all others when nothing answers."""

import re
from collections.abc import Callable
from typing import Any

from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve
from django.utils import timezone

from content.domain import redirects
from content.queries import pages

View = Callable[[HttpRequest], HttpResponse]
READS = {"GET", "HEAD"}
ALL_NEWS = "/feeds/news/"

_query = re.compile(r"(?:^|&)(?:p|page_id|attachment_id|cat)=[0-9]+(?:&|$)")
_old_feed_query = re.compile(r"(?:^|&)feed=[a-z0-9-]+(?:&|$)")
_feed = re.compile(r"^/(?:comments/)?feed(?:/(?:atom|rdf|rss|rss2))?/?$")
_category = re.compile(
    r"^/category/(?:[a-z0-9-]+/)*?(?P<slug>[a-z0-9-]+)(?P<rest>/page/[0-9]{1,6}|/feed(?:/[a-z0-9]+)?)?/?$"
)
_trailing_feed = re.compile(r"^(?P<path>/.+?/)feed(?:/(?:atom|rdf|rss|rss2))?/?$")


class FormerSiteMiddleware:
    """/?p=123, /feed/ and /category/… lead on before the page cache, which drops what no view of ours reads.

    Every other request passes without a query. A number that nobody knows shows what stands at the address.
    """

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return _lead(request, _former(request)) or self.get_response(request)


def _former(request: HttpRequest) -> str:
    if request.method not in READS:
        return ""
    path = request.path_info
    if path == "/":
        query = request.META.get("QUERY_STRING", "")
        if not query:
            return ""
        if _query.search(query):
            return _asked(redirects.numbered_target, query)
        return ALL_NEWS if _old_feed_query.search(query) else ""
    if path.startswith(("/feed", "/comments/feed")):
        return ALL_NEWS if _feed.match(path) else ""
    if path.startswith("/category/") and (found := _category.match(path.lower())):
        return _shelf(path, found["slug"], found["rest"] or "")
    return ""


def _shelf(path: str, slug: str, rest: str) -> str:
    """A category of the former site: where staff or the import say, else the one of the same name."""
    if rest.startswith("/feed"):
        return f"/feeds/category/{slug}/"
    return _asked(redirects.redirect_target, path) or f"/news/category/{slug}{rest}/"


class OldAddressMiddleware:
    """Looks an address up when the answer would be “not found”: one query, and a page that is there always wins."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 404 and not request.__dict__.get("old_address_asked"):
            return _lead(request, _old(request)) or response
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Before the page that says “not found” is made."""
        if not isinstance(exception, Http404):
            return None
        request.__dict__["old_address_asked"] = True
        return _lead(request, _old(request))


def _old(request: HttpRequest) -> str:
    if request.method not in READS:
        return ""
    path = request.path_info
    feed = _trailing_feed.match(path.lower())
    if feed is None:
        return _asked(redirects.redirect_target, path)
    return _about(feed["path"], path)


def _about(path: str, feed: str) -> str:
    """The former site gave every address a feed: ours if there is one, else what the feed was about."""
    if _answers(f"/feeds{path}"):
        return f"/feeds{path}"
    if target := _asked(redirects.redirect_target, feed) or _asked(redirects.redirect_target, path):
        return target
    return path if _answers(path) or _asked(pages.is_public, path) else ""


def _answers(path: str) -> bool:
    """Whether a route answers; the pages' own route answers for pages only."""
    try:
        return resolve(path).view_name != "content:page-detail"
    except Resolver404:
        return False


def _asked(question: Callable[..., Any], address: str) -> Any:
    """While the database is away nothing is known of old addresses, and the site says so itself."""
    try:
        return question(address, timezone.now())
    except DatabaseError:
        return ""


def _lead(request: HttpRequest, target: str) -> HttpResponse | None:
    if not target or target == request.path_info:
        return None
    response = HttpResponsePermanentRedirect(target)
    response["Cache-Control"] = "private, no-store"  # staff may correct it; no browser may remember it for good
    return response
