"""Links that wait: a text may name a page that nobody reads yet, such as one that waits for its signature.

Readers get the words without the link, and the link by itself once the page is public. Staff are told of it: by the
checklist of the page, and by the filter "Broken links" of the list.
"""

import re
from datetime import datetime

from aapm_site.core.cache.remembered import remembered
from content.models.inventory import broken_addresses_in, inner_addresses

_link = re.compile(r'<a\b[^>]*?\bhref="(?P<path>/[^"#?]*)[^"]*"[^>]*>(?P<words>.*?)</a>', re.DOTALL)


def without_dead_ends(html: str, at: datetime) -> str:
    """The text; where it links to an address of ours at which nobody finds anything, the words alone.

    Two queries at most, one while everything answers, none for a text without links to pages.
    """
    linked = inner_addresses(html)
    absent = _absent(tuple(linked), at) if linked else ()
    if not absent:
        return html
    return _link.sub(lambda found: found["words"] if found["path"] in absent else found[0], html)


@remembered
def _absent(linked: tuple[str, ...], at: datetime) -> tuple[str, ...]:
    return tuple(broken_addresses_in("".join(f'<a href="{path}">' for path in linked), at))
