"""What pages say of themselves to search engines. Nothing of a members' text stands here."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from aapm_site.core.seo import SITE_NAME, Crumb, PageMeta, absolute, breadcrumb_ld
from content.models import Contributor, Page, Term
from content.states import PageKind

TYPES = {PageKind.NEWS: "NewsArticle", PageKind.STATEMENT: "NewsArticle"}
PUBLISHER = {"@type": "Organization", "name": SITE_NAME, "url": absolute("/")}


def website() -> dict[str, Any]:
    """The site and its search."""
    return {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": SITE_NAME,
        "url": absolute("/"),
        "potentialAction": {
            "@type": "SearchAction",
            "target": absolute("/search/?q={search_term_string}"),
            "query-input": "required name=search_term_string",
        },
    }


def page_ld(page: Page) -> dict[str, Any]:
    """A WebPage or NewsArticle; a members' page says that it is not free."""
    kind = TYPES.get(page.kind, "WebPage")
    return {
        "@context": "https://schema.org",
        "@type": kind,
        "headline" if kind == "NewsArticle" else "name": page.title,
        "description": page.description or page.summary,
        "url": absolute(page.path),
        "datePublished": timezone.localtime(page.published_at).isoformat() if page.published_at else None,
        "dateModified": timezone.localtime(page.updated_at).isoformat(),
        "isAccessibleForFree": page.is_public,
        "publisher": PUBLISHER,
        **({"author": _who(page.author)} if page.author else {}),
    }


def _who(contributor: Contributor) -> dict[str, Any]:
    return {"@type": "Person" if contributor.is_person else "Organization", "name": contributor.name}


def page_meta(page: Page, crumbs: Sequence[Crumb], *, noindex: bool = False) -> PageMeta:
    """Title, description, canonical address and structured data of one entry."""
    return PageMeta(
        page.title,
        description=page.description or page.summary,
        path=page.path,
        kind="article" if page.is_news else "website",
        jsonld=(page_ld(page), breadcrumb_ld(crumbs)),
        noindex=noindex,
    )


def glossary(terms: Sequence[Term]) -> dict[str, Any]:
    """The glossary as a set of defined terms."""
    address = absolute("/glossary/")
    return {
        "@context": "https://schema.org",
        "@type": "DefinedTermSet",
        "@id": address,
        "name": "Glossary of pain medicine",
        "url": address,
        "hasDefinedTerm": [
            {
                "@type": "DefinedTerm",
                "name": term.name,
                "description": term.definition,
                "url": f"{address}#{term.slug}",
                **({"alternateName": term.other_forms} if term.other_forms else {}),
            }
            for term in terms
        ],
    }
