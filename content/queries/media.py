"""Reads of the media library: what editors choose from."""

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet

from aapm_site.core.cache.remembered import remembered
from content.models import Document, Page, Picture

SHOWN = 24


@remembered
def trashed_pictures() -> frozenset[str]:
    """The public ids of the pictures in the trash, whose files are handed out to nobody; one query."""
    return frozenset(Picture.objects.trashed().values_list("public_id", flat=True))


def find_pictures(words: str, number: int | str | None = 1) -> ListPage:
    """One page of the pictures whose title, description or credit holds every word, newest first."""
    return Paginator(_holding(Picture.objects.kept(), words, ("title", "alt", "credit")), SHOWN).get_page(number)


def find_documents(words: str, number: int | str | None = 1) -> ListPage:
    """One page of the documents whose title or file name holds every word, newest first."""
    return Paginator(_holding(Document.objects.kept(), words, ("title", "name")), SHOWN).get_page(number)


def find_pages(words: str, number: int | str | None = 1) -> ListPage:
    """One page of the pages, drafts too, whose title or address holds every word."""
    rows = Page.objects.written().only("title", "path", "status", "kind").order_by("path")
    return Paginator(_holding(rows, words, ("title", "path")), SHOWN).get_page(number)


def _holding(rows: QuerySet, words: str, names: tuple[str, ...]) -> QuerySet:
    for word in words.replace("\x00", "").split()[:8]:
        condition = Q()
        for name in names:
            condition |= Q(**{f"{name}__icontains": word})
        rows = rows.filter(condition)
    return rows
