"""Use of the journal: openings for a few days, then counts by article and month in which nobody can be found.

Only domain/usage.py and domain/usage_counts.py write here.
"""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from ..counting import AccessType, UsageKind
from .article import Article


class UsageSalt(models.Model):
    """What the readers of one day are hashed with. Once it is deleted nobody can say whose an opening was."""

    on = models.DateField("day", primary_key=True)
    salt = models.BinaryField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"Salt of {self.on}"


class UsageEvent(models.Model):
    """One opening of an article or of what belongs to it, or one search; robots are left out before.

    `reader` is the same for a person's, or an address and agent's, openings of one day and of no other. `part` names
    what was opened, empty for the article's page; of a search it is a hash of the words.
    """

    at = models.DateTimeField()
    on = models.DateField("day")
    reader = models.BinaryField()
    article = models.ForeignKey(Article, on_delete=models.CASCADE, null=True, related_name="+")
    part = models.CharField(max_length=100, blank=True)
    use = models.CharField(max_length=8, choices=UsageKind)
    access = models.CharField(max_length=10, choices=AccessType, blank=True)
    yop = models.PositiveSmallIntegerField("year of publication", null=True)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["on"], name="membership_usageevent_on")]
        constraints = [
            models.CheckConstraint(
                condition=Q(use=UsageKind.SEARCH, article__isnull=True, access="", yop__isnull=True)
                | (
                    ~Q(use=UsageKind.SEARCH) & Q(article__isnull=False, access__in=AccessType.values, yop__isnull=False)
                ),
                name="membership_usageevent_of_an_article_or_search",
            ),
            models.CheckConstraint(condition=Q(use__in=UsageKind.values), name="membership_usageevent_use_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_use_display()}, {self.on}"


class ArticleUsage(models.Model):
    """How much an article was used, by kind of access and year of publication: on a day, or in a month.

    The days are made anew from the openings as long as these are kept; then they go into their month (`is_month`, `on`
    is its first day). An article that is deleted leaves its counts, so that the journal's do not change.
    """

    on = models.DateField("day, or first day of the month")
    is_month = models.BooleanField("a month", default=False, db_default=False)
    article = models.ForeignKey(Article, on_delete=models.SET_NULL, null=True, related_name="usage")
    access = models.CharField(max_length=10, choices=AccessType)
    yop = models.PositiveSmallIntegerField("year of publication")
    investigations = models.PositiveBigIntegerField(default=0)
    requests = models.PositiveBigIntegerField(default=0)
    unique_investigations = models.PositiveBigIntegerField(default=0)
    unique_requests = models.PositiveBigIntegerField(default=0)
    denials = models.PositiveBigIntegerField(default=0)

    class Meta:
        default_permissions = ()
        permissions = [("see_journal_usage", "Can see how much the journal is read")]
        constraints = [
            models.UniqueConstraint(
                fields=["on", "is_month", "article", "access", "yop"], name="membership_articleusage_once"
            ),
            models.CheckConstraint(condition=Q(access__in=AccessType.values), name="membership_articleusage_access"),
            models.CheckConstraint(
                condition=Q(
                    unique_investigations__lte=F("investigations"),
                    unique_requests__lte=F("requests"),
                    requests__lte=F("investigations"),
                    denials__lte=F("investigations"),
                ),
                name="membership_articleusage_adds_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article or 'A deleted article'}, {self.on}"


class SearchUsage(models.Model):
    """How often the journal was searched: on a day, or in a month, as in `ArticleUsage`."""

    on = models.DateField("day, or first day of the month")
    is_month = models.BooleanField("a month", default=False, db_default=False)
    searches = models.PositiveBigIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["on", "is_month"], name="membership_searchusage_once")]

    def __str__(self) -> str:
        return f"Searches, {self.on}"


class RobotAgent(models.Model):
    """An agent that staff have found to be none of a reader, beside those of robots.txt. It counts from now on."""

    fragment = models.CharField(
        "part of the agent", max_length=200, unique=True,
        help_text="As it stands in the server's log, or a part of it: ExampleBot. Large and small letters are alike.",
    )  # fmt: skip
    note = models.CharField(max_length=300, blank=True, help_text="Whose it is, and how it was noticed.")
    added_at = models.DateTimeField("added", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "agent that is no reader"
        verbose_name_plural = "agents that are no readers"
        ordering = ["fragment"]
        constraints = [
            models.CheckConstraint(
                condition=Q(fragment__regex=r"\S.*\S.*\S"),
                name="membership_robotagent_long_enough",
                violation_error_message="Give at least three letters: fewer would name readers, too.",
            )
        ]

    def __str__(self) -> str:
        return self.fragment
