"""What the public page of an organization needs besides its details: its logo, and the addresses that it had."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from aapm_site.core.cache.revisions import revised_where
from aapm_site.core.ids import PublicIdField

from .employer import Employer
from .seen import SEEN_EMPLOYERS

LOGOS = "logos"
LOGO_WIDTHS = (160, 320, 640)  # the last is the widest that is kept
SHOWN_WIDTH = 160  # pixels of CSS, the widest that a page shows


class EmployerLogo(models.Model):
    """The logo, made anew from the pixels of what was uploaded. Another picture gets another public id, so an address
    never means anything else. Only domain/logos.py writes them.
    """

    public_id = PublicIdField()
    employer = models.OneToOneField(Employer, on_delete=models.CASCADE, related_name="logo")
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    form = models.CharField(
        max_length=4, choices=[("png", "PNG"), ("jpg", "JPEG")], editable=False, help_text="For programs without WebP."
    )
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "logo of an employer"
        verbose_name_plural = "logos of employers"
        default_permissions = ()
        triggers = [*revised_where(f"changed.employer_id IN ({SEEN_EMPLOYERS})")]
        constraints = [
            models.CheckConstraint(condition=Q(form__in=["png", "jpg"]), name="careers_logo_form_known"),
            models.CheckConstraint(condition=Q(width__gt=0) & Q(height__gt=0), name="careers_logo_has_size"),
        ]

    def __str__(self) -> str:
        return f"Logo of {self.employer}"

    @property
    def widths(self) -> list[int]:
        """Those in which there is a WebP file."""
        return [*(width for width in LOGO_WIDTHS if width < self.width), self.width]

    @property
    def files(self) -> list[str]:
        names = [logo_file(self.public_id, width, "webp") for width in self.widths]
        return [*names, logo_file(self.public_id, self.width, self.form)]

    def address(self, width: int, ending: str = "webp") -> str:
        return reverse("careers:organization-logo", args=[self.public_id, width, ending])

    @property
    def whole(self) -> str:
        """The address for other programs: the widest file, in a form that every one reads."""
        return self.address(self.width, self.form)

    @property
    def image(self) -> SafeString:
        """The <img>, decorative: the name stands beside it."""
        sizes = ", ".join(f"{self.address(width)} {width}w" for width in self.widths)
        shown = min(self.width, SHOWN_WIDTH)
        return format_html(
            '<img src="{}" srcset="{}" sizes="{}px" alt="" role="presentation" width="{}" height="{}">',
            *(self.address(self.widths[0]), sizes, shown, shown, max(1, round(self.height * shown / self.width))),
        )


def logo_file(public_id: str, width: int, ending: str) -> str:
    """Where a file of a logo lies in the default storage."""
    return f"{LOGOS}/{public_id}-{width}.{ending}"


class EmployerSlug(models.Model):
    """A slug that an organization had before it was renamed: addresses with it lead on, and searches still find."""

    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="former_slugs")
    slug = models.SlugField(max_length=140, unique=True)
    until = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "former address of an employer"
        verbose_name_plural = "former addresses of employers"
        default_permissions = ()

    def __str__(self) -> str:
        return self.slug
