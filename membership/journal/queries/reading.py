"""What the page of an article shows: the article with its neighbors."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import CharField, Count, OuterRef, Subquery, TextField, Value
from django.db.models.functions import Concat
from django.urls import reverse

from aapm_site.core.cache.remembered import remembered
from aapm_site.core.statements import KEY, Late, Prepared

from ..models import Article, ArticleAuthor, Figure, Issue
from .issues import midnight


@dataclass(frozen=True)
class ArticleLink:
    """Another article, to be led to."""

    title: str
    url: str


@dataclass(frozen=True)
class Neighbors:
    """Where an article stands in its issue."""

    before: ArticleLink | None
    after: ArticleLink | None
    others: tuple[ArticleLink, ...]


_PAGE_OF = Prepared[Article](
    lambda: (
        Article.objects.select_related("issue", "type", "delivered")
        .defer("body", "search", *(f"delivered__{name}" for name in ("source", "html", "headings", "report")))
        .filter(slug=Late("slug", CharField()))[:1]
    ),
    authors=Prepared[ArticleAuthor](lambda: ArticleAuthor.objects.filter(article_id=KEY)),
)


def article_page(slug: str) -> Article | None:
    """The article with what everybody reads on its page, published or not; the view decides. Its text is not in it."""
    return _PAGE_OF.first(slug=slug)


def is_out(article: Article, on: date) -> bool:
    """Whether readers may know of the article; the same as ArticleQuerySet.published, for one in hand."""
    return article.published_on <= on and (article.is_advance or _is_issue_out(article, on))


def _is_issue_out(article: Article, on: date) -> bool:
    return article.issue is not None and article.issue.is_out_on(on)


def changes_at(article: Article, on: date) -> datetime | None:
    """The midnight at which the text becomes free, or is for members again."""
    day = article.free_changes_after(on)
    return midnight(day) if day else None


def issue_of(article: Article, on: date) -> Issue | None:
    """The issue in which readers find it; an advance article is in none before that is out."""
    return article.issue if _is_issue_out(article, on) or not article.is_advance else None


@dataclass(frozen=True)
class Holdings:
    """What everybody is told of a full text: how much it holds, and what stands under its first figure."""

    references: int = 0
    figures: int = 0
    tables: int = 0
    first_caption: str = ""


@remembered
def holdings_of(article: int) -> Holdings:
    """What lies in the text of the article of a key; of one that was written here only its figure. One query."""
    drawn = Figure.objects.filter(article=OuterRef("pk")).exclude(caption="")
    found = (
        Article.objects.filter(pk=article)
        .annotate(
            cited=Count("delivered_references"),
            drawn=Subquery(drawn.values(said=Concat("label", Value(". "), "caption", output_field=TextField()))[:1]),
        )
        .values_list("cited", "delivered__report__figures__kept", "delivered__report__tables__kept",
                     "delivered__first_caption", "drawn")
        .get()
    )  # fmt: skip
    cited, figures, tables, delivered, drawn_here = found
    return Holdings(cited, figures or 0, tables or 0, delivered or drawn_here or "")


@remembered
def neighbors(issue: int, article: int, on: date) -> Neighbors:
    """The article before and after in the order of the issue of a key, and all others of the issue. One query."""
    found = Article.objects.filter(issue=issue).published(on).in_order().values_list("pk", "title", "slug")
    listed = [(key, ArticleLink(title, reverse("journal:article-detail", args=[slug]))) for key, title, slug in found]
    others = tuple(link for key, link in listed if key != article)
    place = next((index for index, (key, _) in enumerate(listed) if key == article), None)
    if place is None:
        return Neighbors(None, None, others)
    before = listed[place - 1][1] if place else None
    after = listed[place + 1][1] if place + 1 < len(listed) else None
    return Neighbors(before, after, others)
