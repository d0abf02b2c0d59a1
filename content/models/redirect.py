"""Old addresses that go on working: of pages that moved, of the former site, and those that staff add by hand."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from content.models.page import Page

LONGEST = 500


class Redirect(models.Model):
    """One old address and where it leads: a page, which it follows when that moves, or an address."""

    class Origin(models.TextChoices):
        MOVE = "move", "A page moved"
        IMPORT = "import", "The former site"
        HAND = "hand", "Added by hand"

    old_path = models.CharField(
        "old address",
        max_length=LONGEST,
        unique=True,
        help_text="As it stood in the browser, without the name of the site: /old-page/ or /?p=123.",
    )
    page = models.ForeignKey(
        Page,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="redirects",
        help_text="The page that readers should find; the redirect follows it when it moves.",
    )
    url = models.CharField(
        "or an address",
        max_length=LONGEST,
        blank=True,
        validators=[
            RegexValidator(
                r"^(/(?![/\\])[^\s\\]*|https://[^\s\\]+)$", "Write an address that begins with / or https://."
            )
        ],
        help_text="For what is not a page of ours, such as /career-center/jobs/ or https://www.example.org/.",
    )
    origin = models.CharField("where it comes from", max_length=10, choices=Origin, default=Origin.HAND, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["old_path"]
        constraints = [
            models.CheckConstraint(
                condition=Q(page__isnull=False, url="") | (Q(page__isnull=True) & ~Q(url="")),
                name="content_redirect_one_target",
                violation_error_message="Choose a page or write an address: one of the two.",
            ),
            models.CheckConstraint(
                condition=Q(origin__in=["move", "import", "hand"]), name="content_redirect_origin_known"
            ),
            models.CheckConstraint(condition=Q(old_path__startswith="/"), name="content_redirect_path_begins"),
        ]

    def __str__(self) -> str:
        return self.old_path
