"""Ways to be reached that somebody has written into a text: web addresses and telephone numbers.

Names go into letters and lists, so they hold neither. A domain is known by its shape, whatever its ending: a word, a
dot, letters. What only looks like one (St.Mary, M.Sc., J.R.R.Tolkien) is told apart by how people write it.
"""

import html
import re
import unicodedata

# Endings that are everywhere: with one of them even “J.Com” is an address.
COMMON_ENDINGS = """
com net org edu gov info biz name pro xyz zip mov top site online shop store app dev link click live club icu vip work
space tech page web website blog cloud digital email support help health care clinic doctor loan win bid
co io ai me tv ly gg to cc us uk eu ru cn in
"""
# Those that are no words of their own, so that a space beside the dot does not hide them.
PLAIN_ENDINGS = ("com", "net", "org", "info", "biz", "xyz")
# Abbreviations that people write right before a name.
ABBREVIATIONS = """
st ste mt ft dr drs prof mr mrs ms mx rev fr sr jr hon capt col gen lt sgt no nr dept univ inst hosp med phil chr md
mohd th wm geo thos jos abp bp msgr sen rep gov pres dir bldg ave blvd rd hwy
"""
# Degrees and forms of companies, as they are written.
DEGREES = """
M.Sc B.Sc D.Sc M.Ed B.Ed D.Ed D.Phil M.Phil B.Phil M.Pharm B.Pharm D.Pharm B.Ch M.Ch D.Ch B.Chir M.Chir M.Med D.Med
B.Med M.Clin D.Clin M.Psych D.Psych B.Nurs M.Nurs B.Eng M.Eng M.Ost D.Ost D.Min M.Div M.Th D.Th Th.Dr Dr.med dr.med
Dr.phil Dr.rer rer.nat Dr.h Dipl.Ing Dipl.Psych Priv.Doz med.univ Lic.med Co.KG Co.Kg
"""
_common_endings, _abbreviations, _degrees = (
    frozenset(words.split()) for words in (COMMON_ENDINGS, ABBREVIATIONS, DEGREES)
)

_element = re.compile(r"<[^>]*>")
_targets = re.compile(r"\bhref=[\"']?([^\"'\s>]+)", re.IGNORECASE)
_mailbox = re.compile(r"[^\s@<>()]+@[^\s@<>()]+\.\w+")
_hidden_dot = re.compile(r"\s*[\[({<]\s*(?:dot|\.)\s*[\])}>]\s*", re.IGNORECASE)
_spaced_dot = re.compile(rf"\s*(?:\.|\bdot\b)\s*(?=(?:{'|'.join(PLAIN_ENDINGS)})\b)", re.IGNORECASE)
_scheme = re.compile(r"\w+://|\b(?:mailto|tel|sms|skype|whatsapp|javascript|data):\S|\bwww\.", re.IGNORECASE)
_machine = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])")
_dotted = re.compile(r"[^\W_](?:[\w-]*\w)?(?:\.[^\W_](?:[\w-]*\w)?)+(?P<path>[/:?#])?")
_ending = re.compile(r"[^\W\d_]{2,}|xn--[a-z0-9-]+", re.IGNORECASE)
_years = re.compile(r"\b(?:19|20)\d\d\s?[-/–—]\s?(?:19|20)\d\d\b")
_digits = re.compile(r"(?<!\w)\+?\(?\d(?:[\s().\-/–—‐]{0,3}\d){6,}(?!\w)")
_letters_as_digits = re.compile(
    r"\b1[\s.-]?\(?(?:8(?:00|33|44|55|66|77|88)|900)\)?[\s.-]?[a-z]{3,}"
    r"|\b(?:8(?:00|33|44|55|66|77|88)|900)-[a-z]{3,}"
    r"|(?<!\w)\(?[2-9]\d\d\)?[\s.-]?(?:[a-z]{4}-[a-z]{3}|[a-z]{3}-[a-z]{4})\b"  # 555-CALL-NOW
    r"|(?<!\w)\(?[2-9]\d\d\)?[\s.-]\d{3}-[a-z]{4}\b",  # 312-555-PAIN
    re.IGNORECASE,
)
# How numbers for callers are set apart, and those of purchase orders are not.
_set_apart = re.compile(
    r"\+\s?\(?\d|(?<!\w)\(\d{3}\)\s?\d|(?<!\w)00[1-9]\d{0,2}[\s.]\d"
    r"|(?<![\w-])(?:1[\s./-]?)?\d{3}[\s./-]{1,3}\d{3}[\s./-]{1,3}\d{4}(?![\w-])"
)
_asks_to_call = re.compile(
    r"\b(?:call|dial|phone|telephone|tel|text|sms|whatsapp|fax|hotline|helpline)(?![a-z])", re.IGNORECASE
)
# What looks like a mark of web addresses and telephone numbers, and stays itself under NFKC.
_look_alikes = str.maketrans(
    {**dict.fromkeys("⁄∕⧸╱", "/"), "。": ".", **dict.fromkeys("꞉∶ː", ":"), **dict.fromkeys("‐‒–—―−", "-")}
)
# A dot at half height between Latin letters; in Catalan it stands between two l (Col·legi).
_middle_dot = re.compile(r"(?<=[a-z0-9])[·•‧∙⋅・](?=[a-z0-9])(?!(?<=l.)l)", re.IGNORECASE)


