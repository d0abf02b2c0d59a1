"""How people cite an article."""

from collections.abc import Sequence

from django.utils import dateformat

from ..models import Article, ArticleAuthor
from ..periodical import ABBREVIATION

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
