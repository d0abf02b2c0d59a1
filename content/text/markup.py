"""What a stored text gets when it is shown: pictures in the width that fits, tables that scroll by themselves.

Both follow from the text alone, without a query: a picture's address names its width, and so the widths below it.
"""

import re
from collections.abc import Callable

from aapm_site.core.richtext import plain
from content.states import PICTURE_WIDTHS

_picture = re.compile(
    r'<img(?P<before>[^>]*?) src="(?P<src>/media/pictures/(?P<id>[A-Za-z0-9_-]{16})-(?P<width>[1-9]\d{0,3})'
    r'\.(?:jpg|png))"(?P<after>[^>]*)>'
)
_table = re.compile(r"<table\b[^>]*>|</table>")
_scroll = re.compile(r'<div class="scroll">\s*(<table\b.*?</table>)\s*</div>', re.DOTALL)
_caption = re.compile(r"<caption[^>]*>(.*?)</caption>", re.DOTALL)
# A text is at most 39 rem wide; on a narrow screen it fills it but for the gutters.
SIZES = "(min-width: 48rem) 39rem, calc(100vw - 2rem)"


def responsive_pictures(html: str) -> str:
    """Each picture of the library as <picture>, in WebP of the width that fits, loaded when it comes near. The first
    is loaded at once: it may stand in the first view."""
    shown = 0

    def dressed(found: re.Match[str]) -> str:
        nonlocal shown
        shown += 1
        full = int(found["width"])
        widths = [*(step for step in PICTURE_WIDTHS if step < full), full]
        sources = ", ".join(f"/media/pictures/{found['id']}-{width}.webp {width}w" for width in widths)
        loading = 'decoding="async"' if shown == 1 else 'loading="lazy" decoding="async"'
        image = f'<img{found["before"]} src="{found["src"]}"{found["after"]} {loading}>'
        return f'<picture><source type="image/webp" srcset="{sources}" sizes="{SIZES}">{image}</picture>'

    return _picture.sub(dressed, html)


def scrolling_tables(html: str) -> str:
    """Each table in a region of its own that scrolls sideways, which the keyboard reaches and a screen reader names."""
    depth = number = 0

    def wrapped(found: re.Match[str]) -> str:
        nonlocal depth, number
        if found[0] == "</table>":
            depth -= 1
            return "</table></div>" if depth == 0 else found[0]
        depth += 1
        if depth > 1:
            return found[0]
        number += 1
        return f'<div class="scroll" role="region" tabindex="0" aria-label="{_label(found, number)}">{found[0]}'

    return _table.sub(wrapped, _scroll.sub(r"\1", html))


def _label(table: re.Match[str], number: int) -> str:
    """The table's caption, else its number. Of a caption only words remain, so that it may stand in an attribute."""
    inside = table.string[table.end() : table.string.find("</table>", table.end())]
    caption = _caption.match(inside.lstrip())
    words = plain(caption[1], 120) if caption else ""
    escaped = words.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")
    return f"Table: {escaped}" if words else f"Table {number}"


STEPS: tuple[Callable[[str], str], ...] = (responsive_pictures, scrolling_tables)


def dress(html: str) -> str:
    """The text with everything that follows from itself."""
    for step in STEPS:
        html = step(html)
    return html
