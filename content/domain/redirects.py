"""Old addresses: added by moves, by the import and by hand, and found again whatever their spelling."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet

from aapm_site.core.statements import Late, Prepared
from content.models import Page, PageVersion, Redirect
from content.models.redirect import LONGEST
from content.states import PageStatus

# The former site's addresses in the query; a number there is a post, a page, a file, a category or an author.
NUMBERED = ("p", "page_id", "attachment_id", "cat", "author")
APART = ("/?cat=", "/?author=")  # numbers of their own, not those of pages
FOLLOWED = re.compile(r"utm_\w+|fbclid|gclid|msclkid|mc_[ce]id")  # what says where a reader came from
FRONT_DOORS = {"/", "/index.php", "/index.php/"}
MOST_ASKED = 20  # parts of a query
_control = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def normal(address: str) -> str:
    """One spelling for one address: decoded, lower case, with its last slash; empty for what is no address of ours.

    A file keeps its name without a slash. What follows a question mark stays, as in /events.aspx?id=7; at the front
    door only the former site's number does, as in /?p=123.
    """
    address = address.strip()
    if _control.search(address):
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    path = unicodedata.normalize("NFC", unquote(parts.path, errors="replace")).lower()
    if not path.startswith("/") or _control.search(path):
        return ""
    path = re.sub(r"/{2,}", "/", path)
    if path in FRONT_DOORS:
        return _numbered(parts.query)
    last = path.rstrip("/").rsplit("/", 1)[-1]
    whole = path.rstrip("/") if "." in last else f"{path.rstrip('/')}/"
    asked = parse_qsl(parts.query[:LONGEST], keep_blank_values=True)[:MOST_ASKED]
    query = urlencode([(name, value) for name, value in asked if not FOLLOWED.fullmatch(name)])
    whole = f"{whole}?{query}" if query else whole
    return whole if len(whole) <= LONGEST else ""


def plain(old: str) -> str:
    """A normal address without what it asks."""
    return old if old.startswith("/?") else old.partition("?")[0]


def _numbered(query: str) -> str:
    for name, value in parse_qsl(query[:LONGEST]):
        if name in NUMBERED and re.fullmatch(r"[0-9]{1,18}", value):
            return f"/?{name}={int(value)}"
    return ""


def dated(asked: Mapping[str, str]) -> str:
    """The archive that the former site's front page was asked for, as /?m=201905 or /?year=2019&monthnum=5."""
    written = re.fullmatch(r"([12][0-9]{3})(?:(0[1-9]|1[0-2])(?:(0[1-9]|[12][0-9]|3[01]))?)?", asked.get("m", ""))
    parts = written.groups() if written else (asked.get("year"), asked.get("monthnum"), asked.get("day"))
    if not re.fullmatch(r"[12][0-9]{3}", parts[0] or ""):
        return ""
    path = f"/{parts[0]}/"
    for part, most in zip(parts[1:], (12, 31), strict=True):
        if not re.fullmatch(r"[0-9]{1,2}", part or "") or not 1 <= int(part or 0) <= most:
            break
        path += f"{int(part or 0):02}/"
    return path


def add_redirect(
    old_path: str, page: Page | None = None, url: str = "", origin: str = Redirect.Origin.HAND
) -> Redirect | None:
    """Let an old address lead to a page or an address; repeated, it leads to the newest target.

    None, and nothing stored, when a page stands at the old address or it would lead to itself: a redirect never
    hides a page. An address of ours that is a page, or an old address itself, is replaced by where that leads, so
    that readers take one step only. Raises ValidationError when there is no old address or no target.
    """
    old = normal(old_path)
    if not old:
        raise ValidationError({"old_path": "Write the old address as it stood in the browser, such as /old-page/."})
    if (page is None) == (url == ""):
        raise ValidationError("Choose a page or write an address: one of the two.")
    if url:
        Redirect._meta.get_field("url").run_validators(url)
    with transaction.atomic():
        page, url = _end(page, url)
        if Page.objects.filter(path=old).exists() or (url and normal(url) == old):
            return None
        made, _ = Redirect.objects.update_or_create(
            old_path=old,
            defaults={"page": page, "url": url},
            create_defaults={"page": page, "url": url, "origin": origin},
        )
        _shorten(old, page, url)
    return made


