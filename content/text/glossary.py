"""Words that explain themselves: the first time a word of the glossary stands in a text, it becomes a button.

The button opens a native popover: it works with the keyboard, by touch, and without scripts. The text itself is not
changed; where a browser knows no popovers, the style sheet shows a link to the glossary in its place.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape
from html.parser import HTMLParser
from typing import Protocol

from django.urls import reverse
from django.utils.html import format_html

# In these nothing is explained: what can be followed or pressed, headings, code, and words that are defined there.
CLOSED = frozenset(
    {"a", "abbr", "button", "code", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "kbd", "label", "option", "pre"}
    | {"script", "select", "style", "summary", "svg", "textarea", "th", "title"}
)
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
# An entity and what a position is written with are never looked into.
_whole = r"&#?\w+;|\{[^{}]*\}"


class Explained(Protocol):
    """What of a word is needed here."""

    @property
    def name(self) -> str: ...

    @property
    def slug(self) -> str: ...

    @property
    def definition(self) -> str: ...

    @property
    def words(self) -> Sequence[str]: ...


def explain(html: str, terms: Iterable[Explained]) -> str:
    """The HTML with the first occurrence of each term explained. Sanitized in, well-formed out; its text is the same.

    HTML that does not read back as it was written is handed back untouched.
    """
    known = {spelling: term for term in terms for word in term.words if (spelling := _spelling(word))}
    if not known or not html:
        return html
    reader = _GlossaryReader(html, known)
    return "".join(reader.written) if reader.is_faithful else html


def _spelling(word: str) -> str:
    """How two spellings are compared: as HTML, in small letters, with single spaces."""
    return escape(" ".join(word.split()), quote=False).casefold()


@lru_cache(maxsize=64)
def _pattern(spellings: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the spellings, the longest first, as whole words."""
    longest_first = sorted(spellings, key=lambda spelling: (-len(spelling), spelling))
    written = "|".join(r"(?:\s|&nbsp;)+".join(map(re.escape, spelling.split())) for spelling in longest_first)
    return re.compile(rf"(?<!\w)(?P<word>{written})(?!\w)(?P<sign>[.,;:!?)”’]*)|{_whole}", re.IGNORECASE)


class _GlossaryReader(HTMLParser):
    """Reads the HTML token by token; texts outside the closed elements are looked through for words."""

    def __init__(self, html: str, known: dict[str, Explained]) -> None:
        super().__init__(convert_charrefs=False)
        self.known = known
        self.pattern = _pattern(tuple(known))
        self.ids = set(re.findall(r'\bid="([^"]*)"', html))
        self.open: list[str] = []
        self.done: set[str] = set()
        self.text: list[str] = []
        self.read: list[str] = []
        self.written: list[str] = []
        self.feed(html)
        self.close()
        self._end_text()
        self.is_faithful = "".join(self.read) == html

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._markup(self.get_starttag_text() or "")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._markup(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self._markup(f"</{tag}>")
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_entityref(self, name: str) -> None:
        self.text.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.text.append(f"&#{name};")

    def _markup(self, raw: str) -> None:
        self._end_text()
        self.read.append(raw)
        self.written.append(raw)

    def _end_text(self) -> None:
        """What has been read of a text since the last tag, in one piece."""
        text, self.text = "".join(self.text), []
        self.read.append(text)
        self.written.append(text if CLOSED.intersection(self.open) else self.pattern.sub(self._explained, text))

    def _explained(self, found: re.Match[str]) -> str:
        word = found["word"]
        term = self.known.get(" ".join(word.replace("&nbsp;", " ").split()).casefold()) if word else None
        if term is None or term.slug in self.done:
            return found[0]
        self.done.add(term.slug)
        return _markup_of(word, term, self._free_id(term.slug), found["sign"])

    def _free_id(self, slug: str) -> str:
        wanted = f"word-{slug}"
        while wanted in self.ids:
            wanted += "-x"
        self.ids.add(wanted)
        return wanted


def _markup_of(word: str, term: Explained, anchor: str, sign: str) -> str:
    """The button, with the word as it stood, and the note that it opens. A definition fills no position.

    A sign behind the word, such as a period, is held beside it: a line may end between a button and a text.
    """
    note = format_html(
        '<span class="term-note" id="{0}" popover><strong>{1}</strong> <span>{2}</span> '
        '<a href="{3}#{4}">In the glossary</a></span>',
        anchor,
        term.name,
        term.definition,
        reverse("content:glossary"),
        term.slug,
    )
    button = format_html('<button type="button" class="term-word" popovertarget="{}">', anchor)
    explained = f"{button}{word}</button>{note.replace('{', '&#123;')}"
    return f'<span class="term-held">{explained}{sign}</span>' if sign else explained
