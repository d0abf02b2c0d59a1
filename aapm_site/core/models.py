"""The ground floor's own small tables."""

from typing import ClassVar
from urllib.parse import urlsplit

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from .cache.revisions import revised


class Revision(models.Model):
    """One public change; see revisions.py. Rows are written by triggers."""

    class Meta:
        managed = True

    def __str__(self) -> str:
        return str(self.pk)


class Count(models.Model):
    """How often something was viewed, searched or shown on one day; see counts.py."""

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=200)
    on = models.DateField()
    times = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key", "on"], name="core_count_once_a_day")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} {self.on}: {self.times}"


class LimitCount(models.Model):
    """How often something that is limited was done in the present window; see http/limits.py."""

    name = models.CharField(max_length=40)
    subject = models.CharField(max_length=64)  # a digest of who or what is counted
    times = models.PositiveIntegerField()
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "subject"], name="core_limitcount_once")]

    def __str__(self) -> str:
        return f"{self.name}: {self.times}"


class SearchWord(models.Model):
    """A word of what everybody may read, for slips of the pen in searches; see vocabulary.py."""

    word = models.CharField(max_length=40, unique=True)
    times = models.PositiveIntegerField()

    class Meta:
        indexes = [GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="core_searchword_near")]

    def __str__(self) -> str:
        return self.word


class Hold(models.Model):
    """Staff keep one piece of due work from being done; see due.py."""

    work = models.CharField(max_length=60)
    key = models.CharField(max_length=200)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["work", "key"], name="core_hold_once")]
        permissions = [("see_due_work", "Can see and hold what is due next")]

    def __str__(self) -> str:
        return f"{self.work} {self.key}"


class Retention(models.Model):
    """After how many days one sort of thing is forgotten; see retention.py."""

    name = models.CharField(max_length=40, unique=True, editable=False)
    days = models.PositiveIntegerField("days that it is kept")

    class Meta:
        verbose_name = "retention period"
        verbose_name_plural = "retention periods"

    def __str__(self) -> str:
        return self.name


class StarterRow(models.Model):
    """A row of the starter content that has been loaded here: which one, and fingerprints of it; see starter.py.

    `stored` has a fingerprint for each field as it was loaded. It is empty for a row that stood there before, and for
    one that could not be made, which has no object either.
    """

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=255)
    object_id = models.BigIntegerField(null=True)
    shipped = models.CharField(max_length=16, blank=True)
    stored = models.JSONField(default=dict)
    loaded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="core_starterrow_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    @property
    def is_own(self) -> bool:
        """Staff had made it themselves before the starter content came."""
        return not self.stored

    def changed(self, now: dict[str, str]) -> list[str]:
        """The fields that are not as they were loaded. A field that came into being since says nothing."""
        return [name for name, before in self.stored.items() if now.get(name, before) != before]


MOST_STREET_LINES = 3
MOST_SOCIAL_ADDRESSES = 8


def few_street_lines(text: str) -> None:
    """An envelope has room for these."""
    if (count := sum(bool(line.strip()) for line in text.splitlines())) > MOST_STREET_LINES:
        raise ValidationError(f"A paper has room for {MOST_STREET_LINES} lines here, and these are {count}.")


def social_lines(text: str) -> None:
    """Every line ends with a whole address, each stands once, and the foot has room for all."""
    lines = [line.split()[-1] for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_SOCIAL_ADDRESSES:
        raise ValidationError(f"Please keep at most {MOST_SOCIAL_ADDRESSES} addresses; these are {len(lines)}.")
    for line in lines:
        if not _is_whole_address(line):
            raise ValidationError(f"“{line[:60]}” is not a whole address that begins with https://.")
        if lines.count(line) > 1:
            raise ValidationError(f"“{line[:60]}” stands here twice.")


def _is_whole_address(line: str) -> bool:
    try:
        parts = urlsplit(line)
    except ValueError:
        return False
    return parts.scheme == "https" and "." in (parts.hostname or "") and "@" not in parts.netloc


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent())
class Association(models.Model):
    """The association whose site this is: one row, which staff edit. Read it through association.py."""

    ONLY: ClassVar[int] = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY, editable=False)
    name = models.CharField(
        max_length=160,
        default="American Academy of Pain Medicine",
        help_text="As it stands on invoices, certificates and letters, and at the foot of every page.",
    )
    legal_line = models.CharField(
        max_length=200,
        blank=True,
        help_text="A sentence of law for the foot and the contact page, as in “A nonprofit corporation in Illinois.”",
    )
    street = models.TextField(
        max_length=240,
        blank=True,
        validators=[few_street_lines],
        help_text="Street and number, then suite or floor, a line each. Not the town.",
    )
    city = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=40, blank=True, help_text="As on an envelope: IL.")
    postal_code = models.CharField("ZIP code", max_length=20, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    email = models.EmailField("e-mail", max_length=254, blank=True, help_text="For everybody, on the contact page.")
    hours = models.CharField(
        "office hours",
        max_length=120,
        blank=True,
        help_text="With the zone: Monday to Friday, 8:30 a.m. to 5 p.m. Central.",
    )
    website = models.CharField(
        max_length=100, blank=True, help_text="As papers print it, without https://: painmed.example."
    )
    founded = models.PositiveSmallIntegerField(
        "founded in", default=1983, validators=[MinValueValidator(1700), MaxValueValidator(2100)]
    )
    social = models.TextField(
        "addresses elsewhere",
        max_length=1_000,
        blank=True,
        validators=[social_lines],
        help_text=(
            "The association’s own accounts on LinkedIn, YouTube and so on: a whole address a line, in this order. "
            "Words before an address are what it is called."
        ),
    )
    is_sample = models.BooleanField(
        "sample", default=False, help_text="Invented for the demonstration; pages and papers say so."
    )

    class Meta:
        verbose_name = "the association"
        verbose_name_plural = "the association"
        triggers = [revised(), pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)]
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="core_association_only_one"),
            models.CheckConstraint(condition=models.Q(name__regex=r"\S"), name="core_association_has_name"),
            models.CheckConstraint(
                condition=models.Q(founded__gte=1700, founded__lte=2100), name="core_association_founded_in_a_year"
            ),
        ]

    def __str__(self) -> str:
        return self.name
