"""The page cache: a reader without a session gets a public page from the process's memory, compressed, at once.

Views say that they are public with @public_page and name the query keys that they read; every other key is dropped
before the view sees it, so that nothing outside the cache key can change what is cached. An entry is good until a
revision, 30 seconds, the view's next date boundary, or the end of a remembered value that it shows, whichever comes
first. See docs/architecture.md.
"""

import functools
import gzip
import hashlib
import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import Error as DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from ..http import given_out, view_counts
from . import lifetime, revisions

ASK_EVERY = 1.0  # seconds between two looks at the revisions
ENTRIES = 4_000
BUDGET = 24 * 1024 * 1024  # bytes of compressed bodies that one process keeps at most
LARGEST = 512 * 1024  # bytes of a body that is still kept
# Headers that belong to one request and never to a cached response.
OWN = frozenset({"x-request-id", "set-cookie", "content-length"})
READS = frozenset({"GET", "HEAD"})
CACHE_CONTROL = "public, max-age=0, must-revalidate"

View = Callable[..., HttpResponse]
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CachedPage:
    """A whole response, ready to send."""

    revision: tuple[int, int]
    ends: float
    headers: dict[str, tuple[str, str]]  # as a response keeps them: by small letters, with the name as it is sent
    etag: str
    zipped: bytes
    counted: tuple[tuple[str, str], ...]
    tellers: tuple[given_out.Teller, ...] = ()


@dataclass(slots=True)
class Pages:
    """What one process remembers: entries, the query keys of each path, and the last revision seen."""

    entries: OrderedDict[Key, CachedPage] = field(default_factory=OrderedDict)
    keys: dict[str, tuple[str, ...]] = field(default_factory=dict)
    revision: tuple[int, int] = (0, 0)
    asked: float = 0.0
    size: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def clear(self) -> None:
        with self.lock:
            self._drop()
            self.keys.clear()
            self.asked = 0.0

    def _drop(self) -> None:
        self.entries.clear()
        self.size = 0

    def now_at(self) -> tuple[int, int]:
        """The revision, at most a second old. While the database is away the last one stands, so reading goes on."""
        now = time.monotonic()
        if now - self.asked >= ASK_EVERY:
            self.asked = now
            try:
                seen = revisions.current()
            except DatabaseError:
                return self.revision
            if seen != self.revision:
                with self.lock:
                    self.revision = seen
                    self._drop()
        return self.revision

    def get(self, key: Key) -> CachedPage | None:
        entry = self.entries.get(key)
        if entry is None:
            return None
        if entry.revision == self.now_at() and time.monotonic() < entry.ends:
            return entry
        return None

    def put(self, key: Key, path: str, names: tuple[str, ...], entry: CachedPage) -> None:
        with self.lock:
            if len(self.keys) > ENTRIES:
                self.keys.clear()
                self._drop()
            if key in self.entries:
                self.size -= len(self.entries.pop(key).zipped)
            self.keys[path] = names
            self.entries[key] = entry
            self.size += len(entry.zipped)
            while len(self.entries) > ENTRIES or self.size > BUDGET:
                self.size -= len(self.entries.popitem(last=False)[1].zipped)


pages = Pages()


