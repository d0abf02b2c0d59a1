"""What questions are about, as readers see it."""

from dataclasses import dataclass

from content.models import Topic


@dataclass(frozen=True)
class PublicTopic:
    """One topic with the address of its answers, and their number where a list says it."""

    pk: int
    name: str
    slug: str
    help_text: str
    url: str
    number: int = 0

    def __str__(self) -> str:
        return self.name

    @classmethod
    def of(cls, row: Topic | None, number: int = 0) -> "PublicTopic | None":
        if row is None:
            return None
        return cls(row.pk, row.name, row.slug, row.help_text, row.get_absolute_url(), number)
