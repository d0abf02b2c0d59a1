"""The words of the glossary."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from aapm_site.core.cache import lifetime
from aapm_site.core.cache.remembered import remembered
from content.models import PUBLIC, Page, Term
from content.queries.pages import LINK, LinkedPage
from content.states import PageKind


@dataclass(frozen=True)
class PublicTerm:
    """One word, with its letter, the forms that tell a reader something, and everything that texts may call it.

    `page` is one that is about it, where somebody has looked for that.
    """

    name: str
    slug: str
    definition: str
    letter: str
    letter_anchor: str
    synonyms: tuple[str, ...]
    words: tuple[str, ...]
    page: LinkedPage | None = None

    @classmethod
    def of(cls, row: Term) -> "PublicTerm":
        return cls(
            row.name, row.slug, row.definition, row.letter, row.letter_anchor, tuple(row.synonyms), tuple(row.words)
        )


@remembered
def all_terms() -> tuple[PublicTerm, ...]:
    """Every word in the order of the alphabet; one query."""
    return tuple(map(PublicTerm.of, Term.objects.all()))


def with_pages(terms: Iterable[PublicTerm], at: datetime) -> tuple[PublicTerm, ...]:
    """The words with the pages for patients that are about them: those whose title is one of their forms; one query."""
    pages = {page.title.casefold(): page for page in _titled(at)}

    def page_of(term: PublicTerm) -> LinkedPage | None:
        return next((page for word in term.words if (page := pages.get(word.casefold()))), None)

    return tuple(replace(term, page=page_of(term)) for term in terms)


@remembered
def _titled(at: datetime) -> tuple[LinkedPage, ...]:
    """The pages for patients that everybody may read, news and answers left out."""
    rows = Page.objects.published(at).filter(
        kind__in=(PageKind.PAGE, PageKind.CONDITION), audience=PUBLIC, for_patients=True
    )
    found = list(rows.only(*LINK, "unpublish_at").order_by("path"))
    for row in found:
        lifetime.ends_at(row.unpublish_at)
    return tuple(map(LinkedPage.of, found))
