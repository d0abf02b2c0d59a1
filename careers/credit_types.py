"""The kinds of credit that employers own: how long one is live, and whether it stands before the others."""

import re
from dataclasses import dataclass

KEY = re.compile(r"(?P<days>[1-9][0-9]{0,2})(?P<featured>-featured)?", re.ASCII)
SHOP = "careers"  # before the colon of what is sold here


@dataclass(frozen=True, order=True)
class CreditType:
    """Credits of one kind are worth the same, whoever paid for them and however."""

    runs_days: int
    featured: bool = False

    def __str__(self) -> str:
        return f"{self.runs_days} days, featured" if self.featured else f"{self.runs_days} days"

    @property
    def key(self) -> str:
        """How a form names the kind."""
        return f"{self.runs_days}-featured" if self.featured else str(self.runs_days)

    @classmethod
    def named(cls, key: str) -> "CreditType | None":
        """The kind that a form names; None for anything else."""
        found = KEY.fullmatch(key)
        return cls(int(found["days"]), bool(found["featured"])) if found else None

    def of(self, count: int) -> str:
        """As people read it: 3 postings of 30 days each; 1 featured posting of 30 days."""
        word = "featured posting" if self.featured else "posting"
        if count == 1:
            return f"1 {word} of {self.runs_days} days"
        return f"{count} {word}s of {self.runs_days} days each"
