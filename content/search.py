"""What the site's search finds in this room: what the person may read, and nothing of what they may not.

A page for members is found by those who may read it and by nobody else, not even by its title: a hit for a word would
tell that the word is in the text. Its gate is met in the archives and by its address.
"""

import html
import re
from collections.abc import Sequence
from datetime import datetime

from django.contrib.postgres.search import SearchVector
from django.db.models import Case, CharField, F, Func, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Coalesce, Concat, Left, Now, NullIf
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from aapm_site.accounts.people import Visitor
from aapm_site.core.search.query import CONFIG, LONGEST_QUERY, highlight
from aapm_site.core.search.registry import FoundRow, Rights, SearchHit, SearchKind, SearchSource
from aapm_site.core.statements import NOW
from content.models import PUBLIC, Page, Resource, Term
from content.queries.access import Reader
from content.states import NEWS_KINDS, PageKind, PageStatus

MARKUP = r"<[^>]*(>|$)|\{loadposition[^}]*(\}|$)"
# Excerpts are cut from this much of a text: a page of results reads twenty of them.
READ = 6_000

KINDS = (
    SearchKind(PageKind.PAGE, "Page", "Pages"),
    SearchKind(PageKind.INITIATIVE, "Initiative", "Initiatives"),
    SearchKind(PageKind.ANSWER, "Answer", "Answers"),
    SearchKind(PageKind.NEWS, "News", "News", fades=True),
    SearchKind(PageKind.STATEMENT, "Statement", "Statements", fades=True),
)


def audiences(user: Visitor, at: datetime) -> Rights:
    """Whose pages the person may read."""
    return tuple(Reader(user).audiences(at))


def readable_pages(audiences: Rights) -> QuerySet:
    """The published pages for these audiences."""
    return Page.objects.published(NOW).filter(audience__in=audiences)


def words_of(path: str) -> str:
    """The words of an address that leads nowhere: those of its last part, without what old sites end them with."""
    last = re.sub(r"\.(html?|php|aspx?)$", "", path[-LONGEST_QUERY:].rstrip("/")).rsplit("/", 1)[-1]
    return " ".join(re.findall(r"[^\W\d_]{2,}", last))


def plain(field: str) -> Func:
    """A passage of rich text without its tags and positions, as an expression."""
    return Func(
        Left(field, READ), Value(MARKUP), Value(" "), Value("g"), function="regexp_replace", output_field=TextField()
    )


def excerpt_of(marked: str) -> SafeString:
    """Rich text holds entities; what they stood for is escaped again."""
    return highlight(" ".join(html.unescape(marked).split()))


def _parent() -> Case:
    """The title of the page above, while everybody may read that."""
    open_to_all = Q(
        parent__audience=PUBLIC,
        parent__status__in=(PageStatus.PUBLISHED, PageStatus.SCHEDULED),
        parent__published_at__lte=Now(),
    ) & (Q(parent__unpublish_at__isnull=True) | Q(parent__unpublish_at__gt=Now()))
    title = Coalesce(NullIf("parent__menu_title", Value("")), "parent__title")
    return Case(When(open_to_all, then=title), default=Value(""), output_field=CharField())


def _page_hits(found: Sequence[FoundRow], user: Visitor) -> list[SearchHit]:
    kinds = {kind.name: kind for kind in KINDS}
    return [
        SearchHit(
            title=data["title"],
            url=data["path"],
            excerpt=excerpt_of(excerpt),
            place=data["above"],
            on=timezone.localdate(datetime.fromisoformat(data["at"])) if kind in NEWS_KINDS else None,
            kind=kinds[kind],
        )
        for kind, data, excerpt in found
    ]


PAGES = SearchSource(
    "pages",
    KINDS,
    readable_pages,
    data={"title": F("title"), "path": F("path"), "at": F("published_at"), "above": _parent()},
    text=Concat("summary", Value(" "), plain("body"), output_field=TextField()),
    hits=_page_hits,
    rights=audiences,
    kind="kind",
    dated="published_at",
    words=("title", "summary"),
    large=True,
    order=10,
)


RESOURCE = SearchKind("resource", "Resource", "Patient resources")


def resources(rights: Rights) -> QuerySet:
    """The directory is everybody's; what staff have taken out of it is not found."""
    return Resource.objects.published()


def _resource_hits(found: Sequence[FoundRow], user: Visitor) -> list[SearchHit]:
    url = reverse("content:resources")
    return [
        SearchHit(
            title=data["title"],
            url=f"{url}?only={data['key']}",
            excerpt=highlight(excerpt),
            meta=data["source"],
            place=data["topic"],
            kind=RESOURCE,
        )
        for _, data, excerpt in found
    ]


RESOURCES = SearchSource(
    "resources",
    (RESOURCE,),
    resources,
    data={"title": F("title"), "key": F("pk"), "source": F("source"), "topic": F("topic__name")},
    text=F("summary"),
    hits=_resource_hits,
    words=("title", "source", "summary"),
    order=15,
)

TERM = SearchKind("term", "Glossary", "Glossary")


def terms(rights: Rights) -> QuerySet:
    """The glossary is everybody's. Its other forms are searched like the word itself."""
    return Term.objects.annotate(
        found_by=SearchVector("name", "aliases", config=CONFIG, weight="A")
        + SearchVector("definition", config=CONFIG, weight="B")
    )


def _term_hits(found: Sequence[FoundRow], user: Visitor) -> list[SearchHit]:
    url = reverse("content:glossary")
    return [
        SearchHit(data["name"], f"{url}#{data['slug']}", highlight(excerpt), kind=TERM) for _, data, excerpt in found
    ]


TERMS = SearchSource(
    "terms",
    (TERM,),
    terms,
    data={"name": F("name"), "slug": F("slug")},
    text=F("definition"),
    hits=_term_hits,
    title="name",
    search="found_by",
    words=("name", "aliases", "definition"),
    order=20,
)