def leads_round(old: str, page: Page | None, url: str) -> bool:
    """Whether an address would lead to itself, by a step between too."""
    _, end = _end(page, url)
    return bool(end) and normal(end) == old


def _end(page: Page | None, url: str) -> tuple[Page | None, str]:
    """Where a target really is: the page at that address, or where an old address leads."""
    inner = normal(url) if url.startswith("/") else ""
    if page or not inner or "#" in url:
        return page, url
    if found := Page.objects.filter(path=inner).first():
        return found, ""
    if known := Redirect.objects.filter(old_path=inner).select_related("page").first():
        return known.page, known.url
    return None, url


def _shorten(old: str, page: Page | None, url: str) -> None:
    """Redirects that lead to this old address lead to its target from now on."""
    spelled = [old, old.rstrip("/")] if old != "/" else [old]
    Redirect.objects.filter(url__in=spelled).exclude(old_path=old).update(page=page, url=url)


def redirect_moved_pages(moves: dict[str, str]) -> None:
    """Old path → new path of pages that have just moved: what readers could ever see goes on being found.

    The pages have their new addresses already. Called in the transaction of the move.
    """
    free_paths(moves.values())
    seen = Exists(PageVersion.objects.filter(page=OuterRef("pk"), public_from__isnull=False))
    moved = Page.objects.filter(path__in=moves.values()).filter(~Q(status=PageStatus.DRAFT) | seen)
    pages = {path: pk for pk, path in moved.values_list("pk", "path")}
    taken = set(Page.objects.filter(path__in=moves).values_list("path", flat=True))
    rows = [
        Redirect(old_path=old, page_id=pages[new], origin=Redirect.Origin.MOVE)
        for old, new in moves.items()
        if new in pages and old not in taken
    ]
    Redirect.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["old_path"], update_fields=["page", "url", "origin"]
    )

    for waiting in Redirect.objects.filter(url__in=moves):
        if moves[waiting.url] in pages:
            Redirect.objects.filter(pk=waiting.pk).update(page=pages[moves[waiting.url]], url="")


def free_paths(paths: Iterable[str]) -> None:
    """Pages stand at these addresses now: no redirect may wait behind them."""
    Redirect.objects.filter(old_path__in=list(paths)).delete()


def redirect_target(address: str, at: datetime) -> str:
    """Where an old address leads; empty when nobody knows it, or its page is not public. One query.

    One that asks something leads where staff say of exactly that, else where it does without.
    """
    old = normal(address)
    if not old:
        return ""
    return _first([old, plain(old)], _KNOWN.rows(address=old, without=plain(old)), at)


def known_target(address: str) -> str:
    """Where an old address leads, whether or not its page is public yet; empty when nobody knows it. One query."""
    row = Redirect.objects.filter(old_path=normal(address)).select_related("page").first()
    return "" if row is None else row.page.path if row.page else row.url


def numbered_target(query: str, at: datetime) -> str:
    """Where /?p=123 of the former site leads. A page's number was answered under both names, so both are tried."""
    old = _numbered(query)
    if not old:
        return ""
    number = old.rsplit("=", 1)[1]
    names = [old] if old.startswith(APART) else [old, *(f"/?{name}={number}" for name in NUMBERED[:3])]
    return _first(names, _with_targets().filter(old_path__in=names), at)


def _with_targets() -> QuerySet[Redirect]:
    dates = ("page__status", "page__published_at", "page__unpublish_at")
    return Redirect.objects.select_related("page").only("old_path", "url", "page__path", *dates)


# Asked for every address at which nothing is.
_KNOWN = Prepared[Redirect](
    lambda: _with_targets().filter(old_path__in=[Late("address", CharField()), Late("without", CharField())])
)


def _first(names: list[str], rows: Iterable[Redirect], at: datetime) -> str:
    """The target of the first of these addresses that leads somewhere else than to itself."""
    found = {
        row.old_path: row.page.path if row.page else row.url
        for row in rows
        if row.page is None or row.page.is_published(at)
    }
    return next((found[name] for name in names if name in found and found[name] != name), "")
