"""What the site's search finds in this room: what the person may read, and nothing of what they may not.

A page for members is found by those who may read it and by nobody else, not even by its title: a hit for a word would
tell that the word is in the text. Its gate is met in the archives and by its address.
"""

import html
import re
from collections.abc import Sequence
from datetime import date, datetime

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Case, CharField, Exists, F, Func, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Coalesce, Concat, Left, Now, NullIf, Replace
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from aapm_site.accounts.people import Visitor
from aapm_site.core.search.query import CONFIG, LONGEST_QUERY, highlight
from aapm_site.core.search.registry import FoundRow, Rights, SearchHit, SearchKind, SearchSource
from aapm_site.core.statements import NOW, TODAY
from content.models import PUBLIC, Meeting, Officer, Page, Resource, Term
from content.presenters.kinds import SIGNS
from content.queries.access import Reader
from content.states import NEWS_KINDS, BodyKind, MeetingStatus, PageKind, PageStatus

# A private-use mark stands where an element ended: PostgreSQL finds what is before it in a step of its own, which is
# several times faster than looking back.
END = "\ue002"
ENDS_ALONE = r"\s*</(?:h[1-6]|li|dt|td|th|figcaption|summary)>"
ENDS_A_SENTENCE = rf"([.?!:;,>]| and| or){END}"
MARKUP = r"<[^>]*>?|\{loadposition[^}]*\}?"
GAP = re.compile(r"(?<=\w) (?=[,.;:!?)](\s|$))")  # where an element ended before a sign
# Excerpts are cut from this much of a text: a page of results reads twenty of them.
READ = 6_000

KINDS = tuple(
    SearchKind(kind, label, plural, SIGNS[kind], fades=kind in NEWS_KINDS)
    for kind, label, plural in (
        (PageKind.PAGE, "Page", "Pages"),
        (PageKind.CONDITION, "Condition", "Conditions"),
        (PageKind.INITIATIVE, "Initiative", "Initiatives"),
        (PageKind.ANSWER, "Answer", "Answers"),
        (PageKind.NEWS, "News", "News"),
        (PageKind.STATEMENT, "Statement", "Statements"),
    )
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
    """A passage of rich text without its tags and positions, as an expression. What stands by itself, such as a
    heading or a point of a list, ends with a stop, so that it does not run into the sentence after it.
    """
    marked = _replaced(Left(field, READ), ENDS_ALONE, END)
    kept = _replaced(marked, ENDS_A_SENTENCE, r"\1 ")
    return _replaced(Replace(kept, Value(END), Value(". ")), MARKUP, " ")


def _replaced(text: Func, pattern: str, by: str) -> Func:
    return Func(text, Value(pattern), Value(by), Value("g"), function="regexp_replace", output_field=TextField())


def excerpt_of(marked: str) -> SafeString:
    """Rich text holds entities; what they stood for is escaped again."""
    words = " ".join(html.unescape(marked).split())
    return highlight(GAP.sub("", words))


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


RESOURCE = SearchKind("resource", "Resource", "Patient resources", "external")


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

MEETING = SearchKind("meeting", "Event", "Meetings and education", "calendar", fades=True)


def meetings(rights: Rights) -> QuerySet:
    """Whatever was announced is everybody's, what was canceled too: its page says so."""
    return Meeting.objects.shown()


def _meeting_hits(found: Sequence[FoundRow], user: Visitor) -> list[SearchHit]:
    return [
        SearchHit(
            title=data["title"],
            url=reverse("content:meeting", args=[data["slug"]]),
            excerpt=excerpt_of(excerpt),
            meta="Canceled" if data["status"] == MeetingStatus.CANCELED else "",
            place=", ".join(filter(None, (data["town"], data["region"]))) or "Online",
            on=date.fromisoformat(data["on"]),
            kind=MEETING,
        )
        for _, data, excerpt in found
    ]


MEETINGS = SearchSource(
    "meetings",
    (MEETING,),
    meetings,
    data={
        "title": F("title"),
        "slug": F("slug"),
        "status": F("status"),
        "town": F("town"),
        "region": F("region"),
        "on": F("starts_on"),
    },
    text=Concat("summary", Value(" "), plain("body"), output_field=TextField()),
    hits=_meeting_hits,
    dated="begins_at",
    words=("title", "summary", "town"),
    order=17,
)

PERSON = SearchKind("person", "Person", "People", "users")
# The block that shows people of one kind, as `core.positions` reads it; of a board it needs no word.
SHOWS_THEM = Case(
    When(body__kind=BodyKind.BOARD, then=Value(r"\{loadposition\s+people(\s+kind=board)?\s*\}")),
    default=Concat(Value(r"\{loadposition\s+people\s+kind="), F("body__kind"), Value(r"\s*\}")),
    output_field=TextField(),
)


def _pages_of_people() -> QuerySet:
    """Pages for everybody that show the people of this row's kind; the index leaves the pattern a few to read."""
    block = SearchQuery("loadposition people", config=CONFIG)
    return Page.objects.published(NOW).filter(audience=PUBLIC, search=block, body__regex=OuterRef("shown_by"))


def people(rights: Rights) -> QuerySet:
    """Who is in office today, as far as a page for everybody says so."""
    rows = Officer.objects.in_office(TODAY).alias(shown_by=SHOWS_THEM).filter(Exists(_pages_of_people()))
    return rows.annotate(
        found_by=SearchVector("name", config=CONFIG, weight="A")
        + SearchVector("office", "body__name", config=CONFIG, weight="B")
        + SearchVector("biography", config=CONFIG, weight="D")
    )


def _person_hits(found: Sequence[FoundRow], user: Visitor) -> list[SearchHit]:
    return [
        SearchHit(
            title=", ".join(filter(None, (data["name"], data["credentials"]))),
            url=f"{data['page']}#person-{data['key']}",
            excerpt=highlight(excerpt),
            meta=data["office"],
            place=data["body"],
            kind=PERSON,
        )
        for _, data, excerpt in found
    ]


PEOPLE = SearchSource(
    "people",
    (PERSON,),
    people,
    data={
        "name": F("name"),
        "credentials": F("credentials"),
        "office": F("office"),
        "body": F("body__name"),
        "key": F("pk"),
        "page": Subquery(_pages_of_people().order_by("path").values("path")[:1]),
    },
    text=F("biography"),
    hits=_person_hits,
    title="name",
    search="found_by",
    words=("name", "office", "body__name"),
    order=18,
)

TERM = SearchKind("term", "Glossary", "Glossary", "letters")


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
