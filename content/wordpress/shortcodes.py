"""Square brackets of WordPress: those that are known become HTML or our positions, the others are named and go."""

import html
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from aapm_site.core.positions import positions
from content.wordpress import builders

_tag = re.compile(r"\[(\[?)(/?)([A-Za-z][A-Za-z0-9_-]{0,60})(?![A-Za-z0-9_-])([^\[\]]{0,30000}?)(/?)\](\]?)")
_attribute = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))|"([^"]*)"|(\S+)""")
_loaded = re.compile(r"\{(load\w*)\s*([^{}<>]{0,200})\}")
_pairs = re.compile(r"^([\w-]+)((?:\s+[\w-]+=[\w./-]+)*)$")
_code = re.compile(r"<(pre|code|kbd|samp)\b[^>]{0,500}>.*?</\1>", re.DOTALL | re.IGNORECASE)
_sample = re.compile(
    r"\[(code|sourcecode|source|crayon|prism)\b[^\[\]]{0,500}\](.*?)\[/\1\]", re.DOTALL | re.IGNORECASE
)
_block_tags = re.compile(r"</?(?:p|br|pre|code)\b[^>]{0,200}>", re.IGNORECASE)
_doubled = re.compile(r"\[(\[/?[A-Za-z][^\[\]]{0,2000}\])\]")
_digits = re.compile(r"[0-9]+")
DEEPEST = 40
# Names that other plugins give to what this site has as a position.
OURS = {
    "career-feed": "career-feed", "careers": "career-feed", "jobs": "career-feed", "job-listings": "career-feed",
    "unity-circle": "unity-circle",
    "ask-form": "ask-form", "ask-us": "ask-form", "contact-form": "ask-form", "contact-form-7": "ask-form",
    "et-pb-contact-form": "ask-form",
    "gravityform": "ask-form", "wpforms": "ask-form", "ninja-form": "ask-form", "formidable": "ask-form",
    "news-feed": "news-feed", "recent-posts": "news-feed", "latest-posts": "news-feed", "display-posts": "news-feed",
}  # fmt: skip
# Of plugins for footnotes: the words in them are notes below the text.
NOTES = {"efn_note", "mfn", "modern_footnote", "footnote", "fn", "ref", "note_ref", "sidenote"}
FILMS = {"youtube", "youtube-sc", "vimeo", "lyte"}
COUNTS = ("limit", "count", "number", "numberposts", "posts_per_page", "postsToShow")
# Of page builders: boxes around the text. The text stays; there is nothing to tell.
BOXES = re.compile(
    r"(vc|et_pb|fusion|su|av|ct|oxy|one|two|three|four|wpb)_\w+$|(row|column|col|columns|section|tabs?|box|clear|divider|spacer|center|dropcap|button|btn|toggle|accordion)$"
)
HEARD_OF = {"toc", "sic", "ref", "footnote"}


@dataclass
class Found:
    """What stood in square brackets or braces: names with how often. Of `told`, words in the attributes were kept."""

    unknown: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    positions: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)


Gallery = Callable[[list[str]], str]


@dataclass
class _Frame:
    name: str
    attributes: Mapping[str, str]
    parts: list[str]


