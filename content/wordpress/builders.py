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

HEADINGS = (
    "title", "heading", "h2", "head", "tab_title", "question", "main_heading", "headline", "list_title",
    "counter_title", "box_title", "section_title", "block_title", "primary_title",
)  # fmt: skip
LINES = (
    "h4", "subhead", "subheading", "subtitle", "sub_title", "job_title", "position", "profession", "company",
    "description", "content", "desc", "quote", "price", "label", "caption", "answer", "company_name",
)  # fmt: skip
# Of other names, those that speak of words by themselves; one word is enough in them.
WORDED = re.compile(r"(^|_)(titles?|heading|headline|subtitle|question|answer|caption|message|quote|description)$")
NAMES = ("name", "author", "full_name")
PICTURES = (
    "image",
    "images",
    "image_url",
    "image_id",
    "custom_src",
    "img_url",
    "src",
    "picture",
    "photo",
    "photo_url",
    "portrait_url",
    "gallery_ids",
)
LABELS = (
    "button_text", "btn_title", "button_one_text", "button_label", "btn_text", "link_text", "linktext", "link_label",
    "more_text", "read_more_text", "read_text", "buttontext", "cta_text", "button",
)  # fmt: skip
TARGETS = ("button_url", "btn_link", "button_one_url", "button_link", "link_url", "url", "href", "link", "btn_url")
SECOND = (
    ("button_two_text", "button_two_url"),
    ("button2_text", "button2_url"),
    ("second_button_text", "second_button_url"),
)
# A number is what these show, with what stands before and after it.
FIGURES = re.compile(r"(^|_)(counters?|counter_box|count|progress|pie|chart|price|pricing|stat|stats|skill|bar)(_|$)")
NUMBERS = ("label_value", "counter_value", "number", "percent", "percentage", "sum", "value", "count", "price")
BEFORE, AFTER = ("currency", "prefix", "counter_prefix"), ("unit", "units", "suffix", "counter_suffix")
FILMS = ("youtube_url", "vimeo_url", "video_url", "video", "src", "link", "id")
# Technical: what they hold is for machines, whatever it reads like.
QUIET = re.compile(
    r"(^|_)(class(es)?|id|css|style|color|font|size|width|height|align|alignment|animation|icon|type|tag|bg|background|background_image|margin|"
    r"padding|border|module|admin_label|el|layout|target|rel|container|template|unit|use|show|hide|hover|effect|speed|"
    r"shape|position_x|position_y|parallax|global|version|order|orderby|ids|slug|date|format|lang|title_text|alt)(_|$)"
)
LAYOUT = {
    "left", "right", "center", "top", "bottom", "middle", "none", "yes", "no", "on", "off", "true", "false", "default",
    "full", "auto", "inline", "block", "0", "1",
}  # fmt: skip
STYLED = re.compile(r"^\[|[{}|]|:\s*[\w#-]+;|^\s*#|\bpx\b|^https?://\S+$|^[\w.-]+$")
LEVEL = re.compile(r"tag:(h[1-6])")
DEEPEST = 80  # levels of a list in a list
FEWEST_GAPS = 4  # spaces in what is taken for a sentence
_word = re.compile(r"[^\W\d_]{2,}")  # two letters, so that no unit or sign is one
_tags = re.compile(r"<[^>]*>")
_letters = re.compile(r"[A-Za-z0-9+/=\s]{16,}$")
_button = re.compile(r"(^|_)(btn|button)s?($|_|\d)")
_bracket = re.compile(r"(?<!%[89A-Fa-f][0-9A-Fa-f])%9[13]")  # but not of a letter that is written in several
_inline = re.compile(r"(^|_)(tooltip|popover)$")
_person = re.compile(r"(^|_)(person|team_member|member|staff)$")
_network = re.compile(r"(^|_)(social\w*|network|follow)($|_)")
BOXED = re.compile(r"<(?:p|div|h[1-6]|ul|ol|table|figure|blockquote)\b", re.IGNORECASE)
_safe = re.compile(r"^#E-8_([A-Za-z0-9+/=%]+)$")
_dynamic = re.compile(r"@ET-DC@([A-Za-z0-9+/=_-]+)@")
_image = re.compile(r"(^|_)(image|img|imageframe|picture|photo|gallery|carousel)s?($|_)")
_film = re.compile(r"(^|_)(video|youtube|vimeo)($|_)")
_field = re.compile(r"(contact|form)_field")
_headed = re.compile(r"heading|title|separator|header")
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
    if name.endswith("li_item"):
        return Built(f"<li>{inner}</li>")
    if name.endswith("checklist"):
        return Built(f"\n\n<ul>{inner}</ul>\n\n")
    if _inline.search(name):
        said = _first(given, ("title", "content", "text"))
        return Built(f"{inner} ({said})" if said and inner.strip() else inner or said)
    if (_button.search(name) or _network.search(name)) and (address := _target(given)):
        label = inner if _network.search(name) else _first(given, ("title", "text", *LABELS)) or inner
        return Built(f"\n\n{link(address, label)}\n\n")
    if _film.search(name) and (film := _film_of(name, given)):
        return Built(f"\n\n<p>{html.escape(film)}</p>\n\n{inner}")
    if _field.search(name):
        return Built(inner)
    if "ct_options" in given:
        return _of_oxygen(name, given["ct_options"], inner)
    if _image.search(name) and re.fullmatch(r"\s*https?://\S+\s*", inner):
        given, inner = {**given, "src": html.unescape(inner.strip())}, ""
    if (
        name.endswith(("_title", "_heading"))
        and inner.strip()
        and not BOXED.search(inner)
        and not _first(given, HEADINGS)
    ):
        return Built(f"\n\n<{_level(given)}>{inner}</{_level(given)}>\n\n")
    if _person.search(name) and given.get("name") and given.get("title"):
        given = {**given, "title": given["name"], "name": "", "position": given["title"]}
    before = [
        _heading(name, given), _picture(name, given, pictures), _figure(name, given), *_lines(name, given),
        *_listed_words(given), *_packed(given),
    ]  # fmt: skip
    after = [_signature(given), *_buttons_of(given)]
    if not any(before + after):
        return Built(inner)
    return Built("\n\n" + "\n\n".join(part for part in (*before, inner, *after) if part) + "\n\n")


