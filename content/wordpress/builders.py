"""What page builders keep in attributes: headings, questions, buttons, pictures and words, as HTML in their order.

No list of builders: WPBakery, Divi, Avada and those that come after them give their attributes names that say what is
in them, so the names decide. What a name does not explain is taken for words when it reads like words.
"""

import base64
import binascii
import html
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

HEADINGS = ("title", "heading", "h2", "head", "tab_title", "question")
LINES = (
    "h4", "subhead", "subheading", "subtitle", "sub_title", "job_title", "position", "profession", "company",
    "description", "content", "desc", "quote", "price", "per", "percent", "label", "caption", "answer",
)  # fmt: skip
NAMES = ("name", "author", "full_name")
PICTURES = (
    "image",
    "images",
    "image_url",
    "image_id",
    "src",
    "picture",
    "photo",
    "photo_url",
    "portrait_url",
    "gallery_ids",
)
LABELS = ("button_text", "btn_title", "button_one_text", "button_label", "link_text", "more_text", "read_more_text")
TARGETS = ("button_url", "btn_link", "button_one_url", "button_link", "link_url", "url", "href", "link")
FILMS = ("youtube_url", "vimeo_url", "video_url", "video", "src", "link", "id")
# Technical: what they hold is for machines, whatever it reads like.
QUIET = re.compile(
    r"(^|_)(class|id|css|style|color|font|size|width|height|align|alignment|animation|icon|type|tag|bg|background|background_image|margin|"
    r"padding|border|module|admin_label|el|layout|target|rel|container|template|unit|use|show|hide|hover|effect|speed|"
    r"shape|position_x|position_y|parallax|global|version|order|orderby|ids|slug|date|format|lang|title_text|alt)(_|$)"
)
LAYOUT = {
    "left", "right", "center", "top", "bottom", "middle", "none", "yes", "no", "on", "off", "true", "false", "default",
    "full", "auto", "inline", "block", "0", "1",
}  # fmt: skip
STYLED = re.compile(r"[{}|]|:\s*[\w#-]+;|^\s*#|\bpx\b|^https?://\S+$|^[\w.-]+$")
LEVEL = re.compile(r"tag:(h[1-6])")
_word = re.compile(r"[^\W\d_]{2,}")  # two letters, so that no unit or sign is one
_letters = re.compile(r"[A-Za-z0-9+/=\s]{16,}$")
_button = re.compile(r"(^|_)(btn|button)s?($|_|\d)")
_image = re.compile(r"(^|_)(image|img|imageframe|picture|photo|gallery|carousel)s?($|_)")
_film = re.compile(r"(^|_)(video|youtube|vimeo)($|_)")
_field = re.compile(r"(contact|form)_field")
_raw = re.compile(r"(^|_)(raw|code)(_|$)")


@dataclass
class Built:
    """The HTML that a builder's shortcode stands for; `notes` are sentences about what could not be read."""

    html: str
    notes: list[str] = field(default_factory=list)


def build(name: str, attributes: Mapping[str, str], inner: str, pictures: Callable[[list[str]], str]) -> Built:
    """One shortcode of a page builder with what its attributes say, before and after what stands in it."""
    given = {key: plain_value(value) for key, value in attributes.items() if key and value.strip()}
    if _raw.search(name):
        return _decoded(name, inner)
    if _button.search(name) and (address := _target(given)):
        label = _first(given, ("title", "text", *LABELS)) or inner
        return Built(f"\n\n{link(address, label)}\n\n")
    if _film.search(name) and (film := _film_of(name, given)):
        return Built(f"\n\n<p>{html.escape(film)}</p>\n\n{inner}")
    if _field.search(name):
        return Built(inner)
    before = [_heading(name, given), _picture(name, given, pictures), *_lines(given)]
    after = [_signature(given), _button_of(given)]
    if not any(before + after):
        return Built(inner)
    return Built("\n\n" + "\n\n".join(part for part in (*before, inner, *after) if part) + "\n\n")


def plain_value(value: str) -> str:
    """An attribute as it was typed: Divi writes quotes and brackets as percent signs, others the whole of it."""
    for written, sign in (("%22", '"'), ("%91", "["), ("%93", "]"), ("``", '"'), ("`{`", "["), ("`}`", "]")):
        value = value.replace(written, sign)
    return unquote(value) if re.search(r"%[0-9A-Fa-f]{2}", value) and " " not in value else value


def link(address: str, words: str) -> str:
    """A paragraph with a link; without an address only its words."""
    words = words.strip() or html.escape(re.sub(r"^https?://(www\.)?", "", address).rstrip("/"))
    if not re.match(r"(https?:/)?/\S|mailto:|tel:|#", address):
        return f"<p>{words}</p>"
    return f'<p><a href="{html.escape(address)}">{words}</a></p>'


