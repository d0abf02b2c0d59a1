"""An issue of the journal."""

from datetime import date
from pathlib import PurePosixPath

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import dateformat
from django.utils.text import slugify

from aapm_site.core.cache.revisions import revised


class IssueQuerySet(models.QuerySet["Issue"]):
    def published(self, on: date) -> "IssueQuerySet":
        return self.filter(published_on__lte=on)


class IssueTraits:
    """What follows from the fields of an issue: of a row, and of the values that readers are shown."""

    volume: int
    number: int
    volume_label: str
    number_label: str
    published_on: date | None
    cover: str

    def __str__(self) -> str:
        number = self.number_words
        return f"Volume {self.volume_words}, {f'issue {number}' if number[:1].isdigit() else number}"

    def get_absolute_url(self) -> str:
        return reverse("journal:issue-detail", args=[self.volume, self.number, self.slug])

    @property
    def volume_words(self) -> str:
        """The volume as it is printed."""
        return self.volume_label or str(self.volume)

    @property
    def number_words(self) -> str:
        """The number as it is printed: 11, Suppl 1, 11-12."""
        return self.number_label or str(self.number)

    @property
    def month(self) -> str:
        """Of its day; of one that has no day yet, that it is being put together."""
        return dateformat.format(self.published_on, "F Y") if self.published_on else "In preparation"

    @property
    def slug(self) -> str:
        return slugify(self.month)

    def is_out_on(self, on: date) -> bool:
        return self.published_on is not None and self.published_on <= on

    @property
    def cover_url(self) -> str:
        """Where its own cover is; nothing where a drawn one is shown."""
        return reverse("journal:cover", args=[PurePosixPath(self.cover).name]) if self.cover else ""

    @property
    def drawing(self) -> int:
        """The number that gives the cover its own waves."""
        return self.volume * 12 + self.number


class Issue(IssueTraits, models.Model):
    """One number of one volume. It is out from its day on; a later one, or none, keeps it to the editors.

    Only domain/issues.py gives it its day, once it is there, and its cover.
    """

    volume = models.PositiveSmallIntegerField(help_text="As a number: it gives the issue its place and its address.")
    number = models.PositiveSmallIntegerField(
        help_text="As a number. A supplement takes one that no other issue of its volume has."
    )
    # So that a site which does not know these columns yet can still write rows: db_default.
    volume_label = models.CharField(
        "volume as printed", max_length=30, blank=True, db_default="", default="", help_text="Where it is no number."
    )
    number_label = models.CharField(
        "number as printed", max_length=30, blank=True, db_default="", default="",
        help_text="Where it is no number: Suppl 1, 11-12.",
    )  # fmt: skip
    published_on = models.DateField(
        null=True, blank=True,
        help_text="From this day on the issue and its articles are on the site. Without one it is being put together.",
    )  # fmt: skip
    title = models.CharField(max_length=150, blank=True, help_text="For a special issue, its title.")
    theme = models.TextField(blank=True, help_text="What the issue is about, in two or three sentences.")
    cover = models.CharField(
        "file of its cover", max_length=100, blank=True, db_default="", default="", editable=False,
        help_text="Without one it has a drawn cover.",
    )  # fmt: skip
    contents_told_at = models.DateTimeField(
        "contents mailed", null=True, blank=True, editable=False, help_text="When everybody was told who asks for it."
    )
    sample = models.BooleanField(default=False, help_text="Demonstration content; its pages say so.")

    objects = IssueQuerySet.as_manager()

    class Meta:
        ordering = ["-volume", "-number"]
        triggers = [revised()]
        constraints = [
            models.UniqueConstraint(
                fields=["volume", "number"],
                name="membership_issue_once",
                violation_error_message="This volume has an issue of that number already.",
            ),
            models.CheckConstraint(condition=Q(volume__gte=1, number__gte=1), name="membership_issue_from_one"),
        ]