def _of_oxygen(name: str, written: str, inner: str) -> Built:
    """A part of Oxygen's, whose settings stand in one attribute; its words stand in it."""
    try:
        options = json.loads(written)
    except (ValueError, RecursionError):
        options = {}
    said = options.get("original") if isinstance(options, dict) else None
    given = (
        {key: value for key, value in (said or {}).items() if isinstance(value, str)} if isinstance(said, dict) else {}
    )
    if "link" in name and given.get("url") and not BOXED.search(inner):
        return Built(f"\n\n{link(given['url'], inner)}\n\n")
    if "headline" in name or re.fullmatch(r"h[1-6]", given.get("tag", "")):
        tag = given.get("tag", "h2") if re.fullmatch(r"h[1-6]", given.get("tag", "h2")) else "p"
        return Built(f"\n\n<{tag}>{inner}</{tag}>\n\n")
    if given.get("src"):
        source, words = html.escape(given["src"]), html.escape(given.get("alt", ""))
        return Built(f'\n\n<figure><img src="{source}" alt="{words}"></figure>\n\n')
    return Built(f"\n\n{inner}\n\n")


def without_letters(text: str, notes: list[str]) -> str:
    """The text without what Divi fills by itself and keeps enciphered: a link to an entry stays, the rest is told."""

    def put(found: re.Match[str]) -> str:
        said = _dynamic_of(found[1])
        number = str(said.get("settings", {}).get("post_id", "")) if isinstance(said.get("settings"), Mapping) else ""
        if str(said.get("content", "")).startswith("post_link_url") and number.isdecimal():
            return f"/?p={number}"
        what = str(said.get("content", "")).replace("_", " ")[:60] or "something"
        notes.append(f"its page builder filled in {what} by itself; it was left out")
        return ""

    return _dynamic.sub(put, text)


