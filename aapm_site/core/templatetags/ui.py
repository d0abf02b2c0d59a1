"""The site's template tags: what every page may use, whatever room it belongs to.

Simple things are tags here; everything with markup is a template in templates/components, with its arguments
documented at its head. Buttons, notes and tables are block tags of their own, in components.py.
"""

import json
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.contrib.messages.storage.base import Message
from django.core.paginator import Page
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.http import QueryDict
from django.utils import dateformat, timezone
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe

from aapm_site.core import positions
from aapm_site.core.association import association_name, last_known_name
from aapm_site.core.menus import MenuEntry, menu_entries, unmarked
from aapm_site.core.money import SIGNS, Money
from aapm_site.core.transitions import staff_word
from aapm_site.core.ui import charts
from aapm_site.core.ui.icons import ICONS
from aapm_site.core.ui.monograms import initials
from aapm_site.core.ui.wave_art import Rings
from aapm_site.core.ui.wave_art import rings as draw_rings

register = template.Library()


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name: str, extra_class: str = "") -> SafeString:
    """One icon of `core.ui.icons`, hidden from assistive technology: the words beside it speak. KeyError on a slip."""
    return format_html(
        '<svg class="{}" viewBox="0 0 20 20" aria-hidden="true" focusable="false">{}</svg>',
        f"icon {extra_class}".strip(),
        mark_safe(ICONS[name]),  # noqa: S308 - our own drawings
    )


@register.simple_tag(name="association_name")
def name_of_the_association() -> str:
    """What the association is called, where a component is shown without the page's own context."""
    return association_name()


@register.simple_tag(name="last_known_name")
def name_without_asking() -> str:
    """The same without a question to the database, for pages about its failure."""
    return last_known_name()


@register.filter
def with_whole_hours(text: str) -> str:
    """The text, in which no line ends between an hour and its a.m. or p.m."""
    return re.sub(r"(?<=\d) (?=[ap]\.m\.)", "\u00a0", text)


@register.filter
def in_sentence(title: str) -> str:
    """A title in the midst of a sentence: small at its beginning, but for abbreviations, and nowhere else. So CRPS, and
    the Medicare of “Coverage by Medicare”, stay as they are written.
    """
    first = title.split(" ", 1)[0]
    return f"{title[:1].lower()}{title[1:]}" if first[1:] == first[1:].lower() else title


@register.filter
def on_two_lines(name: str) -> SafeString:
    """A name broken once, at the space nearest to its middle."""
    spaces = [place for place, sign in enumerate(name) if sign == " "]
    if not spaces:
        return format_html("{}", name)
    middle = min(spaces, key=lambda place: abs(place - len(name) / 2))
    return format_html("{}<br>{}", name[:middle], name[middle + 1 :])


def _request(context: template.Context) -> Any:
    """None where a page is made without a request, as the one about a failure is."""
    return context.get("request")


@register.simple_tag(takes_context=True)
def site_menu(context: template.Context, name: str, *, marked: bool = True) -> tuple[MenuEntry, ...]:
    """The entries of a menu, each with title, url, children and current; empty while nobody has registered one.

    A menu that is not marked is the same on every page.
    """
    entries = tuple(menu_entries(name, _request(context)))
    return entries if marked else unmarked(entries)


@register.simple_tag(takes_context=True)
def path_in(context: template.Context, items: Iterable[MenuEntry]) -> str:
    """The address of this page where the menu holds it, else nothing: the menu looks alike on all other pages."""
    path = getattr(_request(context), "path", "")
    listed = any(
        item.current and (item.url == path or any(child.url == path for child in item.children)) for item in items
    )
    return path if listed else ""


@register.simple_tag
def trail(crumbs: Sequence[tuple[Any, str | None]]) -> SafeString:
    """Where the page stands: titles with their addresses from the home page on; the last is this page.

    Every page has one, so it is put together here: a template takes ten times as long.
    """
    last = len(crumbs) - 1
    steps = "".join(_step(title, "" if place == last else url) for place, (title, url) in enumerate(crumbs))
    return mark_safe(f'<nav class="crumbs" aria-label="Breadcrumb"><ol>{steps}</ol></nav>')  # noqa: S308 - escaped below


def _step(title: Any, url: str | None) -> str:
    words = conditional_escape(title)
    if url:
        return f'<li><a href="{conditional_escape(url)}">{words}</a></li>\n'
    return f'<li><span aria-current="page">{words}</span></li>'


@register.simple_tag(takes_context=True)
def position(context: template.Context, name: str, **arguments: Any) -> SafeString:
    """A named block that a room contributes; see core.positions."""
    return positions.render(name, _request(context), **arguments)


@register.simple_tag
def has_position(name: str) -> bool:
    """Whether some room offers this block: for places that do without it when none does."""
    return positions.positions.get(name) is not None


