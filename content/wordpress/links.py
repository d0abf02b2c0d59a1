"""Old addresses and their new ones: for the links in the texts, for menus, and for the redirects."""

import re
from collections.abc import Callable
from urllib.parse import parse_qsl, unquote, urlencode, urljoin, urlsplit

from django.urls import Resolver404, resolve

from content.domain import redirects
from content.models import Page

NUMBERS = ("p", "page_id", "attachment_id")
_ended = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_film = re.compile(r"(?:youtube(?:-nocookie)?\.com/(?:embed/|watch\?(?:.*&)?v=|shorts/)|youtu\.be/)([\w-]{6,20})")
_vimeo = re.compile(r"vimeo\.com/(?:video/)?(\d{5,15})")
UPLOADS = "/wp-content/uploads/"
MACHINES = re.compile(r"^/(wp-admin|wp-login|wp-json|xmlrpc)")


class Addresses:
    """What became of the old site's addresses."""

    def __init__(self, site: str) -> None:
        parts = urlsplit(site)
        self.site = site.rstrip("/") + "/"
        self.root = parts.path.rstrip("/")
        host = (parts.hostname or "").removeprefix("www.")
        self.hosts = {host, f"www.{host}"} if host else set()
        self.paths: dict[str, str] = {}
        self.numbers: dict[str, str] = {}
        self.later: set[str] = set()
        self.pages: set[str] = set()

    def add(self, old: str, number: str, new: str) -> None:
        """An entry's old address and number, and where it stands now."""
        if path := self.old_path(old):
            self.paths.setdefault(path, new)
        if number:
            self.numbers.setdefault(number, new)

    def old_path(self, address: str) -> str:
        """The old site's path of an address, as it is compared; empty for other sites and for addresses in numbers."""
        try:
            parts = urlsplit(urljoin(self.site, address.strip()))
        except ValueError:
            return ""
        if not self._is_ours(parts.hostname) or parts.query:
            return ""
        path = _path(parts.path)
        return path.removeprefix(self.root) if self.root and path.startswith(f"{self.root}/") else path

    def _is_ours(self, host: str | None) -> bool:
        return (host or "") in self.hosts or not host

    def find(self, address: str, file: Callable[[str], str | None]) -> tuple[str | None, str]:
        """The new address, and a sentence when the link had to go. `file` knows pictures and documents."""
        if address.startswith("#"):
            return address, ""
        try:
            parts = urlsplit(urljoin(self.site, address))
            host = parts.hostname
        except ValueError:
            return None, f"the address {address} cannot be read"
        if parts.scheme in {"mailto", "tel"}:
            return address, ""
        if parts.scheme not in {"http", "https"}:
            return None, f"links of the kind {parts.scheme or 'unknown'}: are not kept"
        if not self._is_ours(host):
            return parts.geturl(), ""
        return self._inside(address, parts.path, parts.query, parts.fragment, file)

    def _inside(
        self, address: str, path: str, query: str, fragment: str, file: Callable[[str], str | None]
    ) -> tuple[str | None, str]:
        mark = f"#{fragment}" if re.match(r"^[A-Za-z][\w-]{0,60}$", fragment) else ""
        asked = dict(parse_qsl(query)[:20])
        for name, value in asked.items():
            if name in NUMBERS and value in self.numbers:
                return self.numbers[value] + mark, ""
        path = self.old_path(urljoin(self.site, path))
        if path in {"/", "/index.php"} and (door := self._at_the_door(asked)) is not None:
            new, old = door
            return (new + mark, "") if new else (None, f"the link to {old} leads nowhere here; its words stay")
        path = path.removeprefix("/index.php") or "/"
        if path in self.paths:
            return self.paths[path] + mark, ""
        if UPLOADS in path or _ended.search(path):
            found = file(address)
            return found, "" if found else f"the file {path} is not here; its link was taken out"
        if path in self.later or self._answers(path):
            return path + mark, ""
        if known := redirects.known_target(path):
            return known + mark, ""
        return None, f"the link to {path} leads nowhere here; its words stay"

    def _at_the_door(self, asked: dict[str, str]) -> tuple[str, str] | None:
        """Where an address leads that asks the front page for something, and how it was written; None for the page
        itself."""
        if asked.get("s"):
            return f"/search/?{urlencode({'q': asked['s']})}", ""
        if name := next((name for name in (*NUMBERS, "cat", "author") if name in asked), ""):
            number = f"/?{name}={asked[name]}"
            return redirects.known_target(number), number
        if day := redirects.dated(asked):
            return day, ""
        for name, word in (("category_name", "category"), ("tag", "tag"), ("author_name", "author")):
            if name in asked:
                old = f"/{word}/{asked[name].strip('/').lower()}/"
                return self.paths.get(old) or redirects.known_target(old), f"/?{name}={asked[name]}"
        if "feed" in asked:
            return "/feeds/news/", ""
        if name := next((name for name in ("post_type", "name", "pagename") if name in asked), ""):
            return "", f"/?{name}={asked[name]}"
        return None

    def _answers(self, path: str) -> bool:
        """Whether this site itself answers there."""
        if path == "/" or path in self.pages:
            return True
        if MACHINES.match(path):
            return False
        try:
            return resolve(path).view_name not in {"content:page-detail", "content:news-detail"}
        except Resolver404:
            return False

    def know_pages(self) -> None:
        """The pages that are here already."""
        self.pages = set(Page.objects.values_list("path", flat=True))


def _path(path: str) -> str:
    path = re.sub(r"/{2,}", "/", unquote(path)).lower() or "/"
    return path if path.endswith("/") or _ended.search(path) else f"{path}/"


def player(address: str, title: str) -> tuple[str, str] | None:
    """Where a film or another site's window can be seen, and the words of the link to it."""
    if address.startswith("//"):
        address = f"https:{address}"
    try:
        host = (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return None
    if not re.match(r"^https?://", address) or not host:
        return None
    for pattern, watch, where in (
        (_film, "https://www.youtube.com/watch?v=", "YouTube"),
        (_vimeo, "https://vimeo.com/", "Vimeo"),
    ):
        if found := pattern.search(address):
            return watch + found[1], f"Watch “{title}” on {where}" if title else f"Watch the film on {where}"
    shown = re.sub(r"^https?://(www\.)?", "", address).rstrip("/")
    return address, title or (shown if len(shown) <= 60 else host)
