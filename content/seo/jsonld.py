"""What pages say of themselves to search engines. Nothing of a members' text stands here."""

from collections.abc import Sequence
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone

from aapm_site.core.association import association_name
from aapm_site.core.seo import Crumb, Feed, PageMeta, absolute, breadcrumb_ld, social_image
from content.queries.contributors import PublicContributor
from content.queries.pages import PublicPage
from content.queries.terms import PublicTerm
from content.seo.jsonld_answers import question_page_ld
from content.states import PageKind

HEADLINE = 110  # characters of a headline that search engines take


def publisher() -> dict[str, Any]:
    """The Academy, as the publisher of what stands here."""
    logo = {"@type": "ImageObject", "url": absolute(static("img/icon-512.png"))}
    return {"@type": "Organization", "name": association_name(), "url": absolute("/"), "logo": logo}


def website() -> dict[str, Any]:
    """The site and its search."""
    return {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": association_name(),
        "url": absolute("/"),
        "potentialAction": {
            "@type": "SearchAction",
            "target": absolute("/search/?q={search_term_string}"),
            "query-input": "required name=search_term_string",
        },
    }


def page_ld(page: PublicPage) -> dict[str, Any]:
    """A NewsArticle, a MedicalWebPage or a WebPage; a members' page says that it is not free.

    Only dates that the page shows stand here.
    """
    if page.kind == PageKind.ANSWER:
        return question_page_ld(page)
    block = {
        "@context": "https://schema.org",
        "@type": _type(page),
        "name": page.title,
        "description": page.description or page.summary,
        "url": absolute(page.path),
        "mainEntityOfPage": absolute(page.path),
        "inLanguage": "en-US",
        "dateModified": timezone.localtime(page.changed_at).isoformat(),
        "isAccessibleForFree": page.is_public,
        "publisher": publisher(),
        **({"author": who(page.author)} if page.author else {}),
    }
    if page.is_rooted and page.published_at:
        block["datePublished"] = timezone.localtime(page.published_at).isoformat()
    if page.is_news:
        block |= {"headline": page.title[:HEADLINE], "image": [social_image(page.path)]}
    return block | _medical(page)


def _type(page: PublicPage) -> str:
    if page.is_news:
        return "NewsArticle"
    is_medical = page.for_patients or page.reviewer or page.kind == PageKind.CONDITION
    return "MedicalWebPage" if is_medical else "WebPage"


def _medical(page: PublicPage) -> dict[str, Any]:
    """For whom a page on medicine is written, and who has checked it."""
    if _type(page) != "MedicalWebPage":
        return {}
    audience = {"@type": "Patient" if page.for_patients else "MedicalAudience"}
    if not page.for_patients:
        audience["audienceType"] = "Clinician"
    block: dict[str, Any] = {"audience": audience}
    if page.kind == PageKind.CONDITION:
        block["about"] = {"@type": "MedicalCondition", "name": page.title}
    if page.reviewer and page.reviewed_on:
        block |= {"lastReviewed": page.reviewed_on.isoformat(), "reviewedBy": who(page.reviewer)}
    return block


def who(contributor: PublicContributor) -> dict[str, Any]:
    """An author or a reviewer, with the address of their page."""
    kind = "Person" if contributor.is_person else "Organization"
    suffix = {"honorificSuffix": contributor.credentials} if contributor.is_person and contributor.credentials else {}
    return {"@type": kind, "name": contributor.name, "url": absolute(contributor.url), **suffix}


def contributor_ld(contributor: PublicContributor) -> dict[str, Any]:
    """A contributor's own page."""
    about = {"description": contributor.about} if contributor.about else {}
    return {"@context": "https://schema.org", "@type": "ProfilePage", "mainEntity": {**who(contributor), **about}}


def page_meta(page: PublicPage, crumbs: Sequence[Crumb], *, noindex: bool = False) -> PageMeta:
    """Title, description, canonical address and structured data of one entry."""
    return PageMeta(
        page.title,
        description=page.description or page.summary,
        path=page.path,
        kind="article" if page.is_rooted else "website",
        jsonld=(page_ld(page), breadcrumb_ld(crumbs)),
        noindex=noindex,
        feeds=feeds(page),
    )


def feeds(page: PublicPage) -> tuple[Feed, ...]:
    """The feed that a reader of this entry may like to follow."""
    if page.is_news:
        return (("News and statements", reverse("content:feed-news")),)
    if page.kind == PageKind.ANSWER:
        return (("Answers", reverse("content:feed-answers")),)
    return ()


def glossary(terms: Sequence[PublicTerm]) -> dict[str, Any]:
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
                **({"alternateName": term.synonyms} if term.synonyms else {}),
            }
            for term in terms
        ],
    }
