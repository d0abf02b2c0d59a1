"""Atom feeds: the news, one category, one archive, the answers. A members' entry shows its title and summary only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.html import escape
from django.utils.xmlutils import SimplerXMLGenerator

from aapm_site.core.association import association_name
from aapm_site.core.cache.page_cache import expires_at, public_page
from aapm_site.core.feeds import NEWEST, SiteFeed, tag_uri
from aapm_site.core.forms import without_control
from aapm_site.core.seo import absolute
from content.models import Category, Page
from content.models.page import PageQuerySet
from content.queries import archives
from content.states import PageKind
from content.text.html_to_text import for_mail
from content.text.rendering import is_short


class AtomWithText(SiteFeed):
    """Atom with the whole text of entries that are short enough, beside their summaries."""

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        if item["text"]:
            handler.addQuickElement("content", item["text"], {"type": "html"})


@dataclass(frozen=True)
class Source:
    """What one feed follows: rows before any date is asked about, and the page that shows the same."""

    title: str
    subtitle: str
    link: str
    address: str
    rows: PageQuerySet


class Entries(Feed):
    """The newest entries of a source, as of now."""

    feed_type = AtomWithText

    def __init__(self, source: Source) -> None:
        self.source = source
        self.now = timezone.now()
        self.title = f"{association_name()}: {without_control(source.title)}"
        self.subtitle = without_control(source.subtitle)
        self.link = absolute(source.link)
        self.feed_url = absolute(source.address)
        self.feed_guid = tag_uri(source.address)
        self.author_name = association_name()
        self.author_link = absolute("/")

    def items(self) -> list[Page]:
        rows = self.source.rows.published(self.now).newest_first().select_related("author").defer("recap", "search")
        return list(rows.prefetch_related("categories")[:NEWEST])

    def item_title(self, page: Page) -> str:
        return without_control(page.title)

    def item_description(self, page: Page) -> str:
        """Atom's summaries are read as HTML, so that signs in a plain one are written as entities."""
        return escape(without_control(page.summary))

    def item_link(self, page: Page) -> str:
        return absolute(page.path)

    def item_guid(self, page: Page) -> str:
        return tag_uri(f"entry/{page.pk}")

    def item_pubdate(self, page: Page) -> datetime:
        return page.published_at

    def item_updateddate(self, page: Page) -> datetime:
        return page.changed_at

    def item_author_name(self, page: Page) -> str:
        return str(page.author) if page.author else association_name()

    def item_author_link(self, page: Page) -> str:
        return absolute(page.author.get_absolute_url() if page.author else "/")

    def item_categories(self, page: Page) -> Iterable[str]:
        return [page.get_kind_display(), *(category.name for category in page.categories.all())]

    def item_extra_kwargs(self, page: Page) -> dict[str, Any]:
        return {"text": full_text(page)}


def full_text(page: Page) -> str:
    """The whole text of a short public entry, with addresses that work elsewhere; else nothing."""
    if not page.is_public or not is_short(page.body):
        return ""
    return for_mail(without_control(page.body), settings.SITE_ORIGIN)


def _answer(request: HttpRequest, source: Source) -> HttpResponse:
    feed = Entries(source)
    expires_at(request, source.rows.next_change(feed.now))
    return feed(request)


@public_page()
def news(request: HttpRequest) -> HttpResponse:
    """News and statements."""
    subtitle = "What the Academy does, and what it has said in public."
    return _answer(request, Source("News and statements", subtitle, "/news/", request.path, Page.objects.news()))


@public_page()
def category(request: HttpRequest, slug: str) -> HttpResponse:
    """The news and statements of one category."""
    found = get_object_or_404(Category, slug=slug)
    rows = Page.objects.news().filter(categories=found)
    return _answer(request, Source(found.name, found.description, found.get_absolute_url(), request.path, rows))


@public_page()
def archive(request: HttpRequest, year: int, month: int | None = None, day: int | None = None) -> HttpResponse:
    """Everything published in a year, a month or on a day; 404 where there is nothing, as in the archive."""
    try:
        within = archives.span(year, month, day)
    except ValueError as no_such_date:
        raise Http404 from no_such_date
    rows = archives.dated(within)
    if not rows.published(timezone.now()).exists():
        raise Http404
    return _answer(request, Source(within.title, "Everything published then.", within.url, request.path, rows))


@public_page()
def answers(request: HttpRequest) -> HttpResponse:
    """Questions that somebody asked, with their answers."""
    rows = Page.objects.filter(kind=PageKind.ANSWER)
    subtitle = "Questions from the public, answered; published with consent, without names."
    return _answer(request, Source("Answers", subtitle, "/answers/", request.path, rows))
