"""What search engines may visit: public pages, news, answers, and the archives."""

from datetime import date, datetime

from django.contrib.sitemaps import Sitemap
from django.urls import reverse
from django.utils import timezone

from content.models import Category, Meeting, Page, Term
from content.models.page import PageQuerySet
from content.queries import archives
from content.queries.newsletters import past_newsletters
from content.states import ROOTS, PageKind

Item = tuple[str, datetime | None]


class EntrySitemap(Sitemap):
    """Addresses with the instant of their last change. What is read is read once for each answer."""

    limit = 5000

    def __init__(self) -> None:
        self._read: list[Item] | None = None

    def items(self) -> list[Item]:
        if self._read is None:
            self._read = self.read()
        return self._read

    def read(self) -> list[Item]:
        """The addresses, newest change beside each."""
        raise NotImplementedError

    def location(self, item: Item) -> str:
        return item[0]

    def lastmod(self, item: Item) -> datetime | None:
        return item[1]

    def get_latest_lastmod(self) -> datetime | None:
        return newest(self.items())


def newest(items: list[Item]) -> datetime | None:
    return max((changed for _, changed in items if changed), default=None)


def _public() -> PageQuerySet:
    return Page.objects.published(timezone.now()).public().with_change()


class NewsletterSitemap(EntrySitemap):
    """The newsletter, and each that was sent."""

    def read(self) -> list[Item]:
        past = past_newsletters()
        shelf = [(reverse("content:newsletter-past"), past[0].began_at)] if past else []
        return [(reverse("content:newsletter"), None), *shelf, *((one.url, one.began_at) for one in past)]


class PageSitemap(EntrySitemap):
    """Pages and initiatives for everybody, with the home page first."""

    def read(self) -> list[Item]:
        listed = list(_public().exclude(kind__in=list(ROOTS)).order_by("path").values_list("path", "changed"))
        glossary = [(reverse("content:glossary"), None)] if Term.objects.exists() else []
        return [("/", newest(listed)), *listed, *glossary, *((reverse(name), None) for name in STANDING)]


STANDING = ("content:ask", "content:site-map")


class NewsSitemap(EntrySitemap):
    """News and statements for everybody, their list, and the list of each category."""

    def read(self) -> list[Item]:
        listed = list(_public().news().newest_first().values_list("path", "changed"))
        shelves = Category.objects.filter(pages__in=_public().news()).distinct()
        lists = [(shelf.get_absolute_url(), None) for shelf in shelves]
        return [(reverse("content:news"), newest(listed)), *lists, *listed]


class AnswerSitemap(EntrySitemap):
    """Published answers, and their list."""

    def read(self) -> list[Item]:
        rows = _public().filter(kind=PageKind.ANSWER).newest_first()
        listed = list(rows.values_list("path", "changed"))
        return [(reverse("content:answers"), newest(listed)), *listed]


class MeetingSitemap(EntrySitemap):
    """Meetings, ahead and over, and the list of what lies ahead."""

    def read(self) -> list[Item]:
        rows = Meeting.objects.shown().order_by("-begins_at", "-pk").values_list("slug", "updated_at")
        listed: list[Item] = [(reverse("content:meeting", args=[slug]), changed) for slug, changed in rows]
        return [(reverse("content:meetings"), newest(listed)), *listed]


class ArchiveSitemap(EntrySitemap):
    """The index, and the days on which something was published."""

    def read(self) -> list[Item]:
        days: list[tuple[date, datetime]] = archives.days(timezone.now())
        listed = [(archives.address(day, "day"), changed) for day, changed in days]
        return [(reverse("content:archive-index"), newest(listed)), *listed]
