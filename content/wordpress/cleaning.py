"""The text of one entry, from what WordPress stored to what our editor would have written."""

import re
from collections import Counter
from dataclasses import dataclass, field

import nh3

from aapm_site.core import richtext
from aapm_site.core.positions import positions
from content.wordpress import prose
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
    "ol": {"start"},
}
_block = re.compile(r"<!--\s*(/?)wp:([a-z][a-z0-9/-]{0,80})\s*(\{.{0,4000}?\})?\s*(/?)\s*-->", re.DOTALL)
_comment = re.compile(r"<!--.{0,20000}?-->", re.DOTALL)
_nul = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_target = re.compile(r"""href\s*=\s*["']?#([^"'\s>]{1,60})""", re.IGNORECASE)
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
    notes: list[str] = field(default_factory=list)


def convert(text: str, around: prose.Surroundings, gallery: Gallery) -> Converted:
    """Blocks and shortcodes resolved, HTML written anew, then what every text passes on its way into the database."""
    converted = Converted("")
    text = _nul.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    made_of_blocks = "<!-- wp:" in text
    text = _block.sub(lambda found: _dynamic(found, converted), text)
    shortcodes = Shortcodes(gallery)
    text = shortcodes.expand(_comment.sub("", text))
    converted.unknown += shortcodes.found.unknown
    converted.positions += shortcodes.found.positions
    converted.left = shortcodes.found.left
    for tag in sorted({found.lower() for found in _scripts.findall(text)}):
        converted.notes.append(f"a {tag} was taken out of the text")
    writer = prose.Writer(
        around, breaks=not made_of_blocks, anchors=set(_target.findall(text)), note=converted.notes.append
    )
    writer.feed(_balanced(text))
    converted.body = richtext.clean(writer.result())
    converted.notes = list(dict.fromkeys(converted.notes))
    return converted


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


def _dynamic(found: re.Match[str], converted: Converted) -> str:
    """A block's comment goes; one that stands alone is what the old site filled when it was read."""
    closing, name, settings, alone = found.groups()
    if not alone or closing:
        return ""
    name = name.removeprefix("core/")
    if positions.get(FILLED.get(name, "")):
        limit = _number.search(settings or "")
        converted.positions[f"{name} → {FILLED[name]}"] += 1
        number = f" limit={limit[1]}" if limit and FILLED[name] == "news-feed" else ""
        return f"\n\n{{loadposition {FILLED[name]}{number}}}\n\n"
    if name not in QUIET:
        converted.unknown[f"block {name}"] += 1
    return ""
