"""What may be found: each room registers its tables as sources of the site's search."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.safestring import SafeString

from ..registry import Registry


@dataclass(frozen=True)
class SearchHit:
    """One result, already checked for access; `excerpt` is safe HTML with <mark>."""

    title: str
    url: str
    excerpt: SafeString = field(default=SafeString(""))
    meta: str = ""
    place: str = ""
    on: date | None = None
    kind: "SearchKind | None" = None


@dataclass(frozen=True)
class SearchKind:
    """One sort of thing that can be found: its word on a hit, and of the choice beside the results, and its sign."""

    name: str
    label: str
    plural: str
    icon: str = "document"
    fades: bool = False  # old ones count a little less than new ones


# The name of the kind, what `data` gave, and the excerpt as plain text with marks, for `query.highlight`.
FoundRow = tuple[str, dict[str, Any], str]
# What decides which rows a person may read, such as the audiences they belong to: the same for many people.
Rights = tuple[str, ...]


def everybody(user: Any, at: datetime) -> Rights:
    """The rights in a source whose rows do not depend on who asks."""
    return ()


@dataclass(frozen=True, eq=False)
class SearchSource:
    """One table in the site's search. Only what rows(rights) gives is ever counted, shown, suggested or corrected to.

    rights(user, at) says what a person may read at a moment, and rows(rights) the rows of it, and nothing else may
    decide: the statement made of them serves all who have the same rights, at any time. So dates are compared with
    `core.statements.NOW` and `TODAY`, which are bound when it runs.

    `kind` names the column of the kind where a table holds several; `data` is what a hit is made of, and hits(found,
    user) makes it from (kind, data, excerpt) rows. `text` is the plain passage that excerpts are cut from: bounded,
    since it is read for each hit of a page. A `large` table has an index for titles; see `engine`.

    What most people do not mean stands below all else, unless its title is what was typed or one of the words of
    `asked_by` was: small letters, a star for every ending.
    """

    name: str
    kinds: tuple[SearchKind, ...]
    rows: Callable[[Rights], QuerySet]
    data: Mapping[str, Any]
    text: Any
    hits: Callable[[Sequence[FoundRow], Any], list[SearchHit]]
    rights: Callable[[Any, datetime], Rights] = everybody
    kind: str = ""
    title: str = "title"
    dated: str = ""
    search: str = "search"
    words: tuple[str, ...] = ("title",)
    large: bool = False
    asked_by: frozenset[str] = frozenset()
    order: int = 100

    def stands_below(self, words: Iterable[str]) -> bool:
        """Whether nothing of what was typed, in small letters, asks for this source."""
        endings = tuple(word.removesuffix("*") for word in self.asked_by if word.endswith("*"))
        return bool(self.asked_by) and not any(
            word in self.asked_by or (endings and word.startswith(endings)) for word in words
        )


search_sources: Registry[SearchSource] = Registry()
