"""The text of one entry, from what WordPress stored to what our editor would have written."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Any

import nh3

from aapm_site.core import richtext
from aapm_site.core.positions import positions
from content.wordpress import builders, prose
from content.wordpress.shortcodes import Gallery, Shortcodes

# Read here, then written anew by prose.Writer; everything else nh3 takes out, scripts and styles with their content.
TAGS = {
    *prose.INLINE, *prose.KEPT, *prose.BOXES, "a", "br", "hr", "img", "q", "span", "input", "label", "select", "option",
    "textarea", "iframe", "video", "audio", "object", "embed", "source",
}  # fmt: skip
ATTRIBUTES = {
    "*": {"id", "class"},
    "a": {"href", "name"},
    "img": {"src", "alt"},
    "iframe": {"src", "title"},
    "video": {"src"},
    "audio": {"src"},
    "embed": {"src"},
    "object": {"data"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start", "type"},
}
# Two hyphens are written \u002d in a block's settings, so none holds the end of its comment.
_block = re.compile(r"<!--\s*(/?)wp:([a-z][a-z0-9/-]{0,80})\s*(\{(?:(?!-->).){0,60000}\})?\s*(/?)\s*-->", re.DOTALL)
_file_button = re.compile(r"<a\b[^>]{0,2000}wp-block-file__button[^>]{0,2000}>[^<]{0,500}</a>")
_file_window = re.compile(r"<object\b[^>]{0,2000}wp-block-file__embed[^>]{0,2000}>\s*</object>")
_breaks = re.compile(r"<!--(?:more\b[^>]{0,200}|nextpage|noteaser)-->")
_hidden = re.compile(r'<span\b[^>]{0,500}aria-hidden="true"[^>]{0,500}>[^<]{0,20}</span>')
_counted = re.compile(
    r"<ol\b([^>]{0,500}list-style-type:\s*(lower|upper)-(alpha|latin|roman)[^>]{0,500})>", re.IGNORECASE
)
_comment = re.compile(r"<!--.{0,20000}?-->", re.DOTALL)
_nul = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_target = re.compile(r"""href\s*=\s*["']?#([^"'\s>]{1,60})""", re.IGNORECASE)
_no_words = re.compile(r"^\s*(?:field_|group_|#|\{|https?://|[\w-]+/[\w-]+\s*$)")
_number = re.compile(r'"(?:postsToShow|limit)"\s*:\s*(\d{1,3})')
_scripts = re.compile(r"<(script|style|form)\b", re.IGNORECASE)
# Blocks that WordPress fills by itself; of ours or nothing to tell.
FILLED = {
    "latest-posts": "news-feed",
    "query": "news-feed",
    "contact-form": "ask-form",
    "jetpack/contact-form": "ask-form",
}
QUIET = {"spacer", "more", "nextpage", "separator", "shortcode", "html", "block", "image", "gallery", "template-part"}


@dataclass
class Converted:
    """The clean text, and what should be told about it."""

    body: str
    unknown: Counter[str] = field(default_factory=Counter)
    positions: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)


def convert(
    text: str,
    around: prose.Surroundings,
    gallery: Gallery,
    *,
    attached: Callable[[str], list[str]] = lambda number: [],
    footnotes: str = "",
) -> Converted:
    """Blocks and shortcodes resolved, HTML written anew, then what every text passes on its way into the database.

    `attached` gives the numbers of an entry's own pictures; `footnotes` are what its block of notes shows.
    """
    converted = Converted("")
    text = _nul.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    made_of_blocks = "<!-- wp:" in text
    notes = _notes(footnotes)
    said = _squeezed(_comment.sub("", text))
    text = _breaks.sub("\n\n", text)
    text = _block.sub(lambda found: _dynamic(found, converted, notes, said), text)
    text = _hidden.sub("", _counted.sub(_by_letters, text))
    text = builders.without_letters(_file_window.sub("", _without_buttons(text)), converted.notes)
    shortcodes = Shortcodes(gallery, attached)
    text = shortcodes.expand(_comment.sub("", text))
    converted.notes += shortcodes.found.notes
    converted.unknown += shortcodes.found.unknown
    converted.positions += shortcodes.found.positions
    converted.left = shortcodes.found.left
    converted.told = shortcodes.found.told
    for tag in sorted({found.lower() for found in _scripts.findall(text)}):
        converted.notes.append(f"a {tag} was taken out of the text")
    writer = prose.Writer(
        around, breaks=not made_of_blocks, anchors=set(_target.findall(text)), note=converted.notes.append
    )
    writer.feed(_balanced(text))
    converted.body = richtext.clean(writer.result())
    converted.notes = list(dict.fromkeys(converted.notes))
    return converted


def _without_buttons(text: str) -> str:
    """A file stands as one link: its button repeats it, unless it is all that there is."""
    return text if text.count("wp-block-file__button") >= text.count("<a ") else _file_button.sub("", text)


def _balanced(text: str) -> str:
    """Parsed as a browser would, without what has no place in any text."""
    return nh3.clean(
        text,
        tags=TAGS,
        clean_content_tags={"script", "style"},
        attributes=ATTRIBUTES,
        url_schemes=richtext.SCHEMES,
        link_rel=None,
    )


