"""The words in which pages that need care are asked for."""

import re
from datetime import date, datetime, timedelta
from typing import Any, Self

from django.apps import apps
from django.db import connection, models
from django.db.models import Exists, OuterRef, Q, Subquery, Sum
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Coalesce
from django.urls import Resolver404, resolve
from django.utils import timezone

from aapm_site.core.models import Count
from content import rules
from content.states import NEWS_KINDS, PageKind, PageStatus

VIEW = "page-view"  # the kind under which a page's readers are counted; the key is its number
REVIEW_AFTER = timedelta(days=365)
# PostgreSQL's own regular expressions: a picture without any word on what it shows, and addresses on this site.
NO_ALT = r'<img(?![^>]*\salt="[^"])(?![^>]*\srole="presentation")[^>]*>'
INNER = r'href="(/[^"#?]*)'
FOUND = "FROM content_page p, regexp_matches(p.body || p.recap, %s, 'g') AS found"
KEPT = "p.status NOT IN ('trashed', 'prepared')"


class InventoryQuerySet(models.QuerySet):
    """Words of the content inventory."""

    def review_due(self, on: date) -> Self:
        """Nobody has checked it for twelve months, or ever. News and statements stand as they were published."""
        return self.filter(Q(reviewed_on__isnull=True) | Q(reviewed_on__lt=on - REVIEW_AFTER)).exclude(
            kind__in=NEWS_KINDS
        )

    def unsigned(self) -> Self:
        """Drafts that a clinician has to check first: they explain treatment and name nobody who has, or an office."""
        return self.filter(
            Q(clinical=True) | Q(kind=PageKind.CONDITION),
            Q(reviewer__isnull=True) | Q(reviewer__is_person=False),
            status=PageStatus.DRAFT,
        )

    def without_alt(self) -> Self:
        """A picture has no word on what it shows and was not marked as decorative."""
        return self.filter(Q(body__regex=NO_ALT) | Q(recap__regex=NO_ALT))

    def without_description(self) -> Self:
        return self.filter(description="")

    def never_viewed(self) -> Self:
        """No reader has been counted yet."""
        return self.filter(~Exists(_views()))

    def with_views(self, since: date) -> Self:
        """Adds `views`: how often it was read since that day."""
        times = _views().filter(on__gte=since).values("key").annotate(times=Sum("times")).values("times")
        return self.annotate(views=Coalesce(Subquery(times), 0))

    def with_import_notes(self) -> Self:
        """Those of which an import said that somebody should look, until somebody has."""
        rows = apps.get_model("content", "ImportedItem").objects.filter(page=OuterRef("pk"))
        return self.filter(Exists(rows.exclude(to_look_at="")))

    def with_broken_links(self) -> Self:
        """Those that name an address at which nothing answers: one of ours, seen at once, or what the checks found."""
        links: Any = self.model._meta.get_field("page_links").related_model
        checked = Exists(links.objects.filter(page=OuterRef("pk"), link__broken_since__isnull=False))
        inner = RawSQL(f"SELECT p.id {FOUND} WHERE found[1] = ANY(%s)", [INNER, broken_addresses(timezone.now())])  # noqa: S611
        return self.filter(checked | Q(pk__in=inner))


def _views() -> models.QuerySet:
    return Count.objects.filter(kind=VIEW, key=Cast(OuterRef("pk"), models.CharField()))


def broken_addresses(at: datetime) -> list[str]:
    """The addresses of this site that texts link to and where no reader finds anything."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT found[1] {FOUND} WHERE {KEPT}", [INNER])  # noqa: S608 - our own words
        return _broken([row[0] for row in cursor.fetchall()], at)


def broken_addresses_in(html: str, at: datetime) -> list[str]:
    """The same for one text; two queries at most, one while everything answers."""
    return _broken(inner_addresses(html), at)


def inner_addresses(html: str) -> list[str]:
    """The addresses of this site that a text links to, each once, without what follows a # or a ?."""
    return list(dict.fromkeys(re.findall(INNER, html)))


def _broken(linked: list[str], at: datetime) -> list[str]:
    unsure = [path for path in linked if not _route_answers(path)]
    if not unsure:
        return []
    public = set(apps.get_model("content", "Page").objects.published(at).filter(path__in=unsure).values_list("path"))
    absent = [path for path in unsure if (path,) not in public]
    if not absent:
        return []
    known = apps.get_model("content", "Redirect").objects.filter(old_path__in=[path.lower() for path in absent])
    led = set(known.values_list("old_path"))
    return [path for path in absent if (path.lower(),) not in led]


def _route_answers(path: str) -> bool:
    """Whether a route answers by itself: a list, a form, a file. Those of single pages answer for public ones only."""
    if path.split("/")[1] in rules.FILES:
        return True
    try:
        route = resolve(path).view_name
    except Resolver404:
        return False
    return route not in rules.PAGE_ROUTES.union(*rules.ROUTES.values())