class Shortcodes:
    """Turns the shortcodes of one text into HTML. `gallery` gives the HTML of pictures by their numbers.

    `attached` are the numbers of the entry's own pictures, which a gallery shows that names none.
    """

    def __init__(self, gallery: Gallery, attached: Callable[[str], list[str]] = lambda number: []) -> None:
        self.gallery, self.attached = gallery, attached
        self.found = Found()
        self.notes: list[str] = []

    def _asked_for(self, attributes: Mapping[str, str]) -> list[str]:
        """The pictures of a gallery: those that it names, else those of the entry, or of the one it names."""
        if numbers := _digits.findall(attributes.get("ids", "") or attributes.get("include", "")):
            return numbers
        without = set(_digits.findall(attributes.get("exclude", "")))
        return [number for number in self.attached(attributes.get("id", "")) if number not in without]

    def expand(self, text: str) -> str:
        """The text without shortcodes: linear, whatever is nested in what. In code, brackets are brackets."""
        text = _sample.sub(lambda found: _as_sample(found[2]), text)
        text = _code.sub(lambda found: _literal(_escaped(found[0])), text)
        closers = Counter(tag[3].lower() for tag in _tag.finditer(text) if tag[2])
        frames = [_Frame("", {}, [])]
        opened: Counter[str] = Counter()
        at = 0
        for tag in _tag.finditer(text):
            frames[-1].parts.append(text[at : tag.start()])
            at = tag.end()
            name = tag[3].lower()
            if tag[1] and tag[6]:
                frames[-1].parts.append(tag[0][1:-1].replace("[", "&#91;").replace("]", "&#93;"))
            elif tag[2]:
                closers[name] -= 1
                self._close(name, frames, opened)
            elif not tag[5] and closers[name] > opened[name] and len(frames) < DEEPEST and not _is_whole(name, tag[4]):
                opened[name] += 1
                frames.append(_Frame(name, _attributes(tag[4]), []))
            else:
                frames[-1].parts.append(self._single(name, tag))
        frames[-1].parts.append(text[at:])
        while len(frames) > 1:
            self._close(frames[-1].name, frames, opened)
        return _loaded.sub(self._loaded, "".join(frames[0].parts) + self._notes_below())

    def _notes_below(self) -> str:
        lines = [f'<li id="note-{number}">{words}</li>' for number, words in enumerate(self.notes, start=1)]
        return f"\n\n<ol>{''.join(lines)}</ol>" if lines else ""

    def _close(self, name: str, frames: list[_Frame], opened: Counter[str]) -> None:
        """Close the innermost frame of that name, and those that were opened in it and never closed."""
        if not opened[name]:
            self._unknown(name) if name not in OURS and not BOXES.match(name) else None
            return
        while True:
            frame = frames.pop()
            opened[frame.name] -= 1
            frames[-1].parts.append(self._paired(frame.name, frame.attributes, "".join(frame.parts)))
            if frame.name == name:
                return

    def _paired(self, name: str, attributes: Mapping[str, str], inner: str) -> str:
        if name in {"caption", "wp_caption"}:
            return _caption(attributes, inner)
        if name == "embed":
            return f"\n\n{_link(html.unescape(inner.strip()))}\n\n"
        if name in NOTES and inner.strip() and not builders.BOXED.search(inner):
            self.notes.append(inner.strip())
            return f'<sup><a href="#note-{len(self.notes)}">{len(self.notes)}</a></sup>'
        if name in {"audio", "video"}:
            return f"\n\n{_link(_source(attributes))}\n\n{inner}"
        if name in FILMS and (film := _film(name, {"": inner.strip(), **attributes})):
            return f"\n\n{_link(film)}\n\n"
        if ours := self._ours(name, attributes):
            return ours if "form" in ours else f"{ours}{inner}"
        if BOXES.match(name):
            return self._built(name, attributes, inner)
        return self._unheard(name, attributes, inner)

    def _unheard(self, name: str, attributes: Mapping[str, str], inner: str) -> str:
        """What nobody knows goes, but not the words that it was given: themes have boxes of their own."""
        built = self._built(name, attributes, inner)
        if built == inner and not inner and (address := _shown_in(attributes)):
            built = f"\n\n{_link(address)}\n\n"
        if built == inner:
            self._unknown(name)
        else:
            self.found.told[f"[{name}]"] += 1
        return built

    def _built(self, name: str, attributes: Mapping[str, str], inner: str) -> str:
        built = builders.build(name, attributes, inner, self.gallery)
        self.found.notes += built.notes
        return built.html

    def _single(self, name: str, tag: re.Match[str]) -> str:
        attributes = _attributes(tag[4])
        if name == "gallery":
            asked = self._asked_for(attributes)
            if not asked:
                self.found.notes.append(
                    "a gallery names no picture, and none that was uploaded for it is in this export"
                )
            return f"\n\n{self.gallery(asked)}\n\n"
        if name == "playlist" and (asked := _digits.findall(attributes.get("ids", ""))):
            rows = "".join(
                f'<li><a href="/?attachment_id={number}">Recording {at}</a></li>' for at, number in enumerate(asked, 1)
            )
            return f"\n\n<ul>{rows}</ul>\n\n"
        if name in {"audio", "video", "embed"} and _source(attributes):
            return f"\n\n{_link(_source(attributes))}\n\n"
        if name in FILMS and (film := _film(name, attributes)):
            return f"\n\n{_link(film)}\n\n"
        if ours := self._ours(name, attributes):
            return ours
        if BOXES.match(name):
            return self._built(name, attributes, "")
        if name in HEARD_OF or not (tag[4].strip() or tag[5] or re.search(r"[_-]|\d", name)):
            # A word in brackets, as an editor writes [sic]: text, as far as anybody can tell.
            self.found.left[name] += 1
            return tag[0].replace("[", "&#91;").replace("]", "&#93;")
        if tag[4].strip() and "=" not in tag[4] and not re.search(r"[_-]", name):
            self.found.left[name] += 1
            return tag[0].replace("[", "&#91;").replace("]", "&#93;")
        return self._unheard(name, attributes, "")

    def _unknown(self, name: str) -> None:
        self.found.unknown[f"[{name}]"] += 1

    def _ours(self, name: str, attributes: Mapping[str, str]) -> str:
        """Our position for a shortcode, with its number of entries if it takes one."""
        dashed = name.replace("_", "-")
        position = OURS.get(dashed) or (dashed if positions.get(dashed) else "")
        if not position or positions.get(position) is None:
            return ""
        count = next((attributes[key] for key in COUNTS if attributes.get(key, "").isdecimal()), "")
        limit = f" limit={int(count[:3])}" if count and "limit" in positions.get(position).arguments else ""
        self.found.positions[f"{name} → {position}"] += 1
        return f"\n\n{{loadposition {position}{limit}}}\n\n"

    def _loaded(self, found: re.Match[str]) -> str:
        """A position that was written in braces: ours stay, with arguments that they take."""
        written = _pairs.match(found[2].strip())
        name = written[1].lower().replace("_", "-") if written else ""
        block = positions.get(OURS.get(name, name)) if name else None
        if found[1].lower() != "loadposition" or block is None:
            self.found.unknown[html.unescape(found[0])[:80]] += 1
            return ""
        given = dict(pair.split("=", 1) for pair in written[2].split())
        kept = {
            key: value for key, value in given.items() if key in block.arguments and _fits(block.arguments[key], value)
        }
        for key in given.keys() - kept.keys():
            self.found.unknown[f"{{loadposition {name} {key}=…}}"] += 1
        return f"\n\n{{loadposition {' '.join([block.name, *(f'{key}={value}' for key, value in kept.items())])}}}\n\n"