JSON_ESCAPES = (("<", "\\u003C"), (">", "\\u003E"), ("&", "\\u0026"))


@register.simple_tag
def jsonld(items: Any) -> SafeString:
    """Structured data as data blocks, which no policy blocks and no browser runs; `<` cannot close the block."""
    if not items:
        return mark_safe("")
    blocks = [items] if isinstance(items, dict) else items
    return mark_safe("\n".join(f'<script type="application/ld+json">{_json(block)}</script>' for block in blocks))  # noqa: S308


def _json(block: Any) -> str:
    text = json.dumps(block, ensure_ascii=False, default=str)
    for sign, escaped in JSON_ESCAPES:
        text = text.replace(sign, escaped)
    return text


# Figures and dates ---------------------------------------------------------------------------------------------------
@register.simple_tag
def money(amount: Money | Decimal | int | str, currency: str = "USD", *, cents: bool = False) -> SafeString:
    """A price in the serif's figures: $99 or $74.25; with cents=True always two places, for columns."""
    value = amount if isinstance(amount, Money) else Money(Decimal(amount), currency)
    text = str(value)
    if cents and "." not in text:
        text += ".00"
    return format_html('<span class="money">{}</span>', text)


@register.simple_tag
@lru_cache(maxsize=1_000)
def money_range(lowest: Decimal | None, highest: Decimal | None, currency: str = "USD", period: str = "") -> SafeString:
    """Pay as people say it: $365,000–420,000 a year; from $90 an hour; up to $200,000. Nothing when both are empty."""
    low = "" if lowest is None else str(Money(Decimal(lowest), currency))
    high = "" if highest is None else str(Money(Decimal(highest), currency))
    if low and high and low != high:
        text = f"{low}–{high.removeprefix(SIGNS.get(currency, f'{currency} '))}"
    elif low and high:
        text = low
    elif low:
        text = f"from {low}"
    elif high:
        text = f"up to {high}"
    else:
        return mark_safe("")
    return format_html('<span class="money">{}</span>{}', text, f" {period}" if period else "")


def _day(value: date | datetime) -> date:
    return timezone.localdate(value) if isinstance(value, datetime) else value


@lru_cache(maxsize=1_000)
def _in_full(on: date) -> SafeString:
    return _time(on, dateformat.format(on, "F j, Y"))


def _time(value: date, text: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), text)


@register.simple_tag
def day(value: date | datetime | None) -> SafeString:
    """A date in full, in the association's zone: November 2, 2026."""
    if value is None:
        return mark_safe("")
    return _in_full(_day(value))


@register.simple_tag
def date_range(first: date | datetime, last: date | datetime | None = None) -> SafeString:
    """Two dates, nothing said twice: May 3–9, 2026; May 28 to June 2, 2026; May 3, 2026 to May 2, 2027."""
    start, end = _day(first), _day(last) if last else _day(first)
    if start == end:
        return _time(start, dateformat.format(start, "F j, Y"))
    if (start.year, start.month) == (end.year, end.month):
        return format_html(
            "{}–{}", _time(start, dateformat.format(start, "F j")), _time(end, dateformat.format(end, "j, Y"))
        )
    form = "F j" if start.year == end.year else "F j, Y"
    return format_html(
        "{} to {}", _time(start, dateformat.format(start, form)), _time(end, dateformat.format(end, "F j, Y"))
    )


# States --------------------------------------------------------------------------------------------------------------
TONES = {
    "live": "live approved active published paid open delivered sent on answered accepted confirmed current",
    "wait": "in_review submitted awaiting_payment pending scheduled queued new grace waiting received",
    "back": "returned rejected failed declined bounced suspended refused overdue info_asked",
    "pause": "paused held on_hold",
    "end": "filled withdrawn ended expired lapsed closed cancelled canceled archived resigned reversed gone",
}
TONE_OF = {word: tone for tone, words in TONES.items() for word in words.split()}


@register.simple_tag
def status(value: str, label: str = "", tone: str = "") -> SafeString:
    """A state by color, shape and word together. The tone follows from the value unless it is given."""
    chosen = tone or TONE_OF.get(str(value), "")
    text = label or getattr(value, "label", "") or str(value).replace("_", " ").capitalize()
    return format_html('<span class="status{}">{}</span>', f" status--{chosen}" if chosen else "", text)


@register.filter(name="staff_word")
def status_for_staff(subject: Any) -> str:
    """The status of an object with a lifecycle, in the words of the staff."""
    return staff_word(subject)


NOTE_TONES = {"success": "good", "warning": "warn", "error": "bad"}


@register.filter
def note_tone(message: Message) -> str:
    """The tone of the note that says a message."""
    return NOTE_TONES.get(message.level_tag, "")


