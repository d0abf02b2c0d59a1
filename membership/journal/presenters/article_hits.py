"""What the journal's search found, as this reader may see it."""

from collections.abc import Sequence
from datetime import date

from aapm_site.accounts.people import Visitor
from aapm_site.core.search.query import highlight
from aapm_site.core.search.registry import SearchHit
from membership.access import decide
from membership.presenters.access import line_words

from ..models import Article
from ..queries import article_search
from ..queries.article_search import ArticleCriteria
from ..queries.notices import is_taken_back
from ..queries.reading import issue_of
from ..seo.citation import RETRACTED

FREE = ("free_to_read", "free_from", "chosen_from", "chosen_until")
SHOWN = ("slug", "title", "byline", "doi", *FREE, "first_page", "last_page", "page_label", "published_on")
COLUMNS = (
    *SHOWN, "is_advance", "type__name", "issue__volume", "issue__number", "issue__volume_label", "issue__number_label",
    "issue__published_on",
)  # fmt: skip


def hits_for(found: Sequence[tuple[int, bool]], criteria: ArticleCriteria, user: Visitor, on: date) -> list[SearchHit]:
    """Hits in the order found. Each article is decided on again before a passage of its text is read."""
    keys = [key for key, _ in found]
    rows = Article.objects.filter(pk__in=keys).select_related("issue", "type").only(*COLUMNS)
    articles = {row.pk: row for row in rows.annotate(taken_back=is_taken_back(on))}
    decisions = {key: decide(user, article, on) for key, article in articles.items()}
    in_text = [key for key, is_in_text in found if is_in_text and key in decisions and decisions[key].allowed]
    sections = article_search.excerpts(in_text, criteria)
    passages = article_search.abstracts([key for key in keys if key not in sections], criteria.words)
    hits = []
    for key in keys:
        if (article := articles.get(key)) is None:
            continue
        url, place, excerpt = article.get_absolute_url(), str(article.type), passages.get(key, "")
        if section := sections.get(key):
            url, excerpt = f"{url}#{section.anchor}" if section.anchor else url, section.text
            place = f"{article.type} · in “{section.title}”" if section.title else place
        hits.append(
            SearchHit(
                f"{RETRACTED if getattr(article, 'taken_back', False) else ''}{article.title}", url, highlight(excerpt),
                f"{article.byline} · {_where(article, on)} · {line_words(decisions[key])}", place=place,
            )
        )  # fmt: skip
    return hits


def _where(article: Article, on: date) -> str:
    """2026;27(11):801-809"""
    issue = issue_of(article, on)
    if issue is None:
        return f"Advance article, {article.published_on.year}"
    pages = f":{article.pages.replace('–', '-')}" if article.pages else ""
    return f"{article.published_on.year};{issue.volume_words}({issue.number_words}){pages}"
