"""Rich text: sanitized on every write, whoever wrote it and however it was written."""

import html as entities
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import nh3
from django.core.exceptions import ValidationError
from django.db import models
from django_prose_editor.fields import ProseEditorFormField

TAGS = {
    "a", "aside", "b", "blockquote", "br", "caption", "code", "col", "colgroup", "dd", "div", "dl", "dt", "em",
    "figcaption", "figure", "h2", "h3", "h4", "hr", "i", "img", "li", "ol", "p", "pre", "s", "span", "strong", "sub",
    "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "*": {"id", "lang", "dir"},
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start", "reversed"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "figure": {"data-figure"},
}
SIMPLE_TAGS = {
    "a", "b", "blockquote", "br", "em", "h2", "h3", "i", "li", "ol", "p", "strong", "sub", "sup", "table", "tbody",
    "td", "th", "thead", "tr", "ul",
}  # fmt: skip
SIMPLE_ATTRIBUTES = {
    "a": {"href"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
CLASSES = {
    "aside": {"callout", "callout--warn"},
    "p": {"lede"},
    "table": {"table"},
    "td": {"r"},
    "th": {"r"},
    "div": {"scroll"},
    "span": {"nowrap"},
    "a": {"download"},
}
# Attributes that may hold these values and no others.
VALUES = {"img": {"role": {"presentation"}}, "ol": {"type": {"a", "A", "i", "I"}}}
# Pictures come from the site alone, and from where it keeps pictures: neither another site nor an address that does
# something is asked for by a reader's browser.
PICTURES = ("/media/", "/static/")
SCHEMES = {"http", "https", "mailto", "tel"}
LONGEST = 400_000  # characters; a long article with tables has about 120,000
DEEPEST = 120  # elements one inside of another; the time to clean them grows with the square of their number

_control = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_no_picture = re.compile(r'<img(?:\s+(?!src=)[a-z-]+="[^"]*")*\s*/?>')
_empty_figure = re.compile(r"<figure>\s*</figure>")
BEFORE_SIGNS = tuple(f" {sign}" for sign in ".,;:!?)")
_element = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
# What never holds another of its kind: these have no content, or end where the next one begins.
_flat = {"br", "col", "hr", "img", "p", "li", "dd", "dt", "td", "th", "tr"}
# Marks that turn the direction of what follows; they can make text read as something else.
_bidi = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))


def clean(html: str) -> str:
    """The HTML with only what a page may hold. Links outside lose the referrer's control; scripts lose everything;
    pictures from elsewhere are dropped. What is nested beyond all measure keeps its words and loses its elements."""
    if is_too_deep(html):
        html = " ".join(_between_tags(html))
    kept = nh3.clean(
        _control.sub("", html).translate(_bidi),
        tags=TAGS,
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        allowed_classes={tag: set(names) for tag, names in CLASSES.items()},
        tag_attribute_values=VALUES,
        attribute_filter=_checked_address,
        url_schemes=SCHEMES,
        link_rel="noopener",
        strip_comments=True,
    )
    return _empty_figure.sub("", _no_picture.sub("", kept)).strip()


def clean_simple(html: str) -> str:
    """The HTML with what people write who are no editors: its structure, links and tables, no pictures or anchors."""
    return nh3.clean(
        clean(html),
        tags=SIMPLE_TAGS,
        attributes={tag: set(names) for tag, names in SIMPLE_ATTRIBUTES.items()},
        tag_attribute_values={"ol": VALUES["ol"]},
        url_schemes=SCHEMES,
        link_rel="noopener",
    ).strip()


def is_too_deep(html: str) -> bool:
    """Whether more elements than DEEPEST stand open at once; in doubt more are counted than a browser would open."""
    opened: Counter[str] = Counter()
    for closes, name in _element.findall(html):
        name = name.lower()
        if not closes and name not in _flat:
            opened[name] += 1
            if opened.total() > DEEPEST:
                return True
        elif closes and opened[name]:
            opened[name] -= 1
    return False


def _checked_address(tag: str, attribute: str, value: str) -> str | None:
    """Pictures are ours. A link to another site names its protocol: in a letter or a feed there is none to go by, and
    what begins with a slash is taken for a page of ours.
    """
    if attribute == "href" and value.startswith("//"):
        return f"https:{value}"
    if tag == "img" and attribute == "src":
        return value if value.startswith(PICTURES) and ".." not in value else None
    return value


def plain(html: str, limit: int | None = None) -> str:
    """The text without markup, on one line; cut at a word, with an ellipsis, if it is longer than the limit."""
    text = " ".join(entities.unescape(" ".join(_between_tags(html))).split())
    for before in BEFORE_SIGNS:
        text = text.replace(before, before[1:])
    if limit is None or len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def _between_tags(html: str) -> Iterator[str]:
    """What stands between tags. By plain steps: pages ask this of abstracts while somebody waits."""
    at = 0
    while (begins := html.find("<", at)) >= 0 and (ends := html.find(">", begins)) >= 0:
        yield html[at:begins]
        at = ends + 1
    yield html[at:]


# What the editor knows of the library's own; static/js/prose/extensions.js adds what the library has not.
EXTENSIONS: dict[str, Any] = {
    "Bold": True,
    "Italic": True,
    "Superscript": True,
    "Subscript": True,
    "Heading": {"levels": [2, 3, 4]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "HorizontalRule": True,
    "HardBreak": True,
    "Link": {"enableTarget": False},
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "Underline": True,
    "Strike": True,
    "Code": True,
    "CodeBlock": True,
    "History": True,
    "NoSpellCheck": False,
}


class RichTextField(models.TextField):
    """HTML that is sanitized whenever it is written: save(), update() and bulk_create() alike."""

    def clean(self, value: Any, model_instance: models.Model | None) -> str:
        if value and len(value) > LONGEST:
            raise ValidationError(f"This text has {len(value):,} characters; at most {LONGEST:,} are kept.")
        if value and is_too_deep(value):
            raise ValidationError(
                f"More than {DEEPEST} elements of this text stand one inside of another. Please paste it as plain text."
            )
        return super().clean(clean(value or ""), model_instance)

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return clean(value) if isinstance(value, str) else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Keep the object in memory equal to the row."""
        value = getattr(model_instance, self.attname)
        if isinstance(value, str):
            value = clean(value)
            setattr(model_instance, self.attname, value)
        return value

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(
            **{"form_class": ProseEditorFormField, "config": {"extensions": EXTENSIONS}, "preset": "site", **kwargs}
        )
