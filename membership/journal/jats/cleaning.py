"""What may stand in the HTML of an article. The rules write nothing else; this holds whatever a file may hold."""

import nh3

from . import formulas

TAGS = frozenset(
    {"a", "aside", "b", "blockquote", "br", "caption", "cite", "code", "dd", "div", "dl", "dt", "em", "figcaption"}
    | {
        "figure",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "li",
        "ol",
        "p",
        "pre",
        "s",
        "section",
        "span",
        "strong",
    }
    | {"sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul"}
)
ATTRIBUTES: dict[str, set[str]] = {
    "*": {"id", "lang", "dir", "aria-label"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"type", "start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
VALUES: dict[str, dict[str, set[str]]] = {
    "div": {"role": {"region"}, "tabindex": {"0"}},
    "img": {"loading": {"lazy"}},
}
CLASSES = {
    "a": {"cited", "back", "download", "zoom", "address"},
    "aside": {"callout"},
    "div": {"scroll", "formula", "supplement", "note-line", "table-notes"},
    "figure": {"table-figure", "figures"},
    **dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), {"own"}),
    "ol": {"refs"},
    "p": {"not-delivered", "table-tools", "byline"},
    "span": {"formula", "number", "own", "ways-back", "not-delivered"},
    "table": {"table"},
    **dict.fromkeys(("td", "th"), {"end", "middle"}),
    "ul": {"bare"},
}
# Pictures come from the article's own files alone; see membership/journal/urls.py.
PICTURES = "/journal/"


def clean(html: str) -> str:
    """The HTML with only what an article may hold; scripts and styles lose everything, other elements their tags."""
    return nh3.clean(
        html,
        tags=set(TAGS | formulas.ELEMENTS),
        attributes={**ATTRIBUTES, **{name: set(formulas.ATTRIBUTES) for name in formulas.ELEMENTS}},
        tag_attribute_values=VALUES,
        allowed_classes=CLASSES,
        attribute_filter=_only_own_pictures,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener",
        strip_comments=True,
    )


def _only_own_pictures(tag: str, attribute: str, value: str) -> str | None:
    if tag == "img" and attribute == "src":
        return value if value.startswith(PICTURES) and ".." not in value and "//" not in value else None
    return value
