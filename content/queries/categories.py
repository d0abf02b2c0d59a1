"""The shelves of the news as readers see them."""

from dataclasses import dataclass

from aapm_site.core.cache.remembered import remembered
from content.models import Category


@dataclass(frozen=True)
class PublicCategory:
    """One shelf, with its address."""

    pk: int
    name: str
    slug: str
    description: str
    url: str

    @classmethod
    def of(cls, row: Category) -> "PublicCategory":
        return cls(row.pk, row.name, row.slug, row.description, row.get_absolute_url())


@remembered
def categories() -> tuple[PublicCategory, ...]:
    """All shelves in their order; one query."""
    return tuple(PublicCategory.of(row) for row in Category.objects.all())


@remembered
def categories_of(page: int) -> tuple[PublicCategory, ...]:
    """The shelves of one page; one query."""
    return tuple(PublicCategory.of(row) for row in Category.objects.filter(pages=page))