def _dynamic_of(written: str) -> Mapping[str, Any]:
    try:
        said = json.loads(base64.b64decode(written + "=" * (-len(written) % 4), altchars=b"-_"))
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _figure(name: str, given: Mapping[str, str]) -> str:
    """The number that a counter, a bar or a price shows: $250 / year, 80%, 12+."""
    number = _first(given, NUMBERS) if FIGURES.search(name) else ""
    if not number or not re.search(r"\d", number) or len(number) > 40:
        return ""
    unit = _first(given, AFTER)
    if not unit and ("percent" in given or "percentage" in given) and "%" not in number:
        unit = "%"
    unit = unit or ("%" if given.get("percent_sign") == "on" else "")
    per = f" / {given['per']}" if given.get("per") else ""
    return f"<p>{_first(given, BEFORE)}{number}{'' if unit in number else unit}{per}</p>"


def _listed_words(given: Mapping[str, str]) -> Iterator[str]:
    """Bars and points of which a builder keeps a list in one attribute."""
    for value in given.values():
        if not value.startswith("[{"):
            continue
        try:
            rows = json.loads(value)
        except (ValueError, RecursionError):
            continue
        for row in rows if isinstance(rows, list) else ():
            words = [str(row[key]) for key in row if not QUIET.search(key) and isinstance(row[key], (str, int, float))]
            shown = [word for word in words if word.strip() and not word.startswith(("#", "http", "url:"))]
            if shown:
                yield f"<p>{': '.join(shown)}</p>"


def _packed(given: Mapping[str, str]) -> Iterator[str]:
    """HTML that a builder keeps enciphered in an attribute, such as the window of a map."""
    for value in given.values():
        if found := _safe.match(value):
            yield _decoded("", found[1]).html


def _level(given: Mapping[str, str]) -> str:
    level = LEVEL.search(given.get("font_container", "")) or re.fullmatch(
        "h?([1-6])", _first(given, ("tag", "title_level", "heading_tag", "size"))
    )
    return f"h{level[1].removeprefix('h')}" if level else "h3"


def plain_value(value: str) -> str:
    """An attribute as it was typed: Divi writes quotes and brackets as percent signs, others the whole of it."""
    for written, sign in (("%22", '"'), ("``", '"'), ("`{`", "["), ("`}`", "]")):
        value = value.replace(written, sign)
    value = _bracket.sub(lambda found: "[" if found[0] == "%91" else "]", value)
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
    words = _first({key: value for key, value in given.items() if value.lower() not in LAYOUT}, HEADINGS)
    if not words and _headed.search(name):
        words = given.get("text", "")
    if not words or _image.search(name):
        return ""
    address = "" if _first(given, LABELS) else _target(given)
    if re.match(r"(https?:/)?/\S", address) and "<a" not in words:
        words = f'<a href="{html.escape(address)}">{words}</a>'
    return f"<{_level(given)}>{words}</{_level(given)}>"


def _picture(name: str, given: Mapping[str, str], pictures: Callable[[list[str]], str]) -> str:
    value = _first(given, PICTURES)
    if not value or _film.search(name):
        return ""
    if re.fullmatch(r"[\d\s,]+(\|\w*)?", value):
        return pictures(re.findall(r"\d+", value.split("|")[0]))
    if not re.match(r"(https?:/)?/\S", value):
        return ""
    words = html.escape(_first(given, ("alt", "title_text", "name")))
    return f'<figure><img src="{html.escape(value)}" alt="{words}"></figure>'


def _lines(box: str, given: Mapping[str, str]) -> Iterator[str]:
    """Words under a heading, one paragraph each; of other names, what reads like words."""
    known = {*NAMES, *PICTURES, *LABELS, *TARGETS, *(name for pair in SECOND for name in pair), "text"}
    heading = next((name for name in HEADINGS if given.get(name) and given[name].lower() not in LAYOUT), "")
    known |= {heading} if not _image.search(box) else set(HEADINGS)
    if FIGURES.search(box):
        known |= {*NUMBERS, *BEFORE, *AFTER, "per"}
    for name, value in given.items():
        is_text = name == "text" and (_first(given, HEADINGS) or (count_words(value) > 2 and not _headed.search(box)))
        if name in LINES or is_text:
            if value.lower() not in LAYOUT:
                yield f"<p>{value}</p>"
        elif name not in known and (_reads_like_words(name, value) or _speaks(name, value)):
            yield f"<p>{value}</p>"


