"""The meta tags by which Google Scholar and reference managers cite an article."""

from django.utils import dateformat

from aapm_site.core.seo import absolute

from ..models import Article
from ..periodical import ABBREVIATION, E_ISSN, ISSN, PUBLISHER, TITLE


def citation_tags(article: Article) -> list[tuple[str, str]]:
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
