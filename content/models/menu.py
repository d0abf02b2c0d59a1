"""Menus as rows that staff edit: the main menu, the columns of the foot, the small print."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from aapm_site.core.cache.revisions import revised
from content.models.page import Page

LEADS_SOMEWHERE = RegexValidator(r"^(/[^/\s]\S*|/|https://\S+)$", "Write an address that begins with / or https://.")


class Menu(models.Model):
    """A place in the layout that shows links; templates ask for it by its name."""

    name = models.SlugField("name in the layout", max_length=40, unique=True)
    label = models.CharField("called", max_length=80)

    class Meta:
        ordering = ["label"]
        triggers = [revised()]

    def __str__(self) -> str:
        return self.label


class MenuItem(models.Model):
    """One entry. It leads to a page, and follows it when it moves, or to an address; a heading leads nowhere."""

    menu = models.ForeignKey(Menu, on_delete=models.CASCADE, related_name="items")
    parent = models.ForeignKey(
        "self",
        verbose_name="stands below",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="children",
        help_text="The entry or column above it; empty at the top.",
    )
    title = models.CharField(max_length=60)
    page = models.ForeignKey(
        Page,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="menu_items",
        help_text="Shown while the page is public.",
    )
    url = models.CharField(
        "address",
        max_length=255,
        blank=True,
        validators=[LEADS_SOMEWHERE],
        help_text="For what is not a page, for example /career-center/jobs/.",
    )
    note = models.CharField(
        max_length=200,
        blank=True,
        help_text="A sentence for places that show one, such as the doors of the home page.",
    )
    order = models.PositiveSmallIntegerField("place", default=100)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = "entry"
        verbose_name_plural = "entries"
        constraints = [
            models.CheckConstraint(
                condition=Q(page__isnull=True) | Q(url=""),
                name="content_menuitem_one_target",
                violation_error_message="Choose a page or write an address, not both.",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="content_menuitem_not_its_own_parent"
            ),
        ]
        triggers = [revised()]

    def __str__(self) -> str:
        return self.title
