"""The meta tags by which Google Scholar and reference managers cite an article."""

from django.utils import dateformat

from aapm_site.core.seo import absolute

from ..models import Article
from ..periodical import ABBREVIATION, E_ISSN, ISSN, PUBLISHER, TITLE
from .citation import CitedWork


def citation_tags(article: Article, work: CitedWork) -> list[tuple[str, str]]:
    """The citation_* tags in their order: one author after another, each with what belongs to them. Never an e-mail."""
    tags = [("citation_title", work.title)]
    for author in article.authors.all():
        tags.append(("citation_author", f"{author.family_name}, {author.given_name}".rstrip(", ")))
        tags += [("citation_author_institution", place) for place in author.places]
        if author.orcid:
            tags.append(("citation_author_orcid", author.orcid))
    tags += [
        ("citation_publication_date", dateformat.format(article.published_on, "Y/m/d")),
        ("citation_journal_title", TITLE),
        ("citation_journal_abbrev", ABBREVIATION),
        ("citation_publisher", PUBLISHER),
        ("citation_issn", ISSN),
        ("citation_issn", E_ISSN),
    ]
    placed = [
        ("citation_volume", work.volume),
        ("citation_issue", work.number),
        ("citation_firstpage", work.first_page),
        ("citation_lastpage", work.last_page or work.first_page),
    ]
    tags += [(name, value) for name, value in placed if value]
    if article.doi:
        tags.append(("citation_doi", article.doi))
    tags += [("citation_keywords", word) for word in article.keyword_list]
    tags += [("citation_abstract_html_url", absolute(article.get_absolute_url())), ("citation_language", "en")]
    return tags
