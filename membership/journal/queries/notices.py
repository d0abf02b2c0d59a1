"""What stands between articles: that one corrects, retracts or answers another, marked on both of them.

A notice is an article that names another by its DOI (`ArticleRelation`). It counts from the day on which it is out.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, Value
from django.urls import reverse

from aapm_site.core.cache.remembered import remembered

from ..models import Article, ArticleRelation


@dataclass(frozen=True)
class NoticeKind:
    """What a relation means, in the words for either side, and how loudly it is said."""

    here: str  # on the page of the article that is spoken of
    there: str  # on the page of the notice
    tone: str = ""


RETRACTED = NoticeKind("This article has been retracted. Do not rely on it.", "This notice retracts an article.", "bad")
PARTLY = NoticeKind("A part of this article has been retracted.", "This notice retracts a part of an article.", "bad")
WITHDRAWN = NoticeKind(
    "This article has been withdrawn. Do not rely on it.", "This notice withdraws an article.", "bad"
)
CONCERN = NoticeKind(
    "The editors have expressed concern about this article.", "This notice expresses concern about an article.", "warn"
)
CORRECTED = NoticeKind("This article has been corrected.", "This notice corrects an article.", "warn")
ADDED = NoticeKind("Something has been added to this article.", "This adds to an article.")
ANSWERED = NoticeKind("There is a comment on this article.", "This comments on an article.")
RELATED = NoticeKind("A related article.", "A related article.")

# By the words of JATS: what the notice says of the other article.
KINDS = {
    "retracted-article": RETRACTED, "partial-retraction": PARTLY, "withdrawn-article": WITHDRAWN,
    "removed-article": WITHDRAWN, "object-of-concern": CONCERN, "corrected-article": CORRECTED,
    "addended-article": ADDED, "commentary-article": ANSWERED, "commentary": ANSWERED, "letter": ANSWERED,
    "response": ANSWERED,
}  # fmt: skip
# What an article says of a notice about itself.
FORWARD = {
    "retraction-forward": RETRACTED, "withdrawal-forward": WITHDRAWN, "correction-forward": CORRECTED,
    "concern-forward": CONCERN, "addendum-forward": ADDED, "commentary-forward": ANSWERED,
}  # fmt: skip
TAKEN_BACK = ("retracted-article", "withdrawn-article", "removed-article")
TAKEN_BACK_FORWARD = ("retraction-forward", "withdrawal-forward")
# Notices that everybody must be able to read, whatever they know of the journal.
FREE_TO_READ = frozenset({*TAKEN_BACK, "partial-retraction", "object-of-concern", "corrected-article"})
LOUDEST_FIRST = ("bad", "warn", "")


@dataclass(frozen=True)
class Notice:
    """One line above an article: what is said, and the other article, here or by its DOI elsewhere."""

    words: str
    tone: str
    title: str
    url: str
    on: date | None
    takes_back: bool  # the article on whose page it stands


def is_out_on(on: date | Value, of: str) -> Q:
    """Whether the article at the end of a path is out; the same as ArticleQuerySet.published."""
    ahead = Q(**{f"{of}is_advance": True}) | Q(**{f"{of}issue__published_on__lte": on})
    return ahead & Q(**{f"{of}published_on__lte": on})


def is_taken_back(on: date | Value) -> Exists:
    """Whether an article of a queryset has been retracted or withdrawn by a notice that is out."""
    notices = ArticleRelation.objects.filter(
        Q(kind__in=TAKEN_BACK, doi__iexact=OuterRef("doi")) & is_out_on(on, "article__")
        | Q(kind__in=TAKEN_BACK_FORWARD, article=OuterRef("pk"))
    )
    return Exists(notices)


@remembered
def notices_of(article: int, doi: str, on: date) -> tuple[Notice, ...]:
    """What notices say of the article of a key and a DOI, and it of others, the loudest first.

    One query, and one more where it names others.
    """
    about = Q(doi__iexact=doi) & is_out_on(on, "article__") if doi else Q(pk__isnull=True)
    names = ("article_id", "kind", "doi", "article__title", "article__slug", "article__published_on")
    rows = ArticleRelation.objects.filter(Q(article=article) | about).order_by("-article__published_on", "pk")
    said = list(rows.values_list(*names)[:MOST])
    others = _by_doi([doi for by, _, doi, *_ in said if by == article], on)
    found = [
        _to_other(kind, other, others.get(other.upper())) if by == article else _of_this(kind, title, slug, day)
        for by, kind, other, title, slug, day in said
    ]
    return tuple(sorted(dict.fromkeys(found), key=lambda notice: LOUDEST_FIRST.index(notice.tone)))


def _by_doi(dois: list[str], on: date) -> dict[str, tuple[str, str, date]]:
    """Title, slug and day of articles that are out, by their DOI in capitals."""
    if not dois:
        return {}
    asked = Q(pk__isnull=True)
    for doi in dois:
        asked |= Q(doi__iexact=doi)
    rows = Article.objects.published(on).filter(asked).values_list("doi", "title", "slug", "published_on")
    return {doi.upper(): (title, slug, day) for doi, title, slug, day in rows if doi}


MOST = 50  # notices of an article, of either direction


def _to_other(kind: str, doi: str, other: tuple[str, str, date] | None) -> Notice:
    is_about_this = kind in FORWARD
    meaning = FORWARD.get(kind) or KINDS.get(kind, RELATED)
    words = meaning.here if is_about_this else meaning.there
    title, url, day = (
        (other[0], _address(other[1]), other[2]) if other else (f"doi:{doi}", f"https://doi.org/{doi}", None)
    )
    return Notice(words, meaning.tone, title, url, day, kind in TAKEN_BACK_FORWARD)


def _of_this(kind: str, title: str, slug: str, day: date) -> Notice:
    meaning = KINDS.get(kind, RELATED)
    return Notice(meaning.here, meaning.tone, title, _address(slug), day, kind in TAKEN_BACK)


def _address(slug: str) -> str:
    return reverse("journal:article-detail", args=[slug])
