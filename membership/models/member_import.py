"""A list of members that staff bring from elsewhere, its lines as they were read, and what each would do."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from ..import_columns import DateOrder, Outcome


class MemberImport(models.Model):
    """One list. Its file is not kept: the lines are, until they are forgotten (retention.py), then only the counts."""

    name = models.CharField("file", max_length=150)
    headings = models.JSONField(default=list, editable=False)
    columns = models.JSONField(default=dict, editable=False)  # of each field, the number of its column from 1
    date_order = models.CharField("dates are written", max_length=3, choices=DateOrder.choices, default=DateOrder.YMD)
    lines_count = models.PositiveIntegerField("lines", default=0, editable=False)
    counts = models.JSONField(default=dict, editable=False)  # of each outcome, as it was checked last
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    uploaded_at = models.DateTimeField(default=timezone.now, editable=False)
    # While the worker checks a long list: since when it is asked to.
    check_asked_at = models.DateTimeField(null=True, blank=True, editable=False)
    checked_at = models.DateTimeField(null=True, blank=True, editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField(null=True, blank=True, editable=False)
    progress = models.CharField(max_length=200, blank=True, default="", editable=False)
    applied_at = models.DateTimeField("applied", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "import of members"
        verbose_name_plural = "imports of members"
        ordering = ["-uploaded_at", "-pk"]
        permissions = [("import_members", "Can import members from a file")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(date_order__in=DateOrder.values), name="membership_import_date_order_known"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def count(self, outcome: str) -> int:
        return int(self.counts.get(outcome, 0))

    @property
    def is_being_checked(self) -> bool:
        return self.check_asked_at is not None

    @property
    def is_running(self) -> bool:
        return self.asked_at is not None and self.applied_at is None


class ImportedLine(models.Model):
    """A line of a list: what stood in it, and what it would do. Written and read by set-based statements.

    Persons, members and categories are numbers without a reference: a line says what was true when it was checked.
    """

    member_import = models.ForeignKey(MemberImport, on_delete=models.CASCADE, related_name="lines")
    line = models.PositiveIntegerField()
    cells = ArrayField(models.TextField())
    number = models.TextField(null=True)  # noqa: DJ001 - what is not in the list is no empty text
    email = models.TextField(null=True)  # noqa: DJ001
    first_name = models.TextField(null=True)  # noqa: DJ001
    last_name = models.TextField(null=True)  # noqa: DJ001
    degrees = models.TextField(null=True)  # noqa: DJ001
    state = models.TextField(null=True)  # noqa: DJ001
    category = models.TextField(null=True)  # noqa: DJ001
    joined_on = models.TextField(null=True)  # noqa: DJ001
    starts_on = models.TextField(null=True)  # noqa: DJ001
    ends_on = models.TextField(null=True)  # noqa: DJ001
    person = models.BigIntegerField(null=True)
    member = models.BigIntegerField(null=True)
    plan = models.BigIntegerField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True, default="", db_default="")
    reasons = ArrayField(models.TextField(), default=list, db_default=[])
    changes = models.JSONField(default=list, db_default=[])  # rows of what, old, new

    class Meta:
        ordering = ["line"]
        constraints = [
            models.UniqueConstraint(fields=["member_import", "line"], name="membership_imported_line_once"),
            models.CheckConstraint(
                condition=models.Q(outcome="") | models.Q(outcome__in=Outcome.values),
                name="membership_imported_line_outcome_known",
            ),
        ]

    def __str__(self) -> str:
        return f"Line {self.line}"

    @property
    def who(self) -> str:
        """The person as the line names them."""
        named: list[Any] = [self.first_name, self.last_name]
        return " ".join(part for part in named if part) or self.email or self.number or ""
