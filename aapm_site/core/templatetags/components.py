"""Buttons, notes, tables, cards and blank slates: the components that stand around markup of the page, as block tags.

The first three stand on a page many times and are put together here: an include costs five times as much. The others
are templates in templates/components. /styleguide/ shows all of them.

    {% button %}Send to review{% endbutton %}
    {% button "careers:job-edit" job.public_id kind="quiet" size="s" about=job.title %}Edit{% endbutton %}
    {% note "good" "Done." %}Your position is live. <a href="…">See it</a>{% endnote %}
    {% table "Rates" %}<thead>…</thead><tbody>…</tbody>{% endtable %}
    {% card "What happens next" wash=True %}A person reads it.{% endcard %}
    {% blank_slate url="/ask/" label="Ask us" %}No rates are set at the moment.{% endblank_slate %}

What else an element needs is named as it is in HTML, with underscores for hyphens: `name="step"`, `aria_busy="true"`,
`data_kind=kind`. True stands for an attribute without a value; what is empty is left out.
"""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from .ui import icon as drawn

register = template.Library()

TONE_ICONS = {"": "info", "good": "check", "warn": "alert", "bad": "alert"}
BLOCKS = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "div", "section", "form", "details", "table")
BEGINNINGS = tuple(f"<{name}{after}" for name in BLOCKS for after in (" ", ">", "\n"))


def _attribute(name: str, value: Any) -> str:
    if value is None or value is False or value == "":
        return ""
    written = name.replace("_", "-")
    return f" {written}" if value is True else f' {written}="{conditional_escape(value)}"'


def _attributes(given: dict[str, Any]) -> str:
    return "".join(_attribute(name, value) for name, value in given.items())


def _classes(*words: Any) -> str:
    return str(conditional_escape(" ".join(str(word) for word in words if word)))


@register.simple_block_tag
def button(
    content: SafeString,
    to: str = "",
    *args: Any,
    url: str = "",
    query: str = "",
    fragment: str = "",
    kind: str = "",
    size: str = "",
    wide: bool = False,
    about: Any = "",
    extra_class: str = "",
    **attributes: Any,
) -> SafeString:
    """Something to press, with a verb; one main button a view.

    It leads to the address named `to` with its arguments, or to `url`, with what follows the ? and the #; without
    either it sends its form. kind: "" main, "quiet", "danger" (always leads to a confirmation page), "text" (reads as
    a link). size: "s", in rows only. about: what it is about, said to screen readers.
    """
    base = "btn--text" if kind == "text" else "btn"
    looks = (
        f"btn--{kind}" if kind and kind != "text" else "",
        "btn--s" if size == "s" else "",
        "btn--wide" if wide else "",
    )
    words = content.strip() + (f'<span class="vh">: {conditional_escape(about)}</span>' if about else "")
    address = reverse(to, args=args) if to else url
    if address:
        address = f"{address}{'?' if query else ''}{query}{'#' if fragment else ''}{fragment}"
    element = "a" if address else "button"
    start = f'{element} class="{_classes(base, *looks, extra_class)}"{_attributes({"href": address, **attributes})}'
    return mark_safe(f"<{start}>{words}</{element}>")  # noqa: S308 - every value is escaped, the content is a template's


@register.simple_block_tag
def note(
    content: SafeString,
    tone: str = "",
    title: Any = "",
    *,
    icon: str = "",
    alert: bool = False,
    element: str = "div",
    extra_class: str = "",
    **attributes: Any,
) -> SafeString:
    """A word to the reader: what happened, what to do.

    tone: "" to know, "good", "warn", "bad". title: bold and short. Content that begins with a block of its own (a
    heading, a list) stands as it is, other content is one paragraph. alert: said at once, and takes the focus when
    the page comes back. element: "div", "section", "blockquote". icon: another than the tone's.
    """
    bold = f"<strong>{conditional_escape(title)}</strong>" if title else ""
    words = content.strip()
    if words.startswith(BEGINNINGS):
        inside = (f"<p>{bold}</p>" if bold else "") + words
    else:
        inside = f"<p>{' '.join(part for part in (bold, words) if part)}</p>"
    spoken = {"role": "alert", "tabindex": "-1"} if alert else {}
    start = f'{element} class="{_classes("note", f"note--{tone}" if tone else "", extra_class)}"'
    sign = drawn(icon or TONE_ICONS[tone])
    return mark_safe(  # noqa: S308 - every value is escaped, the content is a template's
        f"<{start}{_attributes({**spoken, **attributes})}>{sign}{inside}</{element}>"
    )


@register.simple_block_tag
def table(
    content: SafeString,
    caption: Any = "",
    *,
    label: Any = "",
    admin: bool = False,
    extra_class: str = "",
    region: bool = True,
    region_class: str = "",
    **attributes: Any,
) -> SafeString:
    """A table in a region that scrolls by itself, with a name.

    label: the region's name, else the caption; a caption with markup is written in the content. admin: in the look
    of the staff's lists. region=False: a table that always fits. Cells of figures have the class "r".
    """
    looks = _classes("" if admin else "table", extra_class)
    said = f"<caption>{conditional_escape(caption)}</caption>" if caption else ""
    written = f"<table{_attributes({'class': looks, **attributes})}>{said}{content.strip()}</table>"
    if region:
        start = f'div class="{_classes("results" if admin else "scroll", region_class)}" tabindex="0" role="region"'
        written = f"<{start}{_attributes({'aria-label': label or caption})}>{written}</div>"
    return mark_safe(written)  # noqa: S308 - every value is escaped, the content is a template's


@register.simple_block_tag
def card(
    content: SafeString,
    heading: Any = "",
    *,
    wash: bool = False,
    items: Any = (),
    to: str = "",
    url: str = "",
    label: str = "",
) -> SafeString:
    """A quiet box beside the text; content that begins with no block of its own is one small paragraph.

    wash: tinted. items: links with title and url. to (the name of an address) or url, and label: one button below.
    """
    words = content.strip()
    body = words if words.startswith(BEGINNINGS) or not words else f'<p class="small">{words}</p>'
    context = {"heading": heading, "wash": wash, "items": items, "url": reverse(to) if to else url, "label": label}
    return render_to_string("components/card.html", {**context, "body": mark_safe(body)})  # noqa: S308 - a template's


@register.simple_block_tag
def blank_slate(content: SafeString, *, to: str = "", url: str = "", label: str = "") -> SafeString:
    """A list with nothing in it: one sentence, why and what would fill it; to or url, and label of the next step."""
    text = mark_safe(content.strip())  # noqa: S308 - a template's
    context = {"text": text, "url": reverse(to) if to else url, "label": label}
    return render_to_string("components/blank_slate.html", context)
