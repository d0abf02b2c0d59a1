"""Openings of articles: noted in memory while the page is given out, written every few seconds by a thread of its own.

A reader never waits for it, and no page fails because of it. What a process that is killed has not written is lost,
a few seconds of it. Addresses and agents of readers are in memory only, for these seconds; what is written is a hash
of them, or of the account, with the salt of that day.
"""

import atexit
import secrets
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import blake2b
from typing import NamedTuple

import structlog
from django.db import DatabaseError, DataError, connection, transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from aapm_site.core.forms import client_ip
from aapm_site.core.http import given_out, view_counts

from ..counting import IN_PRESS, AccessType, UsageKind, access_type, is_ahead_of_readers, is_known_robot
from ..models import Article, RobotAgent
from ..queries.reading import issue_of

log = structlog.get_logger(__name__)

MOST_PENDING = 100_000  # openings that wait in memory while the database is away; the oldest go first
AGENT_LENGTH = 400
READER_BYTES, WORDS_BYTES, SALT_BYTES = 16, 8, 32
ONE_DAY = timedelta(days=1)
WRITE = """
    INSERT INTO membership_usageevent (at, "on", reader, article_id, part, use, access, yop)
    SELECT opened.* FROM unnest(
        %s::timestamptz[], %s::date[], %s::bytea[], %s::bigint[], %s::text[], %s::text[], %s::text[], %s::smallint[]
    ) AS opened (at, day, reader, article, part, use, access, yop)
    WHERE article IS NULL OR EXISTS (SELECT FROM membership_article WHERE id = article)
"""
MAKE_SALT = 'INSERT INTO membership_usagesalt ("on", salt) VALUES (%s, %s) ON CONFLICT DO NOTHING'
# Held until the openings are written: a day is counted, and its salt deleted, before that or afterwards.
HOLD_SALT = 'SELECT salt FROM membership_usagesalt WHERE "on" = %s FOR KEY SHARE'
# Usually gone by then; kept longer only while staff hold the work that counts a day.
FORGET_SALTS = 'DELETE FROM membership_usagesalt WHERE "on" < %s'


@dataclass(frozen=True, slots=True)
class Opening:
    """What is opened at one address; told of each request that is answered with it (`core.http.given_out`)."""

    use: UsageKind
    part: str = ""
    article: int | None = None
    access: AccessType | None = None
    yop: int | None = None

    def __call__(self, request: HttpRequest) -> None:
        note(self, request)


class Noted(NamedTuple):
    """One opening by one reader, who is named by an account, or by address and agent."""

    at: datetime
    opening: Opening
    reader: str
    agent: str


_pending: list[Noted] = []
_lock = threading.Lock()
_timer: threading.Timer | None = None


def opened(request: HttpRequest, article: Article, use: UsageKind, on: date, part: str = "") -> None:
    """Count that this request opens an article, or a part of what belongs to it, on a day."""
    issue = issue_of(article, on)
    yop = article.published_on.year if issue else IN_PRESS
    given_out.tell(request, Opening(use, part, article.pk, access_type(article.free_on(on)), yop))


def opened_file(request: HttpRequest, response: HttpResponseBase, article: Article, use: UsageKind, part: str) -> None:
    """Count a file that is sent: once for a reader who asks for it in parts, with the part that begins it."""
    begins = response.get("Content-Range", "").startswith("bytes 0-")
    if response.status_code == 200 or (response.status_code == 206 and begins):
        opened(request, article, use, timezone.localdate(), part)


def searched(request: HttpRequest, words: str) -> None:
    """Count a search of the journal. The words are kept as a hash, and tell two presses on one search from two."""
    given_out.tell(request, Opening(UsageKind.SEARCH, words))


def note(opening: Opening, request: HttpRequest) -> None:
    """Note an opening by the reader of this request, unless it is none: HEAD, what browsers fetch ahead, and staff."""
    if request.method != "GET" or _is_staffs(request) or is_ahead_of_readers(request.META):
        return
    agent = request.META.get("HTTP_USER_AGENT", "")[:AGENT_LENGTH]
    if is_known_robot(agent):
        return
    _keep([Noted(timezone.now(), opening, _reader(request, agent), agent)])


def _is_staffs(request: HttpRequest) -> bool:
    """Whether staff look, as themselves or as a member. The page cache asks before anybody is known: for visitors."""
    user = getattr(request, "user", None)
    return hasattr(request, "viewing") or (user is not None and user.is_authenticated and user.acts_as_staff)


def _reader(request: HttpRequest, agent: str) -> str:
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        return f"account {user.pk}"
    return f"{client_ip(request)} {agent}"


def _keep(noted: Sequence[Noted]) -> None:
    global _timer
    with _lock:
        _pending.extend(noted)
        if over := len(_pending) - MOST_PENDING:
            del _pending[: max(over, 0)]
        if _timer is None:
            _timer = threading.Timer(view_counts.SECONDS, _on_time)
            _timer.daemon = True
            _timer.start()


def _on_time() -> None:
    try:
        write()
    finally:
        connection.close()


def write() -> int:
    """Write what is pending; how many openings. If the database is away they stay pending and are tried again."""
    global _timer
    with _lock:
        _timer = None
        noted = _pending[:]
        _pending.clear()
    if not noted:
        return 0
    try:
        return write_noted(noted)
    except DataError:
        log.exception("usage.not_written", openings=len(noted))  # would fail again and again
        return 0
    except DatabaseError:
        log.warning("usage.kept_for_later", openings=len(noted))
        _keep(noted)
        return 0


@transaction.atomic
def write_noted(noted: Sequence[Noted]) -> int:
    """Write openings, but those of agents that staff say are no readers; how many. An article that is gone counts none.

    Any number of processes write at once: each only adds rows.
    """
    fragments = [one.lower() for one in RobotAgent.objects.values_list("fragment", flat=True)]
    counted = [one for one in noted if not any(part in one.agent.lower() for part in fragments)]
    if not counted:
        return 0
    days = [timezone.localdate(one.at) for one in counted]
    with connection.cursor() as cursor:
        salts = {day: _salt_of(day) for day in sorted(set(days))}
        cursor.execute(WRITE, _columns(counted, days, salts))
        written = cursor.rowcount
        cursor.execute(FORGET_SALTS, [timezone.localdate() - ONE_DAY])
    return written


def _salt_of(day: date) -> bytes:
    """The salt of a day, made by whoever needs it first."""
    with connection.cursor() as cursor:
        while True:
            cursor.execute(MAKE_SALT, [day, secrets.token_bytes(SALT_BYTES)])
            cursor.execute(HOLD_SALT, [day])
            if found := cursor.fetchone():  # none if it was deleted between the two
                return bytes(found[0])


def _columns(noted: Sequence[Noted], days: Sequence[date], salts: dict[date, bytes]) -> list[list[object]]:
    rows = [_row(one, day, salts[day]) for one, day in zip(noted, days, strict=True)]
    return [list(column) for column in zip(*rows, strict=True)]


def _row(one: Noted, day: date, salt: bytes) -> tuple[object, ...]:
    what = one.opening
    part = _hashed(what.part, salt, WORDS_BYTES).hex() if what.use == UsageKind.SEARCH else what.part
    reader = _hashed(one.reader, salt, READER_BYTES)
    return one.at, day, reader, what.article, part, what.use.value, what.access or "", what.yop


def _hashed(text: str, salt: bytes, size: int) -> bytes:
    return blake2b(text.encode("utf-8", "replace"), key=salt, digest_size=size).digest()


atexit.register(write)
