"""What the site's search finds in this room: public pages, and members' pages for those who may read them."""

import html
from typing import Any

from django.db.models import F, Func, TextField, Value
from django.utils import timezone

from aapm_site.core import search as text_search
from aapm_site.core.registries import SearchHit
from content.models import Page
from content.queries.access import Reader
from content.states import NEWS_KINDS

TAGS_AND_POSITIONS = r"<[^>]*>|\{loadposition[^}]*\}"


def search_pages(query: str, user: Any, limit: int) -> list[SearchHit]:
    """At most `limit` hits, best first. What the person may not read is not found, not even by its title."""
    now = timezone.now()
    rows = Page.objects.published(now).filter(audience__in=Reader(user).audiences(now))
    text = Func(F("body"), Value(TAGS_AND_POSITIONS), Value(" "), Value("g"), function="regexp_replace")
    found = (
        text_search.match(rows, query)
        .annotate(text=Func(F("summary"), Value(" "), text, function="concat", output_field=TextField()))
        .annotate(excerpt=text_search.excerpt_of("text", query))
        .defer("body", "search")
    )
    return [_hit(page) for page in found[:limit]]


def _hit(page: Page) -> SearchHit:
    meta = page.get_kind_display()
    if page.kind in NEWS_KINDS:
        on = timezone.localdate(page.published_at)
        meta = f"{meta}, {on:%B} {on.day}, {on.year}"
    excerpt = text_search.highlight(" ".join(html.unescape(page.excerpt).split()))
    return SearchHit(page.title, page.path, excerpt, meta=meta, rank=page.rank)
