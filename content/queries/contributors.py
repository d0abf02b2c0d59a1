"""Authors and reviewers as readers see them."""

from dataclasses import dataclass

from aapm_site.core.cache.remembered import remembered
from content.models import Contributor


@dataclass(frozen=True)
class PublicContributor:
    """Who stands under a title, with the address of their page."""

    pk: int
    name: str
    slug: str
    credentials: str
    is_person: bool
    about: str
    url: str

    def __str__(self) -> str:
        return f"{self.name}, {self.credentials}" if self.credentials else self.name

    @classmethod
    def of(cls, row: Contributor | None) -> "PublicContributor | None":
        if row is None:
            return None
        url = row.get_absolute_url()
        return cls(row.pk, row.name, row.slug, row.credentials, row.is_person, row.about, url)


@remembered
def contributor(slug: str) -> PublicContributor | None:
    """Whose page stands at an address; one query."""
    return PublicContributor.of(Contributor.objects.filter(slug=slug).first())