def count_words(text: str) -> int:
    """How many words stand in a value that may be none."""
    return len(_word.findall(text))


def _reads_like_words(name: str, value: str) -> bool:
    return not QUIET.search(name) and not STYLED.search(value) and count_words(value) > 2


def _speaks(name: str, value: str) -> bool:
    if not WORDED.search(name) or QUIET.search(name.removesuffix("_title")) or value.lower() in LAYOUT:
        return False
    return bool(count_words(value)) and not re.search(r"^\[|[{}|]|^#|^https?://\S+$|[\w-]+:[\w#-]+;", value)


def _signature(given: Mapping[str, str]) -> str:
    name = _first(given, NAMES)
    return f"<p>{name}</p>" if count_words(name) > 1 else ""


def _buttons_of(given: Mapping[str, str]) -> Iterator[str]:
    label, address = _first(given, LABELS), _target(given)
    if label and label.lower() not in LAYOUT:
        yield link(address, label)
    for words, target in SECOND:
        if given.get(words):
            yield link(given.get(target, ""), given[words])


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
def from_elementor(written: str, *, is_all: bool = True) -> str:
    """The text of a page that Elementor keeps in a field of its own, as HTML; empty when it holds nothing readable.

    `is_all`: the page itself says nothing, so that what only reads like words is taken for words, too.
    """
    try:
        data = json.loads(written)
    except (ValueError, RecursionError):
        return ""
    return "\n\n".join(_elements(data, 0, is_all))


def is_readable(written: str) -> bool:
    """Whether a field of Elementor's holds what it should."""
    try:
        json.loads(written)
    except (ValueError, RecursionError):
        return False
    return True


def kept_beside(written: str, shown: str) -> list[str]:
    """The sentences in Elementor's field that the page's own text does not hold: of widgets that nothing drew."""
    try:
        data = json.loads(written)
        said = dict.fromkeys(_sentences(data, "", 0))
    except (ValueError, RecursionError):
        return []
    held = _squeezed(shown)
    return [text for text in said if _squeezed(text) not in held]


def _sentences(data: Any, name: str, depth: int) -> Iterator[str]:
    """What reads like a sentence, wherever a widget keeps it; settings for machines are passed over as a whole."""
    if depth > DEEPEST or QUIET.search(name):
        return
    if isinstance(data, Mapping):
        for key, value in data.items():
            yield from _sentences(value, str(key), depth + 1)
    elif isinstance(data, list):
        for one in data:
            yield from _sentences(one, name, depth + 1)
    elif isinstance(data, str) and data.count(" ") >= FEWEST_GAPS:
        text = " ".join(html.unescape(_tags.sub(" ", data)).split())
        if text.count(" ") >= FEWEST_GAPS and _reads_like_words(name, text):
            yield text


def _squeezed(text: str) -> str:
    return "".join(_word.findall(text.lower()))


def _elements(data: Any, depth: int, is_all: bool) -> Iterator[str]:
    if isinstance(data, list):
        for one in data:
            yield from _elements(one, depth, is_all)
    elif isinstance(data, dict) and depth < 40:
        settings = data.get("settings")
        titles: list[str] = []
        if isinstance(settings, dict) and data.get("elType") == "widget":
            if isinstance(data.get("elements"), list) and data["elements"]:  # each title above what it opens
                titles = [
                    str(row.get("item_title") or row.get("tab_title") or "") for row in _rows(settings.get("items"))
                ]
                settings = {name: value for name, value in settings.items() if name != "items"}
            yield from _widget(str(data.get("widgetType", "")), settings, is_all)
        for number, inner in enumerate(_listed(data.get("elements"))):
            if number < len(titles) and titles[number]:
                yield f"<h3>{titles[number]}</h3>"
            yield from _elements(inner, depth + 1, is_all)


# The names by which widgets keep their words, in the order in which they are read.
HEADS = ("title", "title_text", "tab_title", "item_title", "heading", "alert_title", "ribbon_title", "title_text_a")
WORDS = (
    "before_text", "highlighted_text", "after_text", "editor", "html", "shortcode", "description_text", "description",
    "description_text_a", "title_text_b", "description_text_b", "tab_content", "item_content", "alert_description",
    "content", "testimonial_content", "testimonial_name", "testimonial_job", "blockquote_content", "author_name",
    "item_text", "item_description", "text", "inner_text", "caption", "sub_heading", "footer_additional_info",
)  # fmt: skip
PUSHED = ("button_text", "button", "btn_text", "link_text", "read_more_text")
CURRENCIES = {"dollar": "$", "euro": "€", "pound": "£"}


