"""An application that somebody has begun: kept as it is typed, whether it can be sent yet or not."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from aapm_site.accounts.people import Visitor
from aapm_site.core.files import private
from aapm_site.core.ids import PublicIdField

from .application import paper_path
from .plan import Plan


class ApplicationDraftQuerySet(models.QuerySet["ApplicationDraft"]):
    def for_user(self, user: Visitor) -> "ApplicationDraftQuerySet":
        return self.filter(user_id=user.pk) if user.pk else self.none()

    def untouched_since(self, at: datetime) -> "ApplicationDraftQuerySet":
        return self.filter(changed_at__lt=at)


class ApplicationDraft(models.Model):
    """A person has one at most. Only domain/application_drafts.py writes them; sending one makes it an application.

    `fields` is what was typed, unchecked, by the names of the form's fields. Each save raises `saves`, by which a form
    finds out that another window has saved meanwhile.
    """

    public_id = PublicIdField()
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="application_draft")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+", verbose_name="category")
    fields = models.JSONField(default=dict)
    saves = models.PositiveIntegerField(default=1)
    begun_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False, db_index=True)
    linked_at = models.DateTimeField(null=True, blank=True, editable=False)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ApplicationDraftQuerySet.as_manager()

    class Meta:
        verbose_name = "draft of an application"
        verbose_name_plural = "drafts of applications"
        default_permissions = ()
        ordering = ["-changed_at"]

    def __str__(self) -> str:
        return f"Draft {self.pk}: {self.plan}"

    def get_absolute_url(self) -> str:
        return reverse("membership:draft", args=[self.public_id])


class DraftPaper(models.Model):
    """A PDF that was added to a draft; it becomes a paper of the application when that is sent."""

    public_id = PublicIdField()
    draft = models.ForeignKey(ApplicationDraft, on_delete=models.CASCADE, related_name="papers")
    file = models.FileField(upload_to=paper_path, storage=private.storage)
    name = models.CharField(max_length=150)
    size = models.PositiveIntegerField()
    uploaded_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "paper of a draft"
        verbose_name_plural = "papers of drafts"
        default_permissions = ()
        ordering = ["uploaded_at", "pk"]

    def __str__(self) -> str:
        return self.name
