"""What came from another site, so that a second import finds it again and leaves alone what staff have changed."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from content.models.page import Page


class ImportedItem(models.Model):
    """One entry of an export, and what it became here.

    A page that staff have deleted leaves its row without a page: it is not brought back. The rows belong to this room,
    not to the import, which can be taken out: a page that came by it can be deleted all the same.
    """

    class Kind(models.TextChoices):
        PAGE = "page", "Page"
        POST = "post", "News or statement"
        FILE = "file", "Picture or document"

    origin = models.CharField("old site", max_length=200)
    kind = models.CharField(max_length=8, choices=Kind)
    item = models.CharField("its number there", max_length=200)
    page = models.ForeignKey(Page, on_delete=models.SET_NULL, null=True, blank=True, related_name="imported_as")
    public_id = models.CharField("picture or document", max_length=16, blank=True)
    fingerprint = models.CharField("what the export said", max_length=64)
    stored_as = models.CharField("what was stored", max_length=64, blank=True)
    # One sentence a line. So that a site which does not know the column yet can still write rows: db_default.
    to_look_at = models.TextField("please look", blank=True, default="", db_default="")
    imported_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["origin", "kind", "item"]
        constraints = [
            models.UniqueConstraint(fields=["origin", "kind", "item"], name="content_imported_once"),
            models.CheckConstraint(condition=Q(kind__in=["page", "post", "file"]), name="content_imported_kind_known"),
            models.CheckConstraint(
                condition=Q(page__isnull=True) | Q(public_id=""), name="content_imported_one_target"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.item} of {self.origin}"
