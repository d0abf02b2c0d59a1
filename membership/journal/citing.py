"""How an article is cited: by people, by Scholar's meta tags, and as schema.org data."""

from collections.abc import Sequence
from typing import Any

from django.utils import dateformat

from aapm_site.core.richtext import plain
from aapm_site.core.seo import absolute

from .models import Article, ArticleAuthor

TITLE, ABBREVIATION = "Pain Medicine", "Pain Med"
ISSN, E_ISSN = "1526-2375", "1526-4637"
PUBLISHER = "Oxford University Press"
MOST_AUTHORS, SHOWN_AUTHORS = 6, 3


def citation(article: Article) -> str:
    """Okafor L, Rivera T. A title. Pain Med. 2026 Nov 2;27(11):801-809. doi:10.5555/pm.2026.0801"""
    names = _names(list(article.authors.all()))
    title = article.title if article.title[-1:] in "?!." else f"{article.title}."
    when = dateformat.format(article.published_on, "Y M j")
    pages = f":{article.pages.replace('–', '-')}" if article.pages else ""
    doi = f" doi:{article.doi}" if article.doi else ""
    source = f"{ABBREVIATION}. {when};{article.issue.volume}({article.issue.number}){pages}.{doi}"
    return " ".join(part for part in (names, title, source) if part)


def _names(authors: Sequence[ArticleAuthor]) -> str:
    """Up to six authors; of more, the first three et al."""
    if not authors:
        return ""
    shown = authors if len(authors) <= MOST_AUTHORS else authors[:SHOWN_AUTHORS]
    names = [f"{author.family_name} {author.initials}".strip() for author in shown]
    return ", ".join(names) + (", et al." if len(shown) < len(authors) else ".")


def meta_tags(article: Article) -> list[tuple[str, str]]:
    """The citation_* tags in their order: one author after another, each with what belongs to them. Never an e-mail."""
    tags = [("citation_title", article.title)]
    for author in article.authors.all():
        tags.append(("citation_author", f"{author.family_name}, {author.given_name}".rstrip(", ")))
        if author.affiliation:
            tags.append(("citation_author_institution", author.affiliation))
        if author.orcid:
            tags.append(("citation_author_orcid", author.orcid))
    tags += [
        ("citation_publication_date", dateformat.format(article.published_on, "Y/m/d")),
        ("citation_journal_title", TITLE),
        ("citation_journal_abbrev", ABBREVIATION),
        ("citation_publisher", PUBLISHER),
        ("citation_issn", ISSN),
        ("citation_issn", E_ISSN),
        ("citation_volume", str(article.issue.volume)),
        ("citation_issue", str(article.issue.number)),
    ]
    if article.first_page is not None:
        tags.append(("citation_firstpage", str(article.first_page)))
        tags.append(("citation_lastpage", str(article.last_page or article.first_page)))
    if article.doi:
        tags.append(("citation_doi", article.doi))
    tags += [("citation_keywords", word) for word in article.keyword_list]
    tags += [("citation_abstract_html_url", absolute(article.get_absolute_url())), ("citation_language", "en")]
    return tags


def scholarly_article(article: Article, full_text: str) -> dict[str, Any]:
    """schema.org's ScholarlyArticle. `full_text` is the CSS selector of what only members read."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "headline": article.title[:110],
        "name": article.title,
        "url": absolute(article.get_absolute_url()),
        "mainEntityOfPage": absolute(article.get_absolute_url()),
        "datePublished": article.published_on.isoformat(),
        "inLanguage": "en",
        "author": [_person(author) for author in article.authors.all()],
        "abstract": plain(article.abstract),
        "keywords": article.keyword_list,
        "isAccessibleForFree": article.free_to_read,
        "isPartOf": _issue(article),
        "publisher": {"@type": "Organization", "name": PUBLISHER},
    }
    if article.doi:
        data["identifier"] = {"@type": "PropertyValue", "propertyID": "DOI", "value": article.doi}
        data["sameAs"] = f"https://doi.org/{article.doi}"
    if article.first_page is not None:
        data["pageStart"] = article.first_page
        data["pageEnd"] = article.last_page or article.first_page
    if not article.free_to_read:
        data["hasPart"] = {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": full_text}
    return data


def _person(author: ArticleAuthor) -> dict[str, Any]:
    person: dict[str, Any] = {"@type": "Person", "name": author.name}
    if author.affiliation:
        person["affiliation"] = {"@type": "Organization", "name": author.affiliation}
    if author.orcid:
        person["sameAs"] = f"https://orcid.org/{author.orcid}"
    return person


def _issue(article: Article) -> dict[str, Any]:
    issue = article.issue
    return {
        "@type": "PublicationIssue",
        "issueNumber": str(issue.number),
        "datePublished": issue.published_on.isoformat(),
        "isPartOf": {
            "@type": "PublicationVolume",
            "volumeNumber": str(issue.volume),
            "isPartOf": {"@type": "Periodical", "name": TITLE, "issn": [ISSN, E_ISSN]},
        },
    }
