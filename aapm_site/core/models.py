"""The ground floor's own small tables."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils import timezone


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
