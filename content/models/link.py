"""Addresses that the site sends its readers to, and what was found when they were last tried."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Exists, OuterRef, Q

from aapm_site.core.cache.revisions import revised_where
from content.models.page import Page

LONGEST = 1000
WEEK, DAY = timedelta(days=7), timedelta(hours=20)  # a little less than a day, so that no run falls beside its day


class LinkQuerySet(models.QuerySet["Link"]):
    """The words in which links are asked for."""

    def broken(self) -> "LinkQuerySet":
        """Those that readers are warned of."""
        return self.filter(broken_since__isnull=False)

    def due(self, at: datetime) -> "LinkQuerySet":
        """What was not tried for a week, longest first; what did not answer is tried again the next day."""
        stale = Q(checked_at__isnull=True) | Q(checked_at__lte=at - WEEK)
        return self.filter(stale | Q(failures__gt=0, checked_at__lte=at - DAY)).order_by(
            models.F("checked_at").asc(nulls_first=True), "pk"
        )

    def unused(self) -> "LinkQuerySet":
        """Those that nothing names any more."""
        named = Exists(PageLink.objects.filter(link=OuterRef("pk")))
        return self.filter(~named, resources__isnull=True)


class Link(models.Model):
    """One address, however many pages name it. Only checks write what was found."""

    url = models.CharField("address", max_length=LONGEST, unique=True)
    is_external = models.BooleanField("on another site", default=True)
    pages = models.ManyToManyField(Page, through="PageLink", related_name="links")
    checked_at = models.DateTimeField("last tried", null=True, blank=True)
    http_status = models.PositiveSmallIntegerField("answer", null=True, blank=True)
    problem = models.CharField(max_length=200, blank=True)
    failures = models.PositiveSmallIntegerField("days without an answer", default=0)
    failed_on = models.DateField("last day without an answer", null=True, blank=True)
    broken_since = models.DateTimeField(null=True, blank=True)
    reported_at = models.DateTimeField("told to staff", null=True, blank=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        ordering = ["url"]
        permissions = [("check_link", "Can have links tried now")]
        indexes = [
            models.Index(models.F("checked_at").asc(nulls_first=True), "id", name="content_link_due"),
            models.Index(fields=["broken_since"], name="content_link_broken", condition=Q(broken_since__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(broken_since__isnull=True) | Q(failures__gt=0), name="content_link_broken_after_failures"
            )
        ]
        triggers = [*revised_where("changed.broken_since IS NOT NULL")]

    def __str__(self) -> str:
        return self.url


class PageLink(models.Model):
    """A page names an address."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="page_links")
    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="page_links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "link"], name="content_pagelink_once")]

    def __str__(self) -> str:
        return f"{self.page_id} → {self.link_id}"
