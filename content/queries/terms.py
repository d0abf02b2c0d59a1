"""The words of the glossary."""

from dataclasses import dataclass

from aapm_site.core.cache.remembered import remembered
from content.models import Term


@dataclass(frozen=True)
class PublicTerm:
    """One word, with its letter, the forms that tell a reader something, and everything that texts may call it."""

    name: str
    slug: str
    definition: str
    letter: str
    letter_anchor: str
    synonyms: tuple[str, ...]
    words: tuple[str, ...]

    @classmethod
    def of(cls, row: Term) -> "PublicTerm":
        return cls(
            row.name, row.slug, row.definition, row.letter, row.letter_anchor, tuple(row.synonyms), tuple(row.words)
        )


@remembered
def all_terms() -> tuple[PublicTerm, ...]:
    """Every word in the order of the alphabet; one query."""
    return tuple(map(PublicTerm.of, Term.objects.all()))
