"""The pages of conditions, as lists show them."""

from datetime import datetime

from aapm_site.core.cache import lifetime
from aapm_site.core.cache.remembered import remembered
from content.models import PUBLIC, Page
from content.queries.entries import ListedPage
from content.states import PageKind


@remembered
def conditions(at: datetime) -> tuple[ListedPage, ...]:
    """Those that everybody may read, in the order of the alphabet; two queries."""
    rows = Page.objects.filter(kind=PageKind.CONDITION, audience=PUBLIC)
    lifetime.ends_at(rows.next_change(at))
    return tuple(map(ListedPage.of, rows.published(at).order_by("title", "pk").defer("body", "recap", "search")))
