"""What a page says of itself to search engines and link previews."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.templatetags.static import static

from .association import association, association_name

DESCRIPTION_LENGTH = 160

# What a link preview shows of a page that has no picture of its own: 1200 by 630, drawn for this site and its sections
# (scripts/social-images). The first beginning that an address has decides.
SOCIAL_IMAGE = "img/social.png"
SECTIONS = (
    ("/career-center/", "career-center"),
    ("/membership/", "membership"),
    ("/journal/", "journal"),
    ("/news/", "news"),
    ("/pain-awareness/", "awareness"),
    ("/for-patients/", "patients"),
    ("/find-a-clinician/", "patients"),
    ("/what-is-pain-medicine/", "patients"),
    ("/patient-resources/", "patients"),
    ("/conditions/", "patients"),
    ("/answers/", "patients"),
    ("/glossary/", "patients"),
    ("/ask/", "patients"),
)

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
        return self.image or social_image(self.path or "")

    @property
    def canonical(self) -> str:
        return absolute(self.path) if self.path is not None else ""

    @property
    def full_title(self) -> str:
        name = association_name()
        return self.title if name in self.title else f"{self.title} · {name}"

    @property
    def short_description(self) -> str:
        text = " ".join(self.description.split())
        if len(text) <= DESCRIPTION_LENGTH:
            return text
        return text[: DESCRIPTION_LENGTH - 1].rsplit(" ", 1)[0] + "…"


def absolute(path: str) -> str:
    """The address with the site's own origin, never the request's Host."""
    return f"{settings.SITE_ORIGIN}{path}"


def social_image(path: str = "") -> str:
    """The address of the picture that stands for the section in which the path lies, else for the whole site."""
    section = next((name for start, name in SECTIONS if path.startswith(start)), "")
    return absolute(static(f"img/social-{section}.png" if section else SOCIAL_IMAGE))


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
    """The association as a schema.org organization, with what staff have written of it."""
    about = association()
    place = {
        "streetAddress": ", ".join(about.street),
        "addressLocality": about.city,
        "addressRegion": about.state,
        "postalCode": about.postal_code,
    }
    known = {
        "telephone": about.telephone,
        "email": about.email,
        "address": _typed("PostalAddress", place) if about.address else None,
        "sameAs": [one.url for one in about.social],
    }
    return {
        "@context": "https://schema.org",
        "@type": "MedicalOrganization",
        "name": about.name,
        "alternateName": "AAPM",
        "url": absolute("/"),
        "foundingDate": str(about.founded),
        "logo": absolute(static("img/icon-512.png")),
        **{key: value for key, value in known.items() if value},
    }


def _typed(kind: str, facts: dict[str, Any]) -> dict[str, Any]:
    return {"@type": kind, **{key: value for key, value in facts.items() if value}}
