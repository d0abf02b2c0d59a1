"""Words without the person: what tells who somebody is becomes a neutral word, and is listed for the editor to check.

Finds addresses, numbers, dates and the names it is told. It cannot find every name or place: a person checks the
text before it is public. Each pattern is linear in the length of the text.
"""

import html as entities
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?"
ENDING = r"(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Way|Place|Pl)"
# Known to everybody and needed in answers.
HELPLINES = frozenset({"911", "988", "18002221222", "8002221222", "18007997233", "8007997233"})
SHORTEST_NAME = 2


@dataclass(frozen=True)
class Finding:
    """What was found, and what stands there now; the same when it was left for the editor to decide."""

    kind: str
    words: str
    instead: str

    @property
    def is_left(self) -> bool:
        return self.words == self.instead


@dataclass(frozen=True)
class Anonymous:
    """The text without what was replaced, and everything that was found, in its order."""

    text: str
    findings: tuple[Finding, ...] = ()


# In this order: an address that holds a number is an address.
PATTERNS: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    ("e-mail address", "(e-mail left out)", re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")),
    ("link", "(link left out)", re.compile(r"\b(?:https?://|www\.)[^\s<>\"]{1,400}", re.IGNORECASE)),
    ("social security number", "(number left out)", re.compile(r"(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])")),
    (
        "date",
        "(date left out)",
        re.compile(
            rf"\b(?:\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:19|20)?\d{{2}}|(?:19|20)\d{{2}}-\d{{2}}-\d{{2}}"
            rf"|{MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? (?:19|20)\d{{2}}|\d{{1,2}} {MONTH} (?:19|20)\d{{2}})(?!\w)",
            re.IGNORECASE,
        ),
    ),
    (
        "record number",
        "(number left out)",
        re.compile(
            r"\b(?:MRN|medical record|record|chart|patient|member|policy|case|claim|account)"
            r"(?: (?:number|no|id))?\.? {0,2}[:#]? {0,2}#?(?=[A-Z-]{0,4}\d)[A-Z\d-]{4,20}\b",
            re.IGNORECASE,
        ),
    ),
    (
        "phone number",
        "(phone number left out)",
        re.compile(r"(?<![\w-])(?:\+?\d{1,3}[ .-]?)?(?:\(\d{3}\)|\d{3})[ .-]?\d{3}[ .-]?\d{4}(?![\w-])"),
    ),
    ("number", "(number left out)", re.compile(r"(?<![\w$.,-])#?\d{6,20}(?![\w.,]?\d)")),
    (
        "street address",
        "(address left out)",
        re.compile(rf"\b\d{{1,5}} (?:[A-Z][a-z]{{1,20}} ){{1,3}}{ENDING}\b\.?"),
    ),
    ("name of a clinician", "(a clinician’s name left out)", re.compile(r"\bDr\.? [A-Z][\w’'-]{1,30}")),
)


def anonymize(text: str, names: Iterable[str] = ()) -> Anonymous:
    """Plain text without whatever the patterns find and without these names."""
    return _replace(text, [*_names(names), *PATTERNS])


def anonymize_html(html: str, names: Iterable[str] = ()) -> Anonymous:
    """An answer of the staff: the person's names go; numbers and addresses are listed and left, they may be ours."""
    findings: list[Finding] = []
    names = list(names)
    addresses = [name.lower() for name in names if "@" in name]
    pieces = re.split(r"(<[^>]*>)", html)
    for place in range(1, len(pieces), 2):
        if any(address in entities.unescape(pieces[place]).lower() for address in addresses):
            pieces[place] = "<a>"  # a link to the person
    for place in range(0, len(pieces), 2):
        found = _replace(entities.unescape(pieces[place]), _names(names))
        pieces[place] = entities.escape(found.text, quote=False)
        findings += found.findings
        findings += [Finding(one.kind, one.words, one.words) for one in _replace(found.text, PATTERNS).findings]
    return Anonymous("".join(pieces), tuple(findings))


def _replace(text: str, patterns: Iterable[tuple[str, str, re.Pattern[str]]]) -> Anonymous:
    findings: list[Finding] = []

    def taken(kind: str, instead: str) -> Callable[[re.Match[str]], str]:
        def note(found: re.Match[str]) -> str:
            if re.sub(r"\D", "", found[0]) in HELPLINES:
                return found[0]
            findings.append(Finding(kind, found[0], instead))
            return instead

        return note

    for kind, instead, pattern in patterns:
        text = pattern.sub(taken(kind, instead), text)
    return Anonymous(text, tuple(findings))


def _names(names: Iterable[str]) -> list[tuple[str, str, re.Pattern[str]]]:
    """The whole names however they are written, then their parts where they begin with a capital: Will, not will."""
    whole = [" ".join(name.split()) for name in names if len(name.strip()) >= SHORTEST_NAME]
    parts = {part for name in whole for part in re.split(r"[\s.,@]+", name) if len(part) > SHORTEST_NAME}
    found = []
    for name in sorted(whole, key=len, reverse=True):
        words = r"\s+".join(re.escape(word) for word in name.split())
        if " " in name or "@" in name:
            found.append(rf"(?i:(?<!\w){words}(?!\w))")
    for part in sorted(parts, key=len, reverse=True):
        forms = {re.escape(part.capitalize()), re.escape(part.upper()), re.escape(part[:1].upper() + part[1:])}
        found.append(rf"(?<!\w)(?:{'|'.join(sorted(forms))})(?:[’']s)?(?!\w)")
    return [("name", "(name left out)", re.compile("|".join(found)))] if found else []
