"""Letters that stand for a name where no picture does: of a person in a ring, of an organization in a square."""

import re

SMALL = frozenset({"of", "the", "and", "for", "in", "at", "on", "de", "von", "van", "der", "la", "le"})
SPOKEN = re.compile(r"(?:an?|one|several)\s", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_][\w’'-]*")
MOST = 2


def initials(name: str, *, is_person: bool) -> str:
    """At most two letters: of a person's first and last word, of an organization's first two. None of a description.

    What begins as one does, such as “A hospital in Maine”, stands in place of a name that is not told.
    """
    if SPOKEN.match(name):
        return ""
    words = [word for word in WORD.findall(name) if word.casefold() not in SMALL]
    told = [words[0], words[-1]] if is_person and len(words) > MOST else words[:MOST]
    return "".join(word[0].upper() for word in told)
