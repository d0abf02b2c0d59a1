"""What the journal's pages tell search engines, as schema.org data."""

from typing import Any

from aapm_site.core.richtext import plain
from aapm_site.core.seo import absolute

from ..identifiers import doi_address
from ..models import Article, ArticleAuthor, Issue
from ..periodical import E_ISSN, ISSN, PUBLISHER, TITLE
from .citation import CitedAuthor


def periodical() -> dict[str, Any]:
    """The journal itself."""
    return {
        "@context": "https://schema.org",
        "@type": "Periodical",
        "name": TITLE,
        "issn": [ISSN, E_ISSN],
        "publisher": {"@type": "Organization", "name": PUBLISHER},
    }


def scholarly_article(article: Article, title: str, issue: Issue | None, full_text: str) -> dict[str, Any]:
    """schema.org's ScholarlyArticle; without an issue, a part of the journal.

    `full_text` is the CSS selector of what only members read.
    """
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "headline": title[:110],
        "name": title,
        "url": absolute(article.get_absolute_url()),
        "mainEntityOfPage": absolute(article.get_absolute_url()),
        "datePublished": article.published_on.isoformat(),
        "inLanguage": "en",
        "author": [_person(author) for author in article.authors.all()],
        "abstract": plain(article.abstract),
        "keywords": article.keyword_list,
        "isAccessibleForFree": article.audience == "public",
        "isPartOf": _issue(issue) if issue else periodical_part(),
        "publisher": {"@type": "Organization", "name": PUBLISHER},
    }
    if article.doi:
        data["identifier"] = {"@type": "PropertyValue", "propertyID": "DOI", "value": article.doi}
        data["sameAs"] = doi_address(article.doi)
    if article.license_url:
        data["license"] = article.license_url
    if issue and article.first_page is not None:
        data["pageStart"] = article.first_page
        data["pageEnd"] = article.last_page or article.first_page
    elif issue and article.pages:
        data["pagination"] = article.pages
    if article.audience != "public":
        data["hasPart"] = {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": full_text}
    return data


def _person(author: ArticleAuthor) -> dict[str, Any]:
    kind = "Organization" if CitedAuthor.of(author).is_group else "Person"
    person: dict[str, Any] = {"@type": kind, "name": author.name}
    if author.affiliation:
        person["affiliation"] = {"@type": "Organization", "name": author.affiliation}
    if author.orcid:
        person["sameAs"] = f"https://orcid.org/{author.orcid}"
    return person


def periodical_part() -> dict[str, Any]:
    """The journal as what something is a part of."""
    return {"@type": "Periodical", "name": TITLE, "issn": [ISSN, E_ISSN]}


def _issue(issue: Issue) -> dict[str, Any]:
    return {
        "@type": "PublicationIssue",
        "issueNumber": issue.number_words,
        **({"datePublished": issue.published_on.isoformat()} if issue.published_on else {}),
        "isPartOf": {
            "@type": "PublicationVolume",
            "volumeNumber": issue.volume_words,
            "isPartOf": periodical_part(),
        },
    }