def _widget(kind: str, settings: Mapping[str, Any], is_all: bool) -> Iterator[str]:
    """One widget: its heading, its words, its picture, its entries, its button; what no list names by how it reads."""
    said = {name: str(value) for name, value in settings.items() if isinstance(value, str | int) and str(value).strip()}
    heading = _first(said, HEADS)
    address = _address(settings.get("link"))
    if kind == "button":
        yield link(address, said.get("text", ""))
        return
    label = _first(said, PUSHED)
    is_person = kind == "entry" and said.get("content") and said.get("name")
    if heading and not is_person:
        tag = said.get("header_size", "h2" if kind == "heading" else "h3")
        tag = tag if re.fullmatch(r"h[1-6]", tag) else "p"
        linked = address and not label and kind not in {"image", "video"} and "<a" not in heading
        yield (
            f'<{tag}><a href="{html.escape(address)}">{heading}</a></{tag}>' if linked else f"<{tag}>{heading}</{tag}>"
        )
    yield from _pictures_of(settings, said.get("caption", ""))
    yield from _numbers_of(kind, settings, said)
    read = {*HEADS[:1], *PUSHED, "caption", "price"} if not is_person else {"caption"}
    for name in WORDS:
        if said.get(name) and said[name] != heading and not (name == "caption" and settings.get("image")):
            read.add(name)
            if name == "text" and address and not label and "<" not in said[name]:
                yield link(address, said[name])
            else:
                yield said[name] if "<" in said[name] or name == "shortcode" else f"<p>{said[name]}</p>"
    if is_person:
        yield f"<p>{', '.join(filter(None, (said.get('name'), said.get('title'))))}</p>"
    for name, value in said.items():
        if is_all and name not in {*read, *HEADS, *WORDS} and _reads_like_words(name, value):
            yield f"<p>{value}</p>"
    for name in ("youtube_url", "vimeo_url"):
        if kind == "video" and said.get(name):
            yield f"<p>{html.escape(said[name])}</p>"
    for entries in (value for value in settings.values() if isinstance(value, list)):
        for entry in entries:
            if isinstance(entry, dict):
                yield from _widget("entry", entry, is_all)
    if label:
        yield link(address or _address(settings.get("button_link")), label)


def _numbers_of(kind: str, settings: Mapping[str, Any], said: Mapping[str, str]) -> Iterator[str]:
    """What a counter counts up to, how far a bar goes, what something costs."""
    percent = settings.get("percent")
    if kind == "counter" and said.get("ending_number"):
        yield f"<p>{said.get('prefix', '')}{said['ending_number']}{said.get('suffix', '')}</p>"
    elif kind == "progress" and isinstance(percent, dict) and percent.get("size"):
        yield f"<p>{percent['size']}%</p>"
    elif said.get("price"):
        sign = CURRENCIES.get(said.get("currency_symbol", ""), said.get("currency_symbol_custom", ""))
        per = f" / {said['period']}" if said.get("period") else ""
        yield f"<p>{sign}{said['price']}{per}</p>"


def _rows(value: Any) -> list[Mapping[str, Any]]:
    return [row for row in _listed(value) if isinstance(row, dict)]


def _pictures_of(settings: Mapping[str, Any], caption: str) -> Iterator[str]:
    shown = [settings.get("image"), *_listed(settings.get("gallery")), *_listed(settings.get("wp_gallery"))]
    for place, value in enumerate(shown):
        if isinstance(value, dict) and (value.get("url") or value.get("id")):
            number, address = value.get("id") or "", html.escape(str(value.get("url", "")))
            under = f"<figcaption>{caption}</figcaption>" if caption and place == 0 else ""
            yield f'<figure><img class="wp-image-{number}" src="{address}" alt="">{under}</figure>'


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _address(value: Any) -> str:
    return str(value.get("url", "")) if isinstance(value, dict) else ""