def web_addresses(text: str) -> list[str]:
    """The web addresses in a name or another short text; whatever could be one counts."""
    plain = _spaced_dot.sub(".", _hidden_dot.sub(".", _as_seen(text)))
    return [*_certain(plain), *(found[0] for found in _dotted.finditer(plain) if _has_domain(found))]


def new_ways(before: str, after: str) -> list[str]:
    """The ways to be reached that a text, plain or HTML, has now and had not before: addresses, mail, numbers."""
    known = set(_ways(before))
    return [way for way in _ways(after) if way not in known]


def _ways(text: str) -> list[str]:
    plain = html.unescape(_element.sub(" ", text))
    numbers = [re.sub(r"\D", "", found[0]) for found in _digits.finditer(_years.sub(" ", _as_seen(plain)))]
    lettered = _letters_as_digits.findall(_as_seen(plain))
    return [*_targets.findall(text), *links_in_prose(plain), *_mailbox.findall(plain), *numbers, *lettered]


def has_web_address(text: str) -> bool:
    return bool(web_addresses(text))


def links_in_prose(text: str) -> list[str]:
    """The web addresses in a text of sentences, each once. A full stop without its space joins no two words to one."""
    plain = _as_seen(text)
    bare = (found[0] for found in _dotted.finditer(plain) if _is_surely_domain(found) and not _is_mailbox(found))
    certain = re.findall(r"(?:https?://|www\.)\S+", plain, re.IGNORECASE)
    return list(dict.fromkeys([*certain, *(domain for domain in bare if not any(domain in one for one in certain))]))


def has_phone_number(text: str) -> bool:
    """Seven digits or more, however they are set apart, or a number for callers written in letters."""
    plain = _years.sub(" ", _as_seen(text))
    return bool(_digits.search(plain) or _letters_as_digits.search(plain))


def asks_for_call(text: str) -> bool:
    """Whether a text that may hold long numbers, such as 4500012345, has one written for callers."""
    plain = _as_seen(text)
    is_to_call = has_phone_number(plain) and _asks_to_call.search(plain) is not None
    return is_to_call or bool(_set_apart.search(plain) or _letters_as_digits.search(plain))


def _as_seen(text: str) -> str:
    """The text as a reader sees it: wide letters and look-alikes as plain ones, what has no width left out."""
    seen = unicodedata.normalize("NFKC", text).translate(_look_alikes)
    return _middle_dot.sub(".", "".join(mark for mark in seen if unicodedata.category(mark) != "Cf"))


def _certain(plain: str) -> list[str]:
    return _scheme.findall(plain) + _machine.findall(plain)


def _has_domain(found: re.Match[str]) -> bool:
    """Whether two neighbours of the dotted words are a domain's label and ending."""
    words = found[0].rstrip("/:?#").split(".")
    pairs = zip(words, words[1:], strict=False)
    has_path = bool(found["path"]) and _ending.fullmatch(words[-1]) is not None
    return has_path or any(_ending.fullmatch(ending) and not _is_excused(label, ending) for label, ending in pairs)


def _is_excused(label: str, ending: str) -> bool:
    """Whether people write it so who mean no address: an initial or an abbreviation before a name, a degree."""
    if f"{label}.{ending}" in _degrees:
        return True
    is_initial = len(label) == 1 and label.isupper()
    is_name = ending[0].isupper() and ending.casefold() not in _common_endings
    return is_name and (is_initial or label.casefold() in _abbreviations)


def _is_surely_domain(found: re.Match[str]) -> bool:
    """In sentences: one with a path, or an ending that is everywhere and no word of everyday language."""
    words = found[0].rstrip("/:?#").split(".")
    ending = words[-1]
    if _ending.fullmatch(ending) is None:
        return False
    return found["path"] == "/" or ending in PLAIN_ENDINGS


def _is_mailbox(found: re.Match[str]) -> bool:
    """Whether it is the end of an e-mail address, by which people say where they are reached."""
    return found.string[: found.start()].endswith("@")