def _notes(written: str) -> str:
    """The notes below a text, which the block editor keeps in a field beside it, as a list that the marks lead to."""
    notes = _settings(written)
    rows = [note for note in notes if isinstance(note, dict)] if isinstance(notes, list) else []
    lines = [f'<li id="{escape(str(note.get("id", "")))}">{note.get("content", "")}</li>' for note in rows]
    return f"<ol>{''.join(lines)}</ol>" if lines else ""


def _settings(written: str) -> Any:
    try:
        return json.loads(written)
    except (ValueError, RecursionError):
        return None


def _words_in(settings: Any, *, is_data: bool = False, depth: int = 0) -> Iterator[str]:
    """What reads like words among a block's settings; in the fields that somebody filled in, single words too."""
    if isinstance(settings, dict) and depth < 10:
        for name, value in settings.items():
            if not name.startswith("_") and (is_data or not builders.QUIET.search(name)):
                yield from _words_in(value, is_data=is_data or name == "data", depth=depth + 1)
    elif isinstance(settings, list) and depth < 10:
        for value in settings:
            yield from _words_in(value, is_data=is_data, depth=depth + 1)
    elif isinstance(settings, str) and _reads_like_words(settings, fewest=1 if is_data else 3):
        yield settings


def _reads_like_words(value: str, fewest: int) -> bool:
    return not _no_words.search(value) and builders.count_words(value) >= fewest


def _of_divi(settings: Any, name: str, depth: int) -> Iterator[str]:
    """What a block of Divi's says: each of its parts keeps its words for the desk, for tablets and telephones alike."""
    if not isinstance(settings, dict) or depth > 8:
        return
    said = settings.get("innerContent")
    for part, inner in settings.items():
        if part != "innerContent":
            yield from _of_divi(inner, part, depth + 1)
    value = (
        said.get("desktop", {}).get("value")
        if isinstance(said, dict) and isinstance(said.get("desktop"), dict)
        else said
    )
    if isinstance(value, str) and builders.count_words(value):
        yield f"<h3>{value}</h3>" if name == "title" else value if "<" in value else f"<p>{value}</p>"
    elif isinstance(value, dict):
        words, address = str(value.get("text", "")), str(value.get("linkUrl") or value.get("url") or "")
        source = str(value.get("src", ""))
        if source:
            yield f'<figure><img src="{escape(source)}" alt="{escape(str(value.get("alt", "")))}"></figure>'
        elif words and name == "title":
            shown = f'<a href="{escape(address)}">{words}</a>' if address else words
            yield f"<h3>{shown}</h3>"
        elif words:
            yield builders.link(address, words)


def _by_letters(found: re.Match[str]) -> str:
    """A list that counts by letters or Roman numbers, which the block editor says in a style."""
    sign = "a" if found[3].lower() != "roman" else "i"
    return f'<ol type="{sign.upper() if found[2].lower() == "upper" else sign}"{found[1]}>'


def _squeezed(text: str) -> str:
    return "".join(re.findall(r"\w", re.sub(r"<[^>]*>", "", text))).casefold()


def _title_of(settings: Any, said: str) -> str:
    """A title that a block of a plugin's keeps in its settings alone, above what stands in it."""
    if not isinstance(settings, dict):
        return ""
    for name, value in settings.items():
        if re.search(r"(title|heading|question)$", name, re.IGNORECASE) and isinstance(value, str):
            words = _squeezed(value)
            if words and words not in said and builders.count_words(value):
                return f"<h3>{value}</h3>"
    return ""


def _dynamic(found: re.Match[str], converted: Converted, notes: str, said: str) -> str:
    """A block's comment goes; one that stands alone is what the old site filled when it was read."""
    closing, name, settings, alone = found.groups()
    if not alone or closing:
        return _title_of(_settings(settings), said) if settings and "/" in name.removeprefix("core/") else ""
    name = name.removeprefix("core/")
    if name == "footnotes":
        return notes
    if positions.get(FILLED.get(name, "")):
        limit = _number.search(settings or "")
        converted.positions[f"{name} → {FILLED[name]}"] += 1
        number = f" limit={limit[1]}" if limit and FILLED[name] == "news-feed" else ""
        return f"\n\n{{loadposition {FILLED[name]}{number}}}\n\n"
    if name in QUIET:
        return ""
    if name == "social-link" and isinstance(link := _settings(settings or ""), dict) and link.get("url"):
        return builders.link(str(link["url"]), str(link.get("label") or link.get("service", "")).capitalize())
    if name.startswith("divi/"):
        built = "\n\n".join(_of_divi(_settings(settings or ""), "", 0))
        return f"\n\n{built}\n\n"
    words = list(_words_in(_settings(settings or "")))
    if words:
        converted.notes.append(f"this site has no block like {name}; its words stand as plain text")
        return "\n\n".join(f"<p>{one}</p>" for one in words)
    converted.unknown[f"block {name}"] += 1
    return ""
