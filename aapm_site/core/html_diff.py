"""What differs between two texts, block by block and word by word, as HTML that is safe whatever the texts hold.

Texts come in as sanitized HTML or as plain lines. Nothing of their markup goes out: only words, escaped, with <ins>
and <del> around what came and went, and a word for those who do not see the lines through it.
"""

import html as entities
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

SAME, CHANGED, ADDED, REMOVED, LEFT_OUT = "same", "changed", "added", "removed", "left-out"
MOST_WORDS = 4_000  # of both sides of one block; more are shown whole, since comparing takes the square of it
MOST_BLOCKS = 3_000
ALIKE = 0.35  # of the words; below that, two blocks are not one that was changed
NEAR = 1  # unchanged blocks that stay around a change when the rest is left out

_block = re.compile(
    r"</?(p|h2|h3|h4|li|td|th|tr|blockquote|figcaption|caption|pre|dt|dd|hr|aside|div|figure|table|ul|ol)\b[^>]*>"
)
_img = re.compile(r"<img\b([^>]*)>")
_alt = re.compile(r'\balt="([^"]*)"')
_link = re.compile(r'<a\b[^>]*\bhref="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_tag = re.compile(r"<[^>]*>")
_word = re.compile(r"\w+|\s+|[^\w\s]")
KINDS = {"h2": "h2", "h3": "h3", "h4": "h3", "li": "li", "td": "cell", "th": "cell"}


@dataclass(frozen=True)
class DiffBlock:
    """One paragraph, heading, entry of a list or cell, as it is shown; `state` is one of the words above."""

    kind: str
    state: str
    html: SafeString
    count: int = 1


@dataclass(frozen=True)
class Piece:
    """One block of a text: what it is and what it says."""

    kind: str
    text: str


def pieces(html: str, *, addresses: bool = False) -> list[Piece]:
    """The blocks of sanitized HTML as plain text; with `addresses`, each link says where it leads."""
    if addresses:
        html = _link.sub(lambda found: f"{found[2]} ‹{found[1]}›", html)
    html = _img.sub(_picture, html)
    found: list[Piece] = []
    kind, start = "p", 0
    for mark in _block.finditer(html):
        found += _piece(kind, html[start : mark.start()])
        name, start = mark[1], mark.end()
        inside = kind if name in {"p", "div"} else "p"  # a paragraph in an entry of a list is that entry
        kind = "p" if mark[0][1] == "/" else KINDS.get(name, inside)
    return [*found, *_piece(kind, html[start:])]


def _picture(found: re.Match[str]) -> str:
    said = _alt.search(found[1])
    words = said[1] if said else "without words"
    return f" [Picture: {words or 'decorative'}] "


def _piece(kind: str, html: str) -> list[Piece]:
    text = " ".join(entities.unescape(_tag.sub("", html.replace("<br>", " "))).split())
    return [Piece(kind, text)] if text else []


def text_difference(old: str, new: str, *, addresses: bool = False) -> list[DiffBlock]:
    """Two texts of sanitized HTML, compared."""
    return compare(pieces(old, addresses=addresses), pieces(new, addresses=addresses))


def line_difference(old: str, new: str) -> SafeString:
    """Two short plain texts, compared word by word."""
    return _words(old, new)


def compare(old: Sequence[Piece], new: Sequence[Piece]) -> list[DiffBlock]:
    """Blocks in the order of the new text, those that went standing where they stood."""
    if len(old) + len(new) > MOST_BLOCKS:
        old, new = _joined(old), _joined(new)
    blocks: list[DiffBlock] = []
    matcher = SequenceMatcher(None, old, new, autojunk=len(old) + len(new) > 1_000)
    for state, a, b, c, d in matcher.get_opcodes():
        if state == "equal":
            blocks += [DiffBlock(piece.kind, SAME, escape(piece.text)) for piece in new[c:d]]
        else:
            blocks += _replaced(old[a:b], new[c:d])
    return blocks


def _joined(all_pieces: Sequence[Piece]) -> list[Piece]:
    """So many blocks that comparing each would take too long: twenty become one."""
    step = 20
    groups = (all_pieces[at : at + step] for at in range(0, len(all_pieces), step))
    return [Piece("p", " ".join(piece.text for piece in group)) for group in groups]


def _replaced(old: Sequence[Piece], new: Sequence[Piece]) -> Iterator[DiffBlock]:
    """Blocks that came in place of others: each is compared with the next one that resembles it."""
    waiting = list(old)
    for piece in new:
        place = next((at for at, other in enumerate(waiting[:8]) if _alike(other, piece)), None)
        if place is None:
            yield DiffBlock(piece.kind, ADDED, _whole("ins", piece.text))
            continue
        yield from (_gone(other) for other in waiting[:place])
        yield DiffBlock(piece.kind, CHANGED, _words(waiting[place].text, piece.text))
        del waiting[: place + 1]
    yield from (_gone(other) for other in waiting)


def _gone(piece: Piece) -> DiffBlock:
    return DiffBlock(piece.kind, REMOVED, _whole("del", piece.text))


def _alike(old: Piece, new: Piece) -> bool:
    first, second = set(_word.findall(old.text)), set(_word.findall(new.text))
    return len(first & second) >= ALIKE * max(len(first | second), 1)


def _words(old: str, new: str) -> SafeString:
    first, second = _word.findall(old), _word.findall(new)
    if len(first) + len(second) > MOST_WORDS:
        return mark_safe(_whole("del", old) + " " + _whole("ins", new))  # noqa: S308 - both are escaped
    out: list[str] = []
    for state, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if state == "equal":
            out.append(escape("".join(first[a:b])))
            continue
        out += [_whole("del", "".join(first[a:b])), _whole("ins", "".join(second[c:d]))]
    return mark_safe("".join(out))  # noqa: S308 - every part is escaped


SPOKEN = {"ins": "added: ", "del": "removed: "}


def _whole(tag: str, text: str) -> SafeString:
    if not text:
        return mark_safe("")
    return format_html('<{}><span class="vh">{}</span>{}</{}>', mark_safe(tag), SPOKEN[tag], text, mark_safe(tag))  # noqa: S308 - ours


def changes_only(blocks: Sequence[DiffBlock]) -> list[DiffBlock]:
    """The changes with a little around them; long stretches that stayed as they were become one line."""
    near = {at + step for at, block in enumerate(blocks) if block.state != SAME for step in range(-NEAR, NEAR + 1)}
    shown: list[DiffBlock] = []
    for at, block in enumerate(blocks):
        if at in near:
            shown.append(block)
        elif shown and shown[-1].state == LEFT_OUT:
            shown[-1] = replace(shown[-1], count=shown[-1].count + 1)
        else:
            shown.append(DiffBlock("p", LEFT_OUT, mark_safe("")))
    return shown
