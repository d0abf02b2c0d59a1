"""Quotes, dashes and spaces as they are printed; what twenty years of editors have left between the letters goes."""

import html
import re

# Entities that were escaped twice, the typographic ones only: &amp;lt; may well be meant.
_twice = re.compile(
    r"&(?:nbsp|[lr][sd]quo|[mn]dash|hellip|middot|bull|reg|copy|trade|deg|#(?:0*(?:39|160|169|174|82\d\d)|x20[0-9a-f]{2}));",
    re.IGNORECASE,
)
# UTF-8 that somebody read as Windows-1252.
MOJIBAKE = {
    "â€™": "’", "â€˜": "‘", "â€œ": "“", "â€\x9d": "”", "â€”": "—", "â€“": "–", "â€¦": "…", "â€¢": "•",
    "Â®": "®", "Â©": "©", "Â°": "°",
}  # fmt: skip
_mojibake = re.compile("|".join(MOJIBAKE))
_invisible = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_hard_space = re.compile("(?<![0-9])\u00a0|\u00a0(?![A-Za-zµ%])")
OPENS_AFTER = set(" \t\n\u00a0([{—–/“‘-")
_dashes = re.compile(r"(?<!-)-{2,3}(?!-)")
_dots = re.compile(r"(?<!\.)\.{3}(?!\.)")
_run = re.compile(r"\S+")
# https://a--b.org, www.a--b.org, a--b@c.org, a--b.pdf, /a--b/c, --option
# 10.1000/a--b, user/a--b, C:\\a--b, a_b--c, a=b--c, #a--b, tel:+1--2
_literal = re.compile(
    r"://|\bwww\.|\w@\w|[\w-]\.[A-Za-z]{2,10}(?:[/?#:]\S*)?[\"'”’)\].,;:!?]*$|^[(\[\"“']?/\S*/|^--?[A-Za-z]"
    r"|[\w.-]/[\w.-]+--|--[\w.-]*/|[\\_=]|^\W?[#@]\w|^[a-z]+:\S|\d\.\d+\S*--"
)
# An address in the midst of words; what ends a sentence or a quotation is none of it.
_address = re.compile(r"(?:(?:https?|ftp)://|\bwww\.)[^\s<>]+")
_entity = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_closed = re.compile(r"<(code|q|s|ins|del|cite|mark|abbr|wbr|h[1-6])(?:\s[^<>]{0,500})?>(?!.*</\1>)", re.IGNORECASE)
# Elements that a title may hold; "<" and ">" alone are signs, as in "under < 3 months".
_tag = re.compile(
    r"</?(?:a|abbr|b|big|br|cite|code|del|div|em|font|h[1-6]|i|img|ins|mark|p|q|s|small|span|strike|strong|sub|sup|u|wbr)"
    r"(?:\s[^<>]{0,500})?/?>",
    re.IGNORECASE,
)
_quote = re.compile("[\"'“”]")


class Quotes:
    """Straight quotes turned into curly ones, along one block of text."""

    def __init__(self) -> None:
        self.before = " "
        self.is_open = False

    def set(self, text: str) -> str:
        """The next piece of the block; `before` is the last sign of what stood there already."""
        out, at = [], 0
        kept = [
            (found.start(), found.start() + len(found[0].rstrip("\"'“”’.,;:!?)"))) for found in _address.finditer(text)
        ]
        for found in _quote.finditer(text):
            if any(start <= found.start() < end for start, end in kept):
                continue
            out.append(text[at : found.start()])
            at = found.end()
            out.append(
                self._curly(found[0], text[found.start() - 1] if found.start() else self.before, text[at : at + 1])
            )
        out.append(text[at:])
        if text:
            self.before = text[-1]
        return "".join(out)

    def _curly(self, sign: str, before: str, after: str) -> str:
        if sign in "“”":
            self.is_open = sign == "“"
            return sign
        opens = before in OPENS_AFTER and bool(after.strip() or not after)
        if sign == "'":
            return "‘" if opens and not after.isdigit() else "’"
        self.is_open = opens
        return "“" if opens else "”"


def plain_signs(text: str) -> str:
    """Entities escaped twice, wrong encodings, invisible signs and hard spaces put right."""
    text = _twice.sub(lambda found: html.unescape(found[0]), text)
    text = _mojibake.sub(lambda found: MOJIBAKE[found[0]], text)
    return _hard_space.sub(" ", _invisible.sub("", text))


def dashes(text: str) -> str:
    """Dashes and ellipses that were typed as several signs; addresses, names of files and options stay as they are."""
    if "--" not in text and "..." not in text:
        return text
    return _run.sub(lambda found: found[0] if _literal.search(found[0]) else _drawn(found[0]), text)


def _drawn(words: str) -> str:
    words = _dashes.sub(lambda found: "–" if len(found[0]) == 2 else "—", words)
    return _dots.sub("…", words)


def line(text: str) -> str:
    """One line of plain text, such as a title: entities read, signs and quotes set, spaces single."""
    text = _closed.sub(lambda found: f"&lt;{found[0][1:-1]}&gt;", text)
    words = _entity.sub(lambda found: html.unescape(found[0]), _tag.sub("", text)).replace("&amp;", "&")
    words = " ".join(plain_signs(words).split())
    return Quotes().set(dashes(words))
