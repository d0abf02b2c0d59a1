"""What a page says of itself to search engines and link previews."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.templatetags.static import static

SITE_NAME = "American Academy of Pain Medicine"
DESCRIPTION_LENGTH = 160

# What a link preview shows of a page that has no picture of its own: 1200 by 630, drawn for this site.
SOCIAL_IMAGE = "img/social.png"

Crumb = tuple[str, str | None]
Feed = tuple[str, str]


@dataclass(frozen=True)
class PageMeta:
    """Title, description and canonical path of one page. A path of None leaves the canonical address out.

    `feeds` are the (title, path) of the Atom feeds that follow what the page shows.
    """

    title: str
    description: str = ""
    path: str | None = None
    image: str | None = None
    kind: str = "website"
    jsonld: Sequence[dict[str, Any]] = ()
    noindex: bool = False
    feeds: Sequence[Feed] = ()

    @property
    def social_image(self) -> str:
        """The address of the picture for link previews."""
        return self.image or social_image()

    @property
    def canonical(self) -> str:
        return absolute(self.path) if self.path is not None else ""

    @property
    def full_title(self) -> str:
        return self.title if SITE_NAME in self.title else f"{self.title} · {SITE_NAME}"

    @property
    def short_description(self) -> str:
        text = " ".join(self.description.split())
        if len(text) <= DESCRIPTION_LENGTH:
            return text
        return text[: DESCRIPTION_LENGTH - 1].rsplit(" ", 1)[0] + "…"


def absolute(path: str) -> str:
    """The address with the site's own origin, never the request's Host."""
    return f"{settings.SITE_ORIGIN}{path}"


def social_image() -> str:
    """The address of the picture that stands for the whole site."""
    return absolute(static(SOCIAL_IMAGE))


def breadcrumb_ld(crumbs: Sequence[Crumb]) -> dict[str, Any]:
    """A schema.org BreadcrumbList; the last crumb is the page itself and has no address."""
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, **({"item": absolute(url)} if url else {})}
            for place, (name, url) in enumerate(crumbs, start=1)
        ],
    }


def organization_ld() -> dict[str, Any]:
    """The association as a schema.org organization."""
    return {
        "@context": "https://schema.org",
        "@type": "MedicalOrganization",
        "name": SITE_NAME,
        "alternateName": "AAPM",
        "url": absolute("/"),
        "foundingDate": "1983",
        "logo": absolute(static("img/icon-512.png")),
    }
