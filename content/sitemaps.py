"""What search engines may visit: public pages, news and the days of the archives."""

from datetime import date, datetime

from django.contrib.sitemaps import Sitemap
from django.urls import reverse
from django.utils import timezone

from content.models import Page
from content.queries import archives
from content.states import NEWS_KINDS


class PageSitemap(Sitemap):
    """Pages and initiatives for everybody, with the home page first."""

    limit = 5000

    def items(self) -> list[tuple[str, datetime | None]]:
        rows = Page.objects.published(timezone.now()).public().exclude(kind__in=NEWS_KINDS)
        listed = list(rows.order_by("path").values_list("path", "updated_at"))
        newest = max((changed for _, changed in listed), default=None)
        return [("/", newest), *listed, (reverse("content:ask"), None)]

    def location(self, item: tuple[str, datetime | None]) -> str:
        return item[0]

    def lastmod(self, item: tuple[str, datetime | None]) -> datetime | None:
        return item[1]

    def get_latest_lastmod(self) -> datetime | None:
        return max((changed for _, changed in self.items() if changed), default=None)


class NewsSitemap(PageSitemap):
    """News and statements for everybody, and their list."""

    def items(self) -> list[tuple[str, datetime | None]]:
        rows = Page.objects.published(timezone.now()).public().news()
        listed = list(rows.newest_first().values_list("path", "updated_at"))
        newest = max((changed for _, changed in listed), default=None)
        return [(reverse("content:news"), newest), *listed]


class ArchiveSitemap(Sitemap):
    """The days on which something was published."""

    limit = 5000

    def items(self) -> list[tuple[date, datetime]]:
        return archives.days(timezone.now())

    def location(self, item: tuple[date, datetime]) -> str:
        return archives.address(item[0], "day")

    def lastmod(self, item: tuple[date, datetime]) -> datetime:
        return item[1]
