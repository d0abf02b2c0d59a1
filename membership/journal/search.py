"""The journal in the site's search. Only what everybody may read is searched and shown."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from django.db.models import Case, F, Func, QuerySet, TextField, Value, When
from django.db.models.functions import Left
from django.urls import reverse

from aapm_site.accounts.people import Visitor
from aapm_site.core.search.query import highlight
from aapm_site.core.search.registry import FoundRow, Rights, SearchHit, SearchKind, SearchSource
from aapm_site.core.statements import TODAY
from membership.access import decide

from .models import Article
from .periodical import ABBREVIATION

ARTICLE = SearchKind("article", "Article", "Journal articles")
READ = 4_000
TAGS = r"<[^>]*(>|$)"


def published(rights: Rights) -> QuerySet:
    """Published articles: their titles, authors, keywords, summaries and abstracts are everybody's."""
    return Article.objects.published(TODAY)


def hits(found: Sequence[FoundRow], user: Visitor) -> list[SearchHit]:
    """One decision on access for each audience, not for each article."""
    allowed = {
        audience: decide(user, SimpleNamespace(audience=audience)).allowed
        for audience in {_audience(data) for _, data, _ in found}
    }
    made = []
    for _, data, excerpt in found:
        parts = [data["type"], f"{ABBREVIATION}. {data['at'][:4]};{data['volume']}({data['number']})"]
        if not allowed[_audience(data)]:
            parts.append("full text for members")
        url = reverse("journal:article-detail", args=[data["slug"]])
        made.append(
            SearchHit(data["title"], url, highlight(excerpt), " · ".join(parts), place="The Journal", kind=ARTICLE)
        )
    return made


def _audience(data: dict[str, Any]) -> str:
    return "public" if data["free"] else "journal"


def _passage() -> Case:
    """The summary in plain words; without one, the beginning of the abstract."""
    abstract = Func(
        Left("abstract", READ), Value(TAGS), Value(" "), Value("g"), function="regexp_replace", output_field=TextField()
    )
    return Case(When(plain_summary="", then=abstract), default=F("plain_summary"), output_field=TextField())


JOURNAL = SearchSource(
    "journal",
    (ARTICLE,),
    published,
    data={
        "title": F("title"),
        "slug": F("slug"),
        "free": F("free_to_read"),
        "type": F("type__name"),
        "at": F("issue__published_on"),
        "volume": F("issue__volume"),
        "number": F("issue__number"),
    },
    text=_passage(),
    hits=hits,
    dated="published_on",
    words=("title", "keywords", "plain_summary"),
    order=50,
)
