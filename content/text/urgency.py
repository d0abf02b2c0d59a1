"""Urgent wording: does what a person types sound like an emergency? Pure functions, linear in the length of the text.

Text and phrases are brought to the same plain form first: lower case, no accents, no apostrophes, punctuation as single
spaces, "wanna" written out. A phrase matches whole words, also with such as "really" between them; a word of it that
ends in * stands for every ending. The pattern that is made of the phrases means the same in Python and in JavaScript,
so the browser finds what the server finds.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

LONGEST_PHRASE = 80
MOST_PHRASES = 300

# Kept in step with `plainly` in static/js/modules/ask.js.
_apostrophes = re.compile("['\u2018\u2019\u02bc`\u00b4]")
_between = re.compile(r"[\W_]+")
_spoken = {"wanna": "want to", "gonna": "going to"}
_phrase = re.compile(r"[^\W_]+\*?(?: [^\W_]+\*?)*")
# What people put between the words that count, a few at most: a pattern without a bound takes the square of a text.
_STRESS = "just|really|so|badly|actually|even|only|simply|truly|honestly|literally|fucking|now"
_NEXT = f" (?:(?:{_STRESS}) ){{0,3}}"


def plainly(text: str) -> str:
    """Lower case, without accents, invisible marks and apostrophes, nothing drawn together; one space between words."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(mark for mark in folded if unicodedata.category(mark) not in {"Mn", "Cf"})
    words = _between.sub(" ", _apostrophes.sub("", kept)).strip().split(" ")
    return " ".join(_spoken.get(word, word) for word in words)


def phrases_in(lines: str) -> list[str]:
    """The phrases of an editor's list, one a line, in the plain form; a star at the end of a word is kept."""
    found = []
    for line in lines.splitlines():
        words = ["".join((plainly(word), "*" if word.endswith("*") else "")) for word in line.split()]
        if phrase := " ".join(word for word in words if word.strip("*")):
            found.append(phrase)
    return list(dict.fromkeys(found))


def pattern_of(phrases: Iterable[str]) -> str:
    """One regular expression for plain text with a space before and after it; empty when there is no phrase."""
    known = [phrase for phrase in phrases if _phrase.fullmatch(phrase)]
    found = (phrase.replace(" ", _NEXT).replace("*", "[^ ]*") for phrase in known)
    return f" (?:{'|'.join(found)}) " if known else ""


@lru_cache(maxsize=256)
def _compiled(lines: str) -> re.Pattern[str] | None:
    pattern = pattern_of(phrases_in(lines))
    return re.compile(pattern) if pattern else None


def holds_phrase(plain_text: str, lines: str) -> bool:
    """Whether one of the phrases, one a line, stands in a text that `plainly` has made."""
    pattern = _compiled(lines)
    return pattern is not None and pattern.search(f" {plain_text} ") is not None
