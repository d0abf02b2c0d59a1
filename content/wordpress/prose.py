"""HTML of any origin written anew with the few elements that our pages use: no classes, styles, boxes or empty lines.

The input is balanced (nh3 has parsed it as a browser would) and is read as a stream of tags, so that neither depth nor
size does harm. Blocks are frames on a stack; inline elements are written when a letter needs them, so none is empty.
"""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Protocol

from content.wordpress.markup import (
    BOXES,
    BREAKS,
    DEEPEST,
    FLOW,
    HEADINGS,
    INLINE,
    KEPT,
    LISTS,
    MIXED,
    PARENTS,
    SILENT,
    VOID,
    attributes,
    levels,
)
from content.wordpress.typography import Quotes, dashes, plain_signs

SPACE = " \t\n\r\f\v"
_space = re.compile(r"[ \t\n\r\f\v]+")
_paragraphs = re.compile(r"[ \t\r\f\v]*\n[ \t\n\r\f\v]*")
_position = re.compile(r"(\{loadposition [^{}]{1,200}\})")
_address = re.compile(r"^https?://\S{3,2000}$")
_id = re.compile(r"^[A-Za-z][\w-]{0,60}$")
_odd = re.compile(r"[^A-Za-z0-9_-]+")


class Surroundings(Protocol):
    """What the text points at: new addresses, pictures that are there, and words for what is shown elsewhere."""

    def link(self, address: str) -> str | None:
        """The new address; None takes the link away and leaves its words."""

    def picture(self, address: str, alt: str, number: str) -> str:
        """The HTML of a picture; empty when it is not there."""

    def player(self, address: str, title: str) -> tuple[str, str] | None:
        """Address and words of a link that stands for a film or another site's window."""


@dataclass
class Frame:
    """One open block."""

    tag: str
    attributes: str = ""
    parts: list[str] = field(default_factory=list)
    is_auto: bool = False
    is_open: bool = True
    words_only: bool = True
    has_picture: bool = False
    caption: str = ""
    id: str = ""


@dataclass
class Inline:
    tag: str
    attributes: str = ""
    is_written: bool = False


