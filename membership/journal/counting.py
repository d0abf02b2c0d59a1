"""What counts as use of an article, by the Code of Practice of COUNTER, release 5.1. Rules and data, no database."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db import models

from membership.states import FreeKind

RELEASE = "5.1"
# Two presses on one address by one reader within this time are one; the first is dropped, the second stays.
DOUBLE_CLICK = timedelta(seconds=30)
IN_PRESS = 9999  # the year of publication of what stands in no issue yet
ROBOTS = Path(__file__).parent / "robots.txt"
# Headers by which browsers and mail programs say that nobody has asked to read this yet.
AHEAD_OF_READERS = (
    ("HTTP_SEC_PURPOSE", ("prefetch", "prerender")),
    ("HTTP_PURPOSE", ("prefetch", "preview")),
    ("HTTP_X_PURPOSE", ("prefetch", "preview")),
    ("HTTP_X_MOZ", ("prefetch",)),
)


class AccessType(models.TextChoices):
    """How an article was open at that moment: the same for every reader, whoever was let in."""

    CONTROLLED = "controlled", "Controlled"
    OPEN = "open", "Open"
    FREE_TO_READ = "free", "Free_To_Read"


class UsageKind(models.TextChoices):
    """What one opening of an address is. Each of the first three is an investigation of the article."""

    REQUEST = "request", "The full text"
    DENIED = "denied", "The gate in its place"
    LOOK = "look", "Something about it: its citation, a table, a supplement"
    SEARCH = "search", "A search of the journal"


# The end of an embargo opens an article for good; what the editors choose is for members again afterwards.
_ACCESS = {
    None: AccessType.CONTROLLED,
    FreeKind.OPEN: AccessType.OPEN,
    FreeKind.EMBARGO_OVER: AccessType.OPEN,
    FreeKind.CHOSEN: AccessType.FREE_TO_READ,
}


def access_type(kind: FreeKind | None) -> AccessType:
    """What a kind of free reading is called; of an article for members, None."""
    return _ACCESS[kind]


@dataclass(frozen=True)
class RobotList:
    """Agents that are no readers: some by the whole of what they say, the others by a part of it. Case is ignored.

    `spared` is what is left out before one looks: the name of a telephone that has "bot" in it.
    """

    whole: frozenset[str]
    parts: tuple[str, ...]
    spared: tuple[str, ...]

    @classmethod
    def read(cls, lines: Iterable[str]) -> "RobotList":
        """One agent a line; `=` before it means the whole, `!` that it is spared, `#` begins a remark."""
        said = [line.strip().lower() for line in lines if line.strip() and not line.startswith("#")]
        whole = frozenset(line[1:] for line in said if line.startswith("="))
        parts = tuple(line for line in said if not line.startswith(("=", "!")))
        return cls(whole, parts, tuple(line[1:] for line in said if line.startswith("!")))

    def names(self, agent: str) -> bool:
        said = agent.strip().lower()
        for name in self.spared:
            said = said.replace(name, "")
        return said in self.whole or any(part in said for part in self.parts)


OURS = RobotList.read(ROBOTS.read_text(encoding="utf-8").splitlines())
_letters = re.compile(r"[a-z]", re.IGNORECASE)


@lru_cache(maxsize=4_096)
def is_known_robot(agent: str) -> bool:
    """Whether our own list names the agent. One without a name is none of a reader."""
    return not _letters.search(agent) or OURS.names(agent)


def is_ahead_of_readers(meta: Mapping[str, Any]) -> bool:
    """Whether a program fetches this in case that somebody may want it, which is no reading."""
    return any(word in meta[name].lower() for name, words in AHEAD_OF_READERS if name in meta for word in words)
