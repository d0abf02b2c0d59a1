"""What a page said at each save: who wrote it and when, and from when on visitors could read it."""

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from aapm_site.core.cache.revisions import revised_where
from content.models.page import PUBLIC, Page


class PageVersionQuerySet(models.QuerySet["PageVersion"]):
    """The words in which versions are asked for."""

    def public(self, at: datetime, audience: str = PUBLIC) -> "PageVersionQuerySet":
        """Those that readers could see by then: everybody's, and with an audience that one's too."""
        return self.filter(public_from__lte=at, fields__audience__in=sorted({PUBLIC, audience}))


class PageVersion(models.Model):
    """One save of one page, whole. Only domain.versions writes rows, and it never changes what they say."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    fields = models.JSONField(help_text="Everything that editors write, other rows by their addresses and names.")
    changed = ArrayField(
        models.CharField(max_length=40), default=list, blank=True, help_text="What differs from the version before."
    )
    note = models.CharField(max_length=120, blank=True)
    public_from = models.DateTimeField(
        null=True, blank=True, help_text="From when on readers could see it; empty if they never could."
    )

    objects = PageVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        verbose_name = "version"
        constraints = [
            models.UniqueConstraint(fields=["page", "number"], name="content_pageversion_once"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="content_pageversion_counts_from_one"),
        ]
        triggers = [*revised_where("changed.public_from IS NOT NULL")]

    def __str__(self) -> str:
        return f"Version {self.number}"

    @property
    def who(self) -> str:
        """A colleague's name; the site where nobody was signed in."""
        return self.by.display_name if self.by else "The site"
