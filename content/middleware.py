"""Old addresses go on working: the former site's forms before the page cache, all others when nothing answers."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve
from django.utils import timezone

from content.domain import redirects
from content.queries import pages

View = Callable[[HttpRequest], HttpResponse]
READS = {"GET", "HEAD"}
ALL_NEWS = "/feeds/news/"

_query = re.compile(r"(?:^|&)(?:p|page_id|attachment_id|cat|author)=[0-9]+(?:&|$)")
_words = re.compile(r"(?:^|&)s=([^&#]{1,300})(?:&|$)")
_lists = re.compile(r"(?:^|&)(?:m|year|category_name|tag|author_name)=[^&]")
# Ways in which it showed the same entry once more: for phones, in parts, with its comments, as a window.
_variant = re.compile(r"^(?P<path>/.+?/)(?:amp|embed|trackback|[0-9]{1,4}|comment-page-[0-9]{1,6}|page/[0-9]{1,6})/?$")
# Sizes, rotations, crops, doubled and in a newer form, as WordPress and plugins made them of one picture.
_sized = re.compile(
    r"^(/wp-content/uploads/.+?)(?:-e[0-9]{10,13})?(?:-[0-9]{1,5}x[0-9]{1,5}|-scaled|-rotated)?(?:@2x)?"
    r"(\.[a-z0-9]{2,5})(?:\.(?:webp|avif))?$"
)
_searched = re.compile(r"^/search/(?P<words>[^/]{1,200})(?:/(?:page/[0-9]{1,6}|feed(?:/[a-z0-9]+)?))?/?$")
_site_map = re.compile(r"^/(?:wp-sitemap|sitemap_index|sitemap-index)\.xml$")
SCRIPT = "/index.php"
_old_feed_query = re.compile(r"(?:^|&)feed=[a-z0-9-]+(?:&|$)")
_feed = re.compile(r"^/(?:comments/)?feed(?:/(?:atom|rdf|rss|rss2))?/?$")
_category = re.compile(
    r"^/category/(?:[a-z0-9-]+/)*?(?P<slug>[a-z0-9-]+)(?P<rest>/page/[0-9]{1,6}|/feed(?:/[a-z0-9]+)?)?/?$"
)
_trailing_feed = re.compile(r"^(?P<path>/.+?/)feed(?:/(?:atom|rdf|rss|rss2))?/?$")


class FormerSiteMiddleware:
    """/?p=123, /?s=pain, /feed/ and /category/… lead on before the page cache, which drops what no view of ours reads.

    Every other request passes without a query. A number that nobody knows is not found: whoever follows an old link is
    not told that the front page was meant.
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
        return _at_the_door(query) if query else ""
    if path.startswith(("/feed", "/comments/feed")):
        return ALL_NEWS if _feed.match(path) else ""
    if path.startswith("/category/") and (found := _category.match(path.lower())):
        return _shelf(path, found["slug"], found["rest"] or "")
    return ""


def _at_the_door(query: str) -> str:
    """What the former site's front page was asked for: an entry by its number, all news, or words to look for."""
    if _query.search(query):
        try:
            target = redirects.numbered_target(query, timezone.now())
        except DatabaseError:
            return ""
        if not target:
            raise Http404("Nothing of the former site had this number.")
        return target
    if _old_feed_query.search(query):
        return ALL_NEWS
    if words := _words.search(query):
        return f"/search/?q={words[1]}"
    return _listed(query) if _lists.search(query) else ""


def _listed(query: str) -> str:
    """A list that the former site's front page was asked for: of a month, a category, a tag or an author."""
    asked = dict(parse_qsl(query)[: redirects.MOST_ASKED])
    if day := redirects.dated(asked):
        return day
    for name, word in (("category_name", "category"), ("tag", "tag"), ("author_name", "author")):
        if slug := asked.get(name, "").strip("/").lower():
            target = _asked(redirects.redirect_target, f"/{word}/{slug}/")
            if not target:
                raise Http404("Nothing of the former site had this name.")
            return str(target)
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
    path, query = request.path_info, request.META.get("QUERY_STRING", "")
    if path == SCRIPT or path.startswith(f"{SCRIPT}/"):
        path = path.removeprefix(SCRIPT)
        if path in {"", "/"}:
            return _at_the_door(query) or "/"
        return _same(path)
    if feed := _trailing_feed.match(path.lower()):
        return _about(feed["path"], path)
    if target := _asked(redirects.redirect_target, f"{path}?{query}" if query else path):
        return target
    if sized := _sized.match(path.lower()):
        names = (f"{sized[1]}{kind}{sized[2]}" for kind in ("", "-scaled", "-rotated"))
        return next((target for name in names if (target := _asked(redirects.redirect_target, name))), "")
    if searched := _searched.match(path):
        return f"/search/?{urlencode({'q': searched['words'].replace('+', ' ')})}"
    if _site_map.match(path):
        return "/sitemap.xml"
    variant = _variant.match(path.lower())
    return _page(variant["path"]) if variant else ""


def _page(path: str) -> str:
    """Where the entry is that had this address: where it led, or here, if it is still there."""
    return _asked(redirects.redirect_target, path) or (path if _asked(pages.is_public, path) else "")


def _same(path: str) -> str:
    """The same for whatever had this address, lists and forms too."""
    target = _asked(redirects.redirect_target, path)
    return target or (path if _answers(path) or _asked(pages.is_public, path) else "")


def _about(path: str, feed: str) -> str:
    """The former site gave every address a feed: ours if there is one, else what the feed was about."""
    if _answers(f"/feeds{path}"):
        return f"/feeds{path}"
    return _asked(redirects.redirect_target, feed) or _same(path)


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
