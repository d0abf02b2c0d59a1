"""The journal in the site's search. Only what everybody may read is searched and shown."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from django.db.models import Case, F, Func, QuerySet, TextField, Value, When
from django.db.models.functions import Coalesce, Left
from django.urls import reverse

from aapm_site.accounts.people import Visitor
from aapm_site.core.search.query import highlight
from aapm_site.core.search.registry import FoundRow, Rights, SearchHit, SearchKind, SearchSource
from aapm_site.core.statements import TODAY
from membership.access import decide

from .models import Article, Collection
from .models.article import free_on
from .periodical import ABBREVIATION
from .queries.notices import is_taken_back
from .seo.citation import RETRACTED

# Words of those who look for research. A patient who types "back pain" means the page about it, not a trial.
ASKED_BY = frozenset({
    "journal*", "article*", "trial*", "study", "studies", "random*", "placebo*", "cohort*", "systematic", "meta",
    "metaanalys*", "review*", "abstract*", "doi", "pmid", "cite*", "citation*", "author*", "editorial*", "volume*",
    "issue*", "efficacy", "outcome*", "retract*", "erratum",
})  # fmt: skip
ARTICLE = SearchKind("article", "Article", "Journal articles", "book")
COLLECTION = SearchKind("collection", "Collection", "Collections of the Journal", "bookmark")
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
        parts = [data["type"], _where(data)]
        if not allowed[_audience(data)]:
            parts.append("full text for members")
        url = reverse("journal:article-detail", args=[data["slug"]])
        made.append(
            SearchHit(_title(data), url, highlight(excerpt), " · ".join(parts), place="The Journal", kind=ARTICLE)
        )
    return made


def _title(data: dict[str, Any]) -> str:
    return f"{RETRACTED}{data['title']}" if data["taken_back"] else data["title"]


def _where(data: dict[str, Any]) -> str:
    """Where it was printed; an advance article has its year."""
    if data["volume"] is None:
        return f"{ABBREVIATION}. {data['at'][:4]}, advance article"
    volume, number = (data[f"{name}_label"] or data[name] for name in ("volume", "number"))
    return f"{ABBREVIATION}. {data['at'][:4]};{volume}({number})"


def _of_issue(name: str) -> Case:
    """A column of the issue in which readers find it, once that is out."""
    return Case(When(issue__published_on__lte=TODAY, then=F(f"issue__{name}")))


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
        "free": Case(When(free_on(TODAY), then=True), default=False),
        "type": F("type__name"),
        "taken_back": is_taken_back(TODAY),
        "at": Coalesce(_of_issue("published_on"), F("published_on")),
        "volume": _of_issue("volume"),
        "number": _of_issue("number"),
        "volume_label": _of_issue("volume_label"),
        "number_label": _of_issue("number_label"),
    },
    text=_passage(),
    hits=hits,
    dated="published_on",
    words=("title", "keywords", "plain_summary"),
    asked_by=ASKED_BY,
    order=50,
)


def collections_out(rights: Rights) -> QuerySet:
    """Published collections: their titles and introductions are everybody's."""
    return Collection.objects.published()


def collection_hits(found: Sequence[FoundRow], user: Visitor) -> list[SearchHit]:
    return [
        SearchHit(
            data["title"], reverse("journal:collection-detail", args=[data["slug"]]), highlight(excerpt), "Collection",
            place="The Journal", kind=COLLECTION,
        )
        for _, data, excerpt in found
    ]  # fmt: skip


COLLECTIONS = SearchSource(
    "collections",
    (COLLECTION,),
    collections_out,
    data={"title": F("title"), "slug": F("slug")},
    text=Left("introduction", READ),
    hits=collection_hits,
    words=("title", "introduction"),
    order=51,
)
