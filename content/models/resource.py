"""What patients and families may turn to elsewhere: other people's pages, described and looked at by us."""

from datetime import date

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from aapm_site.core.cache.revisions import revised, revised_where
from aapm_site.core.search import query
from content.models.initiative import secure
from content.models.link import Link
from content.states import Audience, Language, ResourceFormat


class ResourceTopic(models.Model):
    """A shelf of the directory."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField("address word", max_length=80, unique=True)
    order = models.PositiveSmallIntegerField("place", default=100)

    class Meta:
        ordering = ["order", "name"]
        triggers = [revised()]

    def __str__(self) -> str:
        return self.name


class ResourceQuerySet(models.QuerySet["Resource"]):
    def published(self) -> "ResourceQuerySet":
        return self.filter(is_published=True)

    def in_order(self) -> "ResourceQuerySet":
        return self.order_by("topic__order", "topic__name", "order", "title", "pk")


class Resource(models.Model):
    """One page elsewhere, in our own words. Title and summary are in the resource's language."""

    title = models.CharField(max_length=140)
    url = models.URLField("address", max_length=500, unique=True, validators=[secure])
    source = models.CharField("who offers it", max_length=120)
    summary = models.TextField(
        max_length=300,
        validators=[MaxLengthValidator(300)],
        help_text="One or two plain sentences in the language of the resource: what one finds there.",
    )
    topic = models.ForeignKey(ResourceTopic, on_delete=models.PROTECT, related_name="resources")
    audience = models.CharField("for whom", max_length=12, choices=Audience, default=Audience.PATIENTS)
    format = models.CharField(max_length=12, choices=ResourceFormat, default=ResourceFormat.WEBSITE)
    language = models.CharField(max_length=8, choices=Language, default=Language.ENGLISH)
    order = models.PositiveSmallIntegerField("place", default=100, help_text="Small numbers stand first.")
    is_published = models.BooleanField("shown", default=True)
    last_checked_on = models.DateField(
        "looked at on", default=timezone.localdate, help_text="The day on which somebody has read it."
    )
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    link = models.ForeignKey(
        Link, on_delete=models.SET_NULL, null=True, blank=True, related_name="resources", editable=False
    )
    updated_at = models.DateTimeField(auto_now=True)

    search = query.vector(("title", "A"), ("source", "B"), ("summary", "C"))

    objects = ResourceQuerySet.as_manager()

    class Meta:
        ordering = ["topic__order", "order", "title", "pk"]
        indexes = [query.index("content_resource_search"), models.Index(fields=["topic", "order", "title"])]
        constraints = [
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="content_resource_audience_known"),
            models.CheckConstraint(condition=Q(format__in=ResourceFormat.values), name="content_resource_format_known"),
            models.CheckConstraint(condition=Q(language__in=Language.values), name="content_resource_language_known"),
        ]
        triggers = [*revised_where("changed.is_published")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its own place in the directory."""
        return f"{reverse('content:resources')}?only={self.pk}"

    @property
    def is_broken(self) -> bool:
        return self.link is not None and self.link.broken_since is not None

    @property
    def checked_on(self) -> date:
        """The newest day on which a person or the weekly check found it there."""
        tried = self.link.checked_at if self.link and self.link.checked_at and not self.link.failures else None
        return max(self.last_checked_on, timezone.localdate(tried)) if tried else self.last_checked_on