class Writer(HTMLParser):
    """Feed it once, then ask for the result()."""

    def __init__(self, around: Surroundings, *, breaks: bool, anchors: set[str], note: Callable[[str], None]) -> None:
        """`breaks`: lines make paragraphs, as in texts that were typed without tags."""
        super().__init__(convert_charrefs=True)
        self.around, self.breaks, self.note = around, breaks, note
        self.names = {name: name if _id.match(name) else f"at-{_odd.sub('-', name)}" for name in anchors}
        self.anchors = set(self.names)
        self.frames = [Frame("")]
        self.inlines: list[Inline] = []
        self.source: list[tuple[str, Frame | Inline | None]] = []
        self.silent = 0
        self.space = False
        self.lines = 0
        self.fresh = True
        self.quotes = Quotes()
        self.next_id = ""

    def result(self) -> str:
        self.close()
        self._break()
        while len(self.frames) > 1:
            self._close()
        return levels("".join(self.frames[0].parts))

    # --- tags ---------------------------------------------------------------------------------------------------------
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        opened: Frame | Inline | None = None
        if tag in SILENT:
            self._player(tag, given)
            self.silent += tag not in VOID
        elif not self.silent:
            self._anchor(given.get("id", "") or (given.get("name", "") if tag == "a" else ""))
            opened = self._open(tag, given)
        if tag not in VOID:
            self.source.append((tag, opened))

    def _open(self, tag: str, given: dict[str, str]) -> Frame | Inline | None:
        if tag in INLINE:
            return self._open_inline(INLINE[tag])
        if tag == "a":
            address = self._target(given.get("href", "").strip())
            return self._open_inline("a", f' href="{html.escape(address)}"') if address else None
        if tag in KEPT:
            return self._open_block(tag, given)
        if tag in BOXES:
            self._break()
        elif tag == "br":
            self.lines += 1
        elif tag == "hr":
            self._rule()
        elif tag == "img":
            self._picture(given)
        elif tag == "q":
            self._words("“")
        elif tag == "input":
            self.note("a field of a form was left out")
        return None

    def _target(self, address: str) -> str | None:
        """Where a link leads; a place in the text itself has the name that it gets here."""
        if not address:
            return None
        return (
            f"#{self.names[address[1:]]}"
            if address[1:] in self.names and address[0] == "#"
            else self.around.link(address)
        )

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID or not self.source:
            return
        tag, opened = self.source.pop()
        if tag in SILENT:
            self.silent -= 1
        elif isinstance(opened, Inline):
            if opened.is_written:
                self.frames[-1].parts.append(f"</{opened.tag}>")
            self.inlines.remove(opened)
        elif isinstance(opened, Frame):
            self._break()
            while opened.is_open:
                self._close()
        elif tag in BOXES or tag in KEPT:
            self._break()
        elif tag == "q" and not self.silent:
            self._words("”")

    def _open_inline(self, tag: str, attributes: str = "") -> Inline | None:
        top = self.frames[-1].tag
        if any(inline.tag == tag for inline in self.inlines) or (tag == "strong" and top in HEADINGS) or top == "pre":
            return None
        self.inlines.append(Inline(tag, attributes))
        return self.inlines[-1]

    def _open_block(self, tag: str, given: dict[str, str]) -> Frame | None:
        """A frame for the block, or none where it has no place: then only its words stay."""
        self._break()
        top = self.frames[-1].tag
        if top == "p" and tag != "p":
            self._close()
            top = self.frames[-1].tag
        if top not in FLOW | MIXED | LISTS.keys() | BREAKS | {"table"}:
            return None  # inside a heading, a caption, a term
        if top in LISTS and tag not in ("li", "dt", "dd"):
            self._push(LISTS[top], is_auto=True)
            top = self.frames[-1].tag
        if (tag in PARENTS and top not in PARENTS[tag]) or (tag == "table" and self._is_inside("table")):
            return None
        if tag in HEADINGS and any(frame.tag in MIXED for frame in self.frames):
            return self._push("p")
        return self._push(tag, attributes(tag, given)) if len(self.frames) < DEEPEST else None

    def _push(self, tag: str, attributes: str = "", *, is_auto: bool = False) -> Frame:
        frame = Frame(tag, attributes, is_auto=is_auto, id=self.next_id if tag not in BREAKS else "")
        self.next_id = "" if frame.id else self.next_id
        self.frames.append(frame)
        self._start()
        return frame

    def _start(self) -> None:
        self.space, self.lines, self.fresh, self.quotes = False, 0, True, Quotes()

    def _is_inside(self, tag: str) -> bool:
        return any(frame.tag == tag for frame in self.frames)

    # --- the end of a block -------------------------------------------------------------------------------------------
    def _break(self) -> None:
        """The end of a line of words: inline elements are closed, a paragraph that nobody opened is over."""
        for inline in reversed(self.inlines):
            if inline.is_written:
                self.frames[-1].parts.append(f"</{inline.tag}>")
                inline.is_written = False
        if self.frames[-1].is_auto and self.frames[-1].tag == "p":
            self._close()
        elif self.frames[-1].tag in MIXED and not self.fresh:
            self.lines = max(self.lines, 1)  # boxes in a cell stand one below the other
        elif self.frames[-1].tag in FLOW | MIXED:
            self._start()
        else:
            self.space = True

    def _close(self) -> None:
        frame = self.frames.pop()
        frame.is_open = False
        above = self.frames[-1]
        inner = "".join(frame.parts).strip(SPACE) if frame.tag != "pre" else "".join(frame.parts).rstrip()
        self._start()
        if frame.tag == "figure":
            above.parts.append(self._figure(frame, inner))
            above.words_only = False
            return
        if frame.tag == "figcaption":
            above.caption = inner
            return
        if not inner and frame.tag not in {"td", "th"}:
            return
        if frame.tag in {"tr", "thead", "tbody", "tfoot", "table"} and not re.search(r">\s*[^<\s]|<img", f">{inner}"):
            return
        if frame.tag == "p" and frame.words_only and _address.match(html.unescape(inner)):
            inner = self._bare(html.unescape(inner))
        named = f' id="{frame.id}"' if frame.id else ""
        above.parts.append(f"<{frame.tag}{named}{frame.attributes}>{inner}</{frame.tag}>")
        above.words_only = False

    def _figure(self, frame: Frame, inner: str) -> str:
        if frame.has_picture or "<table" in inner:
            under = f"<figcaption>{frame.caption}</figcaption>" if frame.caption else ""
            return f"<figure>{inner}{under}</figure>"
        return inner + (f"<p>{frame.caption}</p>" if frame.caption else "")

    def _bare(self, address: str) -> str:
        """An address alone in its paragraph, which the old site turned into a film or a card."""
        shown = self.around.player(address, "")
        return f'<a href="{html.escape(shown[0])}">{html.escape(shown[1], quote=False)}</a>' if shown else address

    # --- words --------------------------------------------------------------------------------------------------------
    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        top = self.frames[-1]
        if top.tag == "pre":
            top.parts.append(html.escape(data, quote=False))
            return
        if top.tag == "table" or top.tag in BREAKS - MIXED:
            return
        text = plain_signs(data) if self._is_code() else dashes(plain_signs(data))
        for number, piece in enumerate(_position.split(text)):
            if number % 2 and not self._is_code():
                self._place(piece)
            elif self.breaks and self._is_typed():
                self._typed(piece)
            else:
                self._words(piece)

    def _is_code(self) -> bool:
        return any(inline.tag == "code" for inline in self.inlines)

    def _is_typed(self) -> bool:
        return self.frames[-1].tag in FLOW or self.frames[-1].is_auto

    def _typed(self, text: str) -> None:
        """Lines as somebody typed them: an empty one ends the paragraph, another is a line break."""
        at = 0
        for found in _paragraphs.finditer(text):
            self._words(text[at : found.start()])
            at = found.end()
            if found[0].count("\n") > 1:
                self._break()
            else:
                self.lines += 1
        self._words(text[at:])

    def _words(self, text: str) -> None:
        """Words of a line, with the spaces, breaks and inline elements that wait to be written before them."""
        words = _space.sub(" ", text)
        if not words.strip(" "):
            self.space |= bool(words)
            return
        if words.startswith(" "):
            self.space = True
        self._make_room()
        top = self.frames[-1]
        if self.space or self.lines:
            self.quotes.before = " "
        written = words.strip(" ")
        shown = html.escape(written if self._is_code() else self.quotes.set(written), quote=False)
        self._gap(top)
        for inline in self.inlines:
            if not inline.is_written and not (inline.tag == "strong" and top.tag in HEADINGS):
                top.parts.append(f"<{inline.tag}{inline.attributes}>")
                inline.is_written = True
                top.words_only = False
        top.parts.append(shown)
        self.fresh = False
        self.space = words.endswith(" ")

    def _make_room(self) -> None:
        """A paragraph or an entry of a list for words that stand bare."""
        top = self.frames[-1]
        if self.lines > 1 and top.tag == "p" and not self.fresh:
            self._break()
            if top.is_open:
                self._close()
        if self.frames[-1].tag in LISTS:
            self._push(LISTS[self.frames[-1].tag], is_auto=True)
        if self.frames[-1].tag in FLOW:
            self._push("p", is_auto=True)

    def _gap(self, top: Frame) -> None:
        if not self.fresh and self.lines and top.tag not in HEADINGS:
            top.parts.append("<br>")
            top.words_only = False
        elif not self.fresh and (self.space or self.lines):
            top.parts.append(" ")
        self.space, self.lines = False, 0

    # --- what is not words --------------------------------------------------------------------------------------------
    def _leave_paragraph(self) -> bool:
        """Whether a block may stand here, after the paragraph that was open."""
        self._break()
        if self.frames[-1].tag == "p":
            self._close()
        return self.frames[-1].tag in FLOW

    def _place(self, written: str) -> None:
        if self.frames[-1].tag not in FLOW | {"p"} | MIXED:
            self._words(written)
            return
        self._leave_paragraph()
        self.frames[-1].parts.append(f"<p>{written}</p>")

    def _rule(self) -> None:
        if self._leave_paragraph() and self.frames[-1].tag != "figure":
            self.frames[-1].parts.append("<hr>")

    def _picture(self, given: dict[str, str]) -> None:
        number = re.search(r"\bwp-image-(\d+)", given.get("class", ""))
        alt = re.sub(r"[{}]", "", plain_signs(given.get("alt", "")))
        shown = self.around.picture(given.get("src", "").strip(), alt, number[1] if number else "")
        figure = next((frame for frame in reversed(self.frames) if frame.tag == "figure"), None)
        if figure is not None:
            figure.has_picture |= bool(shown)
        if not shown:
            return
        link = next((inline for inline in self.inlines if inline.tag == "a"), None)
        if self.frames[-1].tag in FLOW | {"p"} and self._leave_paragraph():
            shown = f"<a{link.attributes}>{shown}</a>" if link else shown
            self.frames[-1].parts.append(shown if self.frames[-1].tag == "figure" else f"<figure>{shown}</figure>")
        else:
            self.frames[-1].parts.append(shown)
            self.fresh = False
        self.frames[-1].words_only = False

    def _player(self, tag: str, given: dict[str, str]) -> None:
        address = given.get("src", "") or given.get("data", "")
        if self.silent or tag not in {"iframe", "video", "audio", "object", "embed"} or not address:
            return
        shown = self.around.player(address.strip(), plain_signs(given.get("title", "")))
        if shown is None:
            return
        self._leave_paragraph()
        self.fresh, self.inlines = True, [inline for inline in self.inlines if inline.tag != "a"]
        inline = self._open_inline("a", f' href="{html.escape(shown[0])}"')
        self._words(shown[1])
        self._break()
        if inline:
            self.inlines.remove(inline)

    def _anchor(self, name: str) -> None:
        """The place that a link of this text leads to: the block that is open, or the next."""
        if name not in self.anchors:
            return
        self.anchors.discard(name)
        top, name = self.frames[-1], self.names[name]
        if top.tag in {"p", "li", *HEADINGS} and not top.id:
            top.id = name
        else:
            self.next_id = name
