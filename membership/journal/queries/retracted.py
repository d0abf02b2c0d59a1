"""Which references of our articles name works that have been retracted, or about which editors are concerned."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import Count, Max

from aapm_site.core.cache.remembered import remembered

from ..models import DoubtedWork
from ..models.retracted import DoubtKind

MOST_ARTICLES = 200
# By DOI or by number in PubMed: two look-ups, of which each has an index.
CITED = """
    SELECT r.article_id, r."order", r.label, r.anchor, r.text, w.kind, w."on", w.notice_doi
    FROM membership_deliveredreference r JOIN membership_doubtedwork w ON w.doi = lower(r.doi) AND w.doi <> ''
    {where}
    UNION
    SELECT r.article_id, r."order", r.label, r.anchor, r.text, w.kind, w."on", w.notice_doi
    FROM membership_deliveredreference r JOIN membership_doubtedwork w ON w.pmid = r.pmid AND w.pmid <> ''
    {where}
"""


@dataclass(frozen=True)
class DoubtedReference:
    """One entry of a list of references, and what was said of the work that it names."""

    label: str
    anchor: str
    text: str
    is_retracted: bool
    on: date | None
    notice_doi: str


@remembered
def doubted_references(article: int) -> tuple[DoubtedReference, ...]:
    """Those of the article of a key, in the order of its list. One query. Only for who may read the text."""
    sql = f"{CITED.format(where='WHERE r.article_id = %(article)s')} ORDER BY 2, 6 DESC"
    with connection.cursor() as cursor:
        cursor.execute(sql, {"article": article})
        rows = cursor.fetchall()
    first: dict[int, DoubtedReference] = {}
    for _, order, label, anchor, text, kind, on, notice in rows:
        said = DoubtedReference(label or str(order), anchor, text, kind == DoubtKind.RETRACTION, on, notice)
        first.setdefault(order, said)
    return tuple(first.values())


@dataclass(frozen=True)
class CitingArticle:
    """An article of ours, and how many retracted works and works of concern it cites."""

    pk: int
    title: str
    retracted: int
    of_concern: int


def citing_articles() -> list[CitingArticle]:
    """The articles that cite such works, those with most of them first. One query."""
    sql = f"""
        SELECT a.id, a.title, count(DISTINCT c."order") FILTER (WHERE c.kind = 'retraction'),
            count(DISTINCT c."order") FILTER (WHERE c.kind = 'concern')
        FROM ({CITED.format(where="")}) c JOIN membership_article a ON a.id = c.article_id
        GROUP BY a.id, a.title ORDER BY 3 DESC, 4 DESC, a.id DESC LIMIT {MOST_ARTICLES}
    """  # noqa: S608 - no word of it is a reader's
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [CitingArticle(*row) for row in cursor.fetchall()]


def list_stands() -> tuple[int, datetime | None]:
    """How many works the list names that stands, and when it was loaded. One query."""
    found = DoubtedWork.objects.aggregate(works=Count("pk"), last=Max("loaded_at"))
    return found["works"], found["last"]
