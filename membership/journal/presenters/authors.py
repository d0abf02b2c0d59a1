"""A name of the journal's authors, and what is known of who bears it."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..models import ArticleAuthor

ORCID_AT = "https://orcid.org/"


@dataclass(frozen=True)
class AuthorWords:
    """The name as it was printed last; affiliations and ORCIDs of everybody who bears it, the newest first."""

    name: str
    affiliations: tuple[str, ...]
    orcids: tuple[tuple[str, str], ...]  # the number and its address

    @property
    def may_be_several(self) -> bool:
        """Whether the ORCIDs say that more than one person has this name."""
        return len(self.orcids) > 1


def author_words(rows: Sequence[ArticleAuthor]) -> AuthorWords:
    """Of the rows of one name, of which there is one at least."""
    affiliations = dict.fromkeys(row.affiliation for row in rows if row.affiliation)
    orcids = dict.fromkeys(row.orcid for row in rows if row.orcid)
    return AuthorWords(
        rows[0].name, tuple(affiliations)[:MOST], tuple((orcid, f"{ORCID_AT}{orcid}") for orcid in orcids)
    )


MOST = 6  # affiliations; an article names the rest
