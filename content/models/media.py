"""The media library: pictures that pages show, and documents that they offer for download.

A picture's files are named after its public id and their width, in the default storage; the row knows which there are.
A document's file lies in the private storage: the view that hands it out asks for access first.
"""

from typing import Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from aapm_site.core.cache.revisions import revised
from aapm_site.core.files import private
from aapm_site.core.ids import PublicIdField, public_id
from content.models.page import PUBLIC
from content.states import DOCUMENT_TYPES, PICTURE_WIDTHS, PictureFallback

PICTURES = "pictures"
NEEDS_ALT = "Say in a few words what the picture shows, or mark it as decorative."


class MediaQuerySet(models.QuerySet):
    """The words in which both shelves of the library are asked."""

    def kept(self) -> Self:
        """All but what lies in the trash."""
        return self.filter(trashed_at__isnull=True)

    def trashed(self) -> Self:
        return self.filter(trashed_at__isnull=False)


class TrashedMedia(models.Model):
    """What both shelves keep of the trash."""

    trashed_at = models.DateTimeField("in the trash since", null=True, blank=True, editable=False)

    objects = MediaQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_trashed(self) -> bool:
        return self.trashed_at is not None


class Picture(TrashedMedia):
    """A picture in several widths. What was uploaded is not kept: each file was made by the site from its pixels."""

    public_id = PublicIdField()
    title = models.CharField(max_length=160, help_text="For finding it again; readers do not see it.")
    alt = models.CharField(
        "description",
        max_length=300,
        blank=True,
        help_text="What it shows, for those who do not see it: a sentence, without “picture of”.",
    )
    is_decorative = models.BooleanField(
        "decorative", default=False, help_text="It says nothing that the text does not say: readers may pass it by."
    )
    credit = models.CharField(max_length=160, blank=True, help_text="Who made it; stands below it.")
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    form = models.CharField(max_length=4, choices=PictureFallback, editable=False)
    size = models.PositiveIntegerField("bytes", editable=False, help_text="All its files together.")
    checksum = models.CharField(max_length=64, unique=True, editable=False)
    added_at = models.DateTimeField("added", default=timezone.now, editable=False)

    class Meta:
        ordering = ["-added_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_decorative=True) | Q(alt__regex=r"\S"),
                name="content_picture_described",
                violation_error_message=NEEDS_ALT,
            ),
            models.CheckConstraint(condition=Q(width__gt=0) & Q(height__gt=0), name="content_picture_has_size"),
            models.CheckConstraint(condition=Q(form__in=PictureFallback.values), name="content_picture_form_known"),
        ]
        triggers = [revised()]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The address that stands in a text: the whole picture, in the form that every program shows."""
        return self.address(self.width, self.form)

    def address(self, width: int, ending: str = "webp") -> str:
        return reverse("content:picture-file", args=[self.public_id, width, ending])

    @property
    def widths(self) -> list[int]:
        return widths_of(self.width)

    @property
    def thumbnail(self) -> str:
        return self.address(self.widths[0])

    @property
    def files(self) -> list[str]:
        """The names of its files in the default storage."""
        names = [file_name(self.public_id, width, "webp") for width in self.widths]
        return [*names, file_name(self.public_id, self.width, self.form)]

    def image(self, alt: str | None = None, *, decorative: bool | None = None) -> SafeString:
        """The <img> that stands in a text. Without arguments described as in the library."""
        if self.is_decorative if decorative is None else decorative:
            form = '<img src="{}" alt="{}" role="presentation" width="{}" height="{}">'
            alt = ""
        else:
            form = '<img src="{}" alt="{}" width="{}" height="{}">'
            alt = alt or self.alt
        return format_html(form, self.get_absolute_url(), alt, self.width, self.height)

    def tag(self, caption: str = "", alt: str | None = None) -> SafeString:
        """The HTML that stands in a text: the picture as a figure, with its caption and credit below."""
        words = " ".join(part for part in (caption, self.credit) if part)
        below = format_html("<figcaption>{}</figcaption>", words) if words else ""
        return format_html("<figure>{}{}</figure>", self.image(alt), below)


def widths_of(width: int) -> list[int]:
    """The widths in which a picture of this width exists, narrowest first."""
    return [*(step for step in PICTURE_WIDTHS if step < width), width]


def file_name(public: str, width: int, ending: str) -> str:
    """Where a file of a picture lies in the default storage."""
    return f"{PICTURES}/{public}-{width}.{ending}"


def document_path(document: "Document", filename: str) -> str:
    """A random name; the one that readers see is kept in the row and never on the disk."""
    return f"documents/{public_id()}.{document.ending}"


class Document(TrashedMedia):
    """A file to download, for everybody or for those who may read pages of its audience."""

    public_id = PublicIdField()
    title = models.CharField(max_length=160, help_text="The words of the link, as in “Questions for a first visit”.")
    name = models.CharField("file name", max_length=120, editable=False)
    audience = models.CharField(
        max_length=60,
        default=PUBLIC,
        validators=[RegexValidator(r"^(public|members|group:[a-z0-9-]+)$", "Write public, members or group:its-name.")],
        help_text="public, members, or group: and the name of a group.",
    )
    file = models.FileField(upload_to=document_path, storage=private.storage, max_length=200)
    size = models.PositiveIntegerField("bytes", editable=False)
    checksum = models.CharField(max_length=64, editable=False)
    added_at = models.DateTimeField("added", default=timezone.now, editable=False)

    class Meta:
        ordering = ["-added_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(audience__regex=r"^(public|members|group:[a-z0-9-]+)$"),
                name="content_document_audience_known",
                violation_error_message="Write public, members or group:its-name.",
            ),
            models.UniqueConstraint(
                fields=["checksum", "audience"],
                name="content_document_once",
                violation_error_message="This very file is in the library already, for the same readers.",
            ),
        ]
        triggers = [revised()]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("content:document-file", args=[self.public_id, self.name])

    @property
    def ending(self) -> str:
        return self.name.rsplit(".", 1)[-1]

    @property
    def content_type(self) -> str:
        return DOCUMENT_TYPES[self.ending][0]

    @property
    def is_public(self) -> bool:
        return self.audience == PUBLIC

    @property
    def kind_and_size(self) -> str:
        """What a reader wants to know before it comes: “PDF, 240 KB”."""
        return f"{DOCUMENT_TYPES[self.ending][1]}, {filesizeformat(self.size)}".replace("\xa0", " ")

    def tag(self) -> SafeString:
        """The HTML that stands in a text: a link that says what it is and how large."""
        return format_html(
            '<a class="download" href="{}">{} ({})</a>', self.get_absolute_url(), self.title, self.kind_and_size
        )