@register.inclusion_tag("components/scale.html")
def scale(value: float, of: float = 100, label: str = "", *, warm: bool = False) -> dict[str, Any]:
    """A measure as a mark on a line. `label` says it in words; the words must stand beside it too."""
    part = min(max(float(value) / float(of), 0), 1) if of else 0
    return {"percent": f"{part * 100:.4g}", "label": label or f"{value} of {of}", "warm": warm}


OWN_LINK = re.compile(r"https?://\S*[\w/=-]")


@register.filter
def own_links(text: str) -> SafeString:
    """Text with the site's own addresses as links. Others stay text: somebody may have typed them into a name."""
    done, shown = [], 0
    for found in OWN_LINK.finditer(text):
        address = found.group()
        if address.startswith(f"{settings.SITE_ORIGIN}/"):
            done += [escape(text[shown : found.start()]), format_html('<a href="{}">{}</a>', address, address)]
            shown = found.end()
    return mark_safe("".join([*done, escape(text[shown:])]))  # noqa: S308 - every part is escaped


# Forms ---------------------------------------------------------------------------------------------------------------
@register.filter
def field_kind(field: BoundField) -> str:
    """How a field is laid out: hidden, check (one box), choices (several boxes), group (several controls) or input."""
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, CheckboxInput):
        return "check"
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "choices"
    return "group" if widget.use_fieldset else "input"


@register.simple_tag
def control(field: BoundField, **attrs: Any) -> SafeString:
    """The field's own control in the site's look. Django adds aria-describedby and aria-invalid."""
    if field_kind(field) == "input":
        given = field.field.widget.attrs.get("class", "")
        attrs["class"] = f"input {given} {attrs.get('class', '')}".strip()
    return field.as_widget(attrs=attrs)


@register.filter
def described_by(field: BoundField) -> str:
    """The ids of a fieldset's hint and error, for aria-describedby."""
    hint = f"{field.auto_id}_helptext" if field.help_text and field.auto_id else ""
    error = f"{field.auto_id}_error" if field.errors and field.auto_id else ""
    return f"{hint} {error}".strip()


@register.filter
def field_anchor(field: BoundField) -> str:
    """Where the error summary leads: the control, or the group of several."""
    return f"{field.auto_id}_group" if field.field.widget.use_fieldset else field.id_for_label


@register.filter
def attention(count: int) -> str:
    """What an error summary says first."""
    return "One thing needs your attention" if count == 1 else f"{count} things need your attention"


# Addresses -----------------------------------------------------------------------------------------------------------
@register.simple_tag(takes_context=True)
def page_url(context: template.Context, number: int, path: str = "", key: str = "page") -> str:
    """The address of one page of a list. With a path: path, path/page/2/. Else the query, all other keys kept."""
    if path:
        return path if number == 1 else f"{path}page/{number}/"
    request = context.get("request")
    query = request.GET.copy() if request else QueryDict(mutable=True)
    query.pop(key, None)
    if number > 1:
        query[key] = str(number)
    return f"?{query.urlencode()}" if query else (request.path if request else "?")


@register.filter
def elided(page: Page) -> list[int | None]:
    """The page numbers to show; None is a gap."""
    shown = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else None for number in shown]


@register.simple_tag
def monogram(name: str, *, is_person: bool = False) -> SafeString:
    """The letters of a name, beside the name itself: in a ring for a person, in a square for an organization."""
    shape = "monogram monogram--person" if is_person else "monogram"
    letters = initials(name, is_person=is_person)
    return format_html('<span class="{}" aria-hidden="true">{}</span>', shape, letters or icon("lock"))


# Pictures ------------------------------------------------------------------------------------------------------------
@register.simple_tag
def rings(number: int | str | None = None, count: int = 9) -> Rings:
    """The quieting line of a number, for components/rings.html; without one (an empty variable) the home page's."""
    return draw_rings(None if number in ("", None) else int(number), count=count)


@register.inclusion_tag("components/chart_bars.html")
def bars(
    rows: Iterable[tuple[str, Any]], caption: str, unit: str = "", note: str = "", *, with_table: bool = True
) -> dict[str, Any]:
    """Horizontal bars for (label, value) rows, and the same as a table, unless the page has one that says it."""
    return {"chart": charts.bar_chart(rows, caption, unit), "note": note, "with_table": with_table}


@register.inclusion_tag("components/chart_lines.html")
def lines(
    series: Sequence[tuple[str, Sequence[Any]]],
    labels: Sequence[str],
    caption: str,
    axis: str = "",
    note: str = "",
    *,
    with_table: bool = True,
) -> dict[str, Any]:
    """One or two lines over the same labels, and the same as a table, unless the page has one that says it."""
    return {"chart": charts.line_chart(series, labels, caption, axis), "note": note, "with_table": with_table}