def _escaped(text: str) -> str:
    """Code that shows a shortcode doubles its brackets; readers see them once."""
    return _doubled.sub(r"\1", text)


def _literal(text: str) -> str:
    return text.replace("[", "&#91;").replace("]", "&#93;").replace("{", "&#123;")


def _as_sample(text: str) -> str:
    """What a shortcode for code shows: letter by letter."""
    text = _block_tags.sub("", text).strip("\n")
    return f"\n\n<pre>{text.replace('<', '&lt;').replace('>', '&gt;')}</pre>\n\n"


def _fits(reader: Callable[[str], object], value: str) -> bool:
    try:
        reader(value)
    except (TypeError, ValueError):
        return False
    return True


def _attributes(written: str) -> dict[str, str]:
    found = {}
    for name, double, single, bare, quoted, word in _attribute.findall(
        written.replace("&quot;", '"').replace("”", '"')
    ):
        if name:
            found[name.lower()] = html.unescape(double or single or bare)
        else:
            found.setdefault("", html.unescape(quoted or word))
    return found


def _caption(attributes: Mapping[str, str], inner: str) -> str:
    """A picture, perhaps in a link, then the words; older exports give the words as an attribute."""
    picture = re.match(r"\s*((?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?)", inner, re.IGNORECASE)
    if picture is None:
        return inner
    words = attributes.get("caption", "") or inner[picture.end() :].strip()
    under = f"<figcaption>{words}</figcaption>" if words else ""
    return f"\n\n<figure>{picture[1]}{under}</figure>\n\n"


def _source(attributes: Mapping[str, str]) -> str:
    return next((attributes[key] for key in ("src", "mp4", "mp3", "m4a", "ogg", "webm", "") if attributes.get(key)), "")


def _is_whole(name: str, written: str) -> bool:
    """[youtube=…] has no end of its own, though another [youtube] of the text has one."""
    return name in FILMS and bool(written.strip())


def _film(name: str, attributes: Mapping[str, str]) -> str:
    """A film by its address or its number, as [youtube=…], [youtube id=…] or [vimeo 123] have it."""
    given = next((attributes[key] for key in ("url", "src", "id", "video", "") if attributes.get(key)), "").lstrip("=")
    address = html.unescape(given.strip().removesuffix("/"))
    if address.startswith(("http://", "https://", "//")):
        return address
    if name == "vimeo":
        return f"https://vimeo.com/{address}" if address.isdecimal() else ""
    return f"https://www.youtube.com/watch?v={address}" if re.fullmatch(r"[\w-]{6,20}", address) else ""


def _shown_in(attributes: Mapping[str, str]) -> str:
    """What a window of a plugin's shows: a document, a map, a recording."""
    found = (attributes[key] for key in ("url", "src", "file", "pdf", "href", "link", "") if attributes.get(key))
    return next((address for address in found if re.match(r"https?://\S+$", address)), "")


def _link(address: str) -> str:
    """An address alone in its line, which becomes a link with words."""
    return f"<p>{html.escape(address)}</p>" if re.match(r"(https?:/)?/\S", address) else ""