def _first(given: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((given[name] for name in names if given.get(name)), "")


def _target(given: Mapping[str, str]) -> str:
    """Where a button leads; WPBakery packs it as url:…|title:…|target:…."""
    value = _first(given, TARGETS)
    packed = re.match(r"(?:.*\|)?url:([^|]*)", value)
    return unquote(packed[1]) if packed else value


def _heading(name: str, given: Mapping[str, str]) -> str:
    words = _first(given, HEADINGS)
    if not words and re.search(r"heading|title|separator|header", name):
        words = given.get("text", "")
    if not words or _image.search(name):
        return ""
    level = LEVEL.search(given.get("font_container", "")) or re.fullmatch("(h[1-6])", _first(given, ("tag", "size")))
    tag = level[1] if level else "h3"
    return f"<{tag}>{words}</{tag}>"


def _picture(name: str, given: Mapping[str, str], pictures: Callable[[list[str]], str]) -> str:
    value = _first(given, PICTURES)
    if not value or _film.search(name):
        return ""
    if re.fullmatch(r"[\d\s,]+", value):
        return pictures(re.findall(r"\d+", value))
    if not re.match(r"(https?:/)?/\S", value):
        return ""
    words = html.escape(_first(given, ("alt", "title_text", "name")))
    return f'<figure><img src="{html.escape(value)}" alt="{words}"></figure>'


def _lines(given: Mapping[str, str]) -> Iterator[str]:
    """Words under a heading, one paragraph each; of other names, what reads like words."""
    known = {*HEADINGS, *NAMES, *PICTURES, *LABELS, *TARGETS, "text"}
    for name, value in given.items():
        if name in LINES or (name == "text" and _first(given, HEADINGS)):
            if value.lower() not in LAYOUT:
                yield f"<p>{value}</p>"
        elif name not in known and _reads_like_words(name, value):
            yield f"<p>{value}</p>"


def count_words(text: str) -> int:
    """How many words stand in a value that may be none."""
    return len(_word.findall(text))


def _reads_like_words(name: str, value: str) -> bool:
    return not QUIET.search(name) and not STYLED.search(value) and count_words(value) > 2


def _signature(given: Mapping[str, str]) -> str:
    name = _first(given, NAMES)
    return f"<p>{name}</p>" if count_words(name) > 1 else ""


def _button_of(given: Mapping[str, str]) -> str:
    label, address = _first(given, LABELS), _target(given)
    return link(address, label) if label else ""


def _film_of(name: str, given: Mapping[str, str]) -> str:
    value = _first(given, FILMS)
    if re.match(r"https?://\S+", value):
        return value
    if re.fullmatch(r"[\w-]{6,20}", value) and "youtube" in name:
        return f"https://www.youtube.com/watch?v={value}"
    return f"https://vimeo.com/{value}" if value.isdecimal() and "vimeo" in name else ""


def _decoded(name: str, inner: str) -> Built:
    """Raw HTML that a builder keeps enciphered; letters that are no text are never shown."""
    written = re.sub(r"<[^>]*>|\s", "", html.unescape(inner))
    if not _letters.match(written):
        return Built(inner)
    try:
        text = unquote(base64.b64decode(written, validate=True).decode("utf-8"))
    except (binascii.Error, UnicodeDecodeError, ValueError):
        text = ""
    if not text or not text.isprintable() and not re.search(r"[<\s]", text):
        return Built("", [f"what [{name}] held cannot be read; it was left out"])
    return Built(f"\n\n{text}\n\n")


# Elementor -----------------------------------------------------------------------------------------------------------
def from_elementor(written: str) -> str:
    """The text of a page that Elementor keeps in a field of its own, as HTML; empty when it holds nothing readable."""
    try:
        data = json.loads(written)
    except (ValueError, RecursionError):
        return ""
    return "\n\n".join(_elements(data, 0))


def _elements(data: Any, depth: int) -> Iterator[str]:
    if isinstance(data, list):
        for one in data:
            yield from _elements(one, depth)
    elif isinstance(data, dict) and depth < 40:
        if isinstance(data.get("settings"), dict) and data.get("elType") == "widget":
            yield from _widget(str(data.get("widgetType", "")), data["settings"])
        yield from _elements(data.get("elements"), depth + 1)


def _widget(kind: str, settings: Mapping[str, Any]) -> Iterator[str]:
    """One widget: its heading, its words, its picture, its entries, its button."""
    said = {name: value for name, value in settings.items() if isinstance(value, str) and value.strip()}
    heading = _first(said, ("title", "title_text", "tab_title", "heading", "alert_title", "ribbon_title"))
    if kind == "button":
        yield link(_address(settings.get("link")), said.get("text", ""))
        return
    if heading:
        tag = said.get("header_size", "h2" if kind == "heading" else "h3")
        tag = tag if re.fullmatch(r"h[1-6]", tag) else "p"
        yield f"<{tag}>{heading}</{tag}>"
    yield from _pictures_of(settings)
    for name in (
        "editor", "html", "shortcode", "description_text", "description", "tab_content", "alert_description", "content",
        "testimonial_content", "testimonial_name", "testimonial_job", "text", "caption", "price", "sub_heading",
    ):  # fmt: skip
        if said.get(name):
            yield said[name] if "<" in said[name] or name == "shortcode" else f"<p>{said[name]}</p>"
    for name in ("youtube_url", "vimeo_url"):
        if kind == "video" and said.get(name):
            yield f"<p>{html.escape(said[name])}</p>"
    for entries in (value for value in settings.values() if isinstance(value, list)):
        for entry in entries:
            if isinstance(entry, dict):
                yield from _widget("entry", entry)
    if said.get("button_text"):
        yield link(_address(settings.get("link") or settings.get("button_link")), said["button_text"])


def _pictures_of(settings: Mapping[str, Any]) -> Iterator[str]:
    for value in (settings.get("image"), *_listed(settings.get("gallery")), *_listed(settings.get("wp_gallery"))):
        if isinstance(value, dict) and (value.get("url") or value.get("id")):
            number, address = value.get("id") or "", html.escape(str(value.get("url", "")))
            yield f'<figure><img class="wp-image-{number}" src="{address}" alt=""></figure>'


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _address(value: Any) -> str:
    return str(value.get("url", "")) if isinstance(value, dict) else ""
