"""Who the association is and how it is reached: read here by the foot, the papers, the letters and the structured data.

Staff edit one row (`models.Association`); every process remembers it until a revision says that it changed.
"""

import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection

from .cache.remembered import remembered
from .models import Association

# Networks by the host of their addresses, as people call them; any other is called by its host.
NETWORKS = {
    "bsky.app": "Bluesky",
    "facebook.com": "Facebook",
    "instagram.com": "Instagram",
    "linkedin.com": "LinkedIn",
    "mastodon.social": "Mastodon",
    "threads.net": "Threads",
    "tiktok.com": "TikTok",
    "twitter.com": "X",
    "vimeo.com": "Vimeo",
    "x.com": "X",
    "youtube.com": "YouTube",
}


@dataclass(frozen=True)
class SocialAddress:
    """An account of the association elsewhere."""

    network: str
    url: str


@dataclass(frozen=True)
class AssociationDetails:
    """The row as everybody reads it; what staff have not written is empty."""

    name: str
    legal_line: str
    street: tuple[str, ...]
    city: str
    state: str
    postal_code: str
    telephone: str
    email: str
    hours: str
    website: str
    founded: int
    social: tuple[SocialAddress, ...]
    is_sample: bool

    @property
    def town(self) -> str:
        """City, state and ZIP code as they stand on an envelope."""
        return town_of(self.city, self.state, self.postal_code)

    @property
    def address(self) -> tuple[str, ...]:
        """The lines of the letter box, without the name; none while there is no street and no town."""
        return tuple(line for line in (*self.street, self.town) if line)

    @property
    def sheet(self) -> tuple[str, ...]:
        """The head of a paper or a letter: name, letter box, telephone and website, a line each."""
        return tuple(line for line in (self.name, *self.address, self.telephone, self.website) if line)

    @property
    def sender(self) -> str:
        """Name and letter box on one line, as the foot of a letter to many has to say them."""
        return ", ".join((self.name, *self.address))

    @property
    def telephone_url(self) -> str:
        return telephone_url(self.telephone)


def town_of(city: str, state: str, postal_code: str) -> str:
    """City, state and ZIP code on one line."""
    return ", ".join(part for part in (city, " ".join(filter(None, (state, postal_code)))) if part)


def telephone_url(telephone: str) -> str:
    """What a telephone dials. A number of ten digits is one of the United States; an extension is dialed after it."""
    number, _, extension = telephone.lower().partition("ext")
    digits = "".join(character for character in number if character.isdecimal())
    if not digits:
        return ""
    whole = f"+{digits}" if number.strip().startswith("+") else f"+1{digits}" if len(digits) == 10 else digits
    further = "".join(character for character in extension if character.isdecimal())
    return f"tel:{whole}{f';ext={further}' if further else ''}"


def social_addresses(lines: str) -> tuple[SocialAddress, ...]:
    """The addresses of a text, one a line, in its order; words before an address are what it is called."""
    found = (line.split() for line in lines.splitlines() if line.strip())
    return tuple(SocialAddress(" ".join(words) or network_of(url), url) for *words, url in found)


def network_of(url: str) -> str:
    """How people call the network of an address."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    return next((name for end, name in NETWORKS.items() if host == end or host.endswith(f".{end}")), host)


def details_of(row: Association) -> AssociationDetails:
    """A row, plainly."""
    return AssociationDetails(
        row.name,
        row.legal_line,
        tuple(line.strip() for line in row.street.splitlines() if line.strip()),
        row.city,
        row.state,
        row.postal_code,
        row.telephone,
        row.email,
        row.hours,
        row.website,
        row.founded,
        social_addresses(row.social),
        row.is_sample,
    )


@remembered
def association() -> AssociationDetails:
    """The association as it stands now; its name alone while the row is not there."""
    return details_of(Association.objects.filter(pk=Association.ONLY).first() or Association())


class _LastName:
    """The name as this process knew it last, and until when that is good enough within a transaction."""

    def __init__(self) -> None:
        self.forget()

    def keep(self, name: str, seconds: float) -> str:
        self.name, self.until = name, time.monotonic() + seconds
        return name

    def forget(self) -> None:
        self.name, self.until = "", 0.0


KNOWN_FOR = 30.0  # seconds, as long as anything is remembered
last_name = _LastName()


def association_name() -> str:
    """What the association is called, for every title, feed and letter.

    As fresh as `association()`. Within a transaction, where reads are asked anew, a name that this process has known
    for less than half a minute is taken instead: letters are written in transactions, many in one.
    """
    asks_anew = connection.in_atomic_block or not settings.REMEMBERED_READS
    if asks_anew and time.monotonic() < last_name.until:
        return last_name.name
    return last_name.keep(association().name, KNOWN_FOR)


def last_known_name() -> str:
    """The name without any question, for pages that must stand when the database does not answer."""
    return last_name.name or Association().name