def public_page(*, keys: tuple[str, ...] = ()) -> Callable[[View], View]:
    """Mark a view whose response is the same for every reader without a session, given these query keys.

    Such a page only shows: anything but GET and HEAD is answered with 405.
    """

    def mark(view: View) -> View:
        @require_safe
        @functools.wraps(view)
        def public(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            _keep_only(request, keys)
            response = view(request, *args, **kwargs)
            response.public_keys = keys  # type: ignore[attr-defined]  # the middleware reads it
            return response

        public.public_keys = keys  # type: ignore[attr-defined]  # the middleware reads it
        return public

    return mark


def _keep_only(request: HttpRequest, keys: tuple[str, ...]) -> None:
    query = request.GET.copy()
    for name in [name for name in query if name not in keys]:
        del query[name]
    request.GET = query  # type: ignore[assignment]  # a copy, that can be changed
    request.META["QUERY_STRING"] = query.urlencode()


def not_kept(response: HttpResponse) -> HttpResponse:
    """The page is for everybody, but one of too many to keep: the next reader has it made anew."""
    response["Cache-Control"] = "private, no-store"
    return response


def expires_at(request: HttpRequest, at: datetime | None) -> None:
    """The page shows something else from this moment on; the earliest moment named for a request counts."""
    if at is not None:
        known = request.__dict__.get("page_expires_at")
        request.__dict__["page_expires_at"] = min(at, known) if known else at


def _values(request: HttpRequest, names: tuple[str, ...]) -> Key:
    if not names or not request.META.get("QUERY_STRING"):
        return ()
    return tuple(f"{name}={value}" for name in names for value in request.GET.getlist(name))


def _key(request: HttpRequest, names: tuple[str, ...]) -> Key:
    return (request.scheme, request.META.get("HTTP_HOST", ""), request.path, *_values(request, names))


def _has_no_session(request: HttpRequest) -> bool:
    return settings.SESSION_COOKIE_NAME not in request.COOKIES and "HTTP_AUTHORIZATION" not in request.META


class PageCacheMiddleware:
    """Before all other middleware, so that a hit costs next to nothing."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.PAGE_CACHE or request.method not in READS or not _has_no_session(request):
            response = _finish(request, self.get_response(request))
            if request.method not in READS:
                pages.asked = 0.0  # whoever changed something sees it on the next page, from this process at once
            return response
        names = pages.keys.get(request.path)
        if names is not None and (entry := pages.get(_key(request, names))):
            view_counts.add(list(entry.counted), request.META.get("HTTP_USER_AGENT", ""))
            given_out.tell_all(entry.tellers, request)
            return _answer(request, entry)
        request.is_cacheable = True  # type: ignore[attr-defined]  # read by the middleware that compresses
        revision = pages.now_at()  # before the view reads, so that a change meanwhile makes the entry stale
        with lifetime.limited() as life:
            response = self.get_response(request)
        if _may_keep(response):
            return _keep(request, response, revision, life.ends)
        return _finish(request, response)


def _may_keep(response: HttpResponse) -> bool:
    return (
        getattr(response, "public_keys", None) is not None
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "private" not in response.get("Cache-Control", "")
        and len(response.content) <= LARGEST
    )


def _keep(request: HttpRequest, response: HttpResponse, revision: tuple[int, int], ends: float) -> HttpResponse:
    names = response.public_keys  # type: ignore[attr-defined]  # set by `public_page`
    body = response.content
    if response.get("Content-Encoding"):
        body = gzip.decompress(body)
    if boundary := request.__dict__.get("page_expires_at"):
        ends = min(ends, lifetime.moment(boundary))
    patch_vary_headers(response, ["Cookie", "Accept-Encoding"])
    response["Cache-Control"] = CACHE_CONTROL
    left_out = OWN | {"content-encoding", "etag"}
    entry = CachedPage(
        revision=revision,
        ends=ends,
        headers={name.lower(): (name, value) for name, value in response.items() if name.lower() not in left_out},
        etag=f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"',
        zipped=gzip.compress(body, compresslevel=6, mtime=0),
        counted=tuple(request.__dict__.get("counted", ())),
        tellers=tuple(request.__dict__.get("tellers", ())),
    )
    if ends > time.monotonic() and request.method == "GET":
        # The view has dropped foreign query keys by now, so the key is made of what it could read.
        pages.put(_key(request, names), request.path, names, entry)
    return _answer(request, entry, request_id=response.get("X-Request-ID"))


def _answer(request: HttpRequest, entry: CachedPage, request_id: str | None = None) -> HttpResponse:
    if entry.etag in request.META.get("HTTP_IF_NONE_MATCH", ""):
        unchanged = HttpResponseNotModified()
        for small, (name, value) in entry.headers.items():
            if small != "content-type":
                unchanged[name] = value
        unchanged["ETag"] = entry.etag
        return unchanged
    accepts = bool(re.search(r"\bgzip\b(?!;q=0(?:\.0+)?(?:,|$))", request.META.get("HTTP_ACCEPT_ENCODING", "")))
    response = HttpResponse(entry.zipped if accepts else gzip.decompress(entry.zipped))
    # They were checked when the page was made: to set them one by one takes as long as half of all that a hit does.
    response.headers._store.update(entry.headers)
    if accepts:
        response["Content-Encoding"] = "gzip"
    response["ETag"] = entry.etag
    if request_id:
        response["X-Request-ID"] = request_id
    return response


def _finish(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """What is not kept is nobody else's: private, unless a view has said otherwise."""
    if getattr(response, "public_keys", None) is not None:
        patch_vary_headers(response, ["Cookie"])
    if not response.has_header("Cache-Control"):
        response["Cache-Control"] = "private, no-store"
    return response
