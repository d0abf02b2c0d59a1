"""What a publisher delivered of an article: its JATS, the page that was made of it, and the files that came with it."""

import mimetypes
from pathlib import PurePosixPath

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils import timezone

from aapm_site.core.cache.revisions import revised
from aapm_site.core.files import private
from aapm_site.core.ids import public_id

from .article import Article


class DeliveredText(models.Model):
    """The JATS of an article as it came, and the full text as HTML, which the rules of `jats` wrote of it once.

    Only domain/imports.py writes here. The HTML is for those who may read the article.
    """

    article = models.OneToOneField(Article, on_delete=models.CASCADE, related_name="delivered", primary_key=True)
    source = models.BinaryField("the file as it came")
    source_name = models.CharField("name of the file", max_length=200)
    sha256 = models.CharField(max_length=64)
    title_html = models.TextField("title with its italics", blank=True)
    html = models.TextField("full text")
    # In words, and for everybody: all that is told of the figures to those who may not read the text.
    first_caption = models.TextField("what stands under the first figure", blank=True, default="", db_default="")
    # [[title, anchor, level], …], of which the page shows the first level.
    headings = models.JSONField(default=list)
    rules_version = models.PositiveSmallIntegerField("version of the rules")
    report = models.JSONField("completeness", default=dict)
    imported_at = models.DateTimeField(default=timezone.now)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "delivered text"
        default_permissions = ()
        triggers = [revised()]

    def __str__(self) -> str:
        return f"{self.source_name}: {self.article}"


class DeliveredReference(models.Model):
    """One entry of an article's list of references, as its page shows it."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="delivered_references")
    order = models.PositiveIntegerField()
    anchor = models.CharField(max_length=200)
    label = models.CharField(max_length=60, blank=True)
    text = models.TextField()
    doi = models.CharField("DOI", max_length=300, blank=True)
    pmid = models.CharField("number in PubMed", max_length=20, blank=True)

    class Meta:
        verbose_name = "reference"
        ordering = ["order"]
        default_permissions = ()
        indexes = [models.Index(fields=["doi"], name="membership_reference_doi", condition=~Q(doi=""))]
        constraints = [models.UniqueConstraint(fields=["article", "order"], name="membership_reference_order_once")]

    def __str__(self) -> str:
        return f"{self.label or self.order}. {self.article}"


class FileRole(models.TextChoices):
    PICTURE = "picture", "Picture"
    PDF = "pdf", "The article as PDF"
    SUPPLEMENT = "supplement", "Supplement"


def delivered_path(file: "DeliveredFile", filename: str) -> str:
    return f"journal/delivered/{public_id()}.{file.ending}"


class DeliveredFile(models.Model):
    """A picture, a supplement or the PDF of an article, as private as its text."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="delivered_files")
    role = models.CharField(max_length=10, choices=FileRole)
    key = models.SlugField(max_length=120, help_text="Its name in its address.")
    name = models.CharField(max_length=200, help_text="As it came, and as readers get it.")
    ending = models.CharField(max_length=8)
    file = models.FileField(upload_to=delivered_path, storage=private.storage, max_length=200)
    size = models.PositiveIntegerField("size in bytes")
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = "delivered file"
        ordering = ["role", "name"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["article", "key"], name="membership_delivered_file_once"),
            models.UniqueConstraint(fields=["article"], condition=Q(role="pdf"), name="membership_delivered_pdf_once"),
            models.CheckConstraint(condition=Q(role__in=FileRole.values), name="membership_delivered_role_known"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("journal:delivered-file", args=[self.article.slug, self.key])

    @property
    def filename(self) -> str:
        """As readers get it: a TIFF came as such, and is a WebP here."""
        return f"{PurePosixPath(self.name).stem}.{self.ending}"

    @property
    def content_type(self) -> str:
        return mimetypes.guess_type(f"file.{self.ending}")[0] or "application/octet-stream"


class ArticleRelation(models.Model):
    """What one article says of another, by its DOI: that it corrects it, retracts it, answers it."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(max_length=60, help_text="In the words of JATS, such as corrected-article.")
    doi = models.CharField("DOI of the other", max_length=300)
    # Of what was delivered, neither is set: that comes and goes with its delivery.
    noted_at = models.DateTimeField("written by an editor", null=True, blank=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "relation"
        ordering = ["pk"]
        default_permissions = ()
        triggers = [revised()]
        indexes = [models.Index(Upper("doi"), name="membership_relation_doi_upper")]
        constraints = [
            models.UniqueConstraint(fields=["article", "kind", "doi"], name="membership_relation_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.doi}"
