"""Words that an employer types, looked for among the answers that people choose from lists.

What people wrote themselves may name them, so it is never compared: a word that is in no list finds nobody.
"""

import re
from collections.abc import Iterator

from aapm_site.core.search.query import tidy

from ..criteria import Tags
from .choices import profile_choices

MOST_WORDS = 8
SKIPPED = frozenset({"a", "an", "and", "at", "for", "in", "of", "or", "the", "to", "who", "with"})
LISTS = ("profession", "specialty", "certified", "licensed", "procedure", "language", "stage", "setting")
_WORD = re.compile(r"[^\W_]+")


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def word_groups(typed: str) -> list[Tags]:
    """For each word the tags of the answers in which a word begins with it; none of them for a word in no list."""
    wanted = [word for word in dict.fromkeys(_words(tidy(typed))) if word not in SKIPPED][:MOST_WORDS]
    return [tuple(_tags_with(word)) for word in wanted]


def _tags_with(word: str) -> Iterator[str]:
    for key in LISTS:
        for value, label in profile_choices(key):
            if any(one.startswith(word) for one in _words(label)):
                yield f"{key}:{value}"
