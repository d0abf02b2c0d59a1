"""Ask us anything: what people ask, kept whether or not it looks like spam."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from aapm_site.core.ids import PublicIdField
from aapm_site.core.revisions import revised
from aapm_site.core.transitions import StatusChange
from content.states import QUESTION_LIFECYCLE, QuestionStatus


class Topic(models.Model):
    """What a question may be about; a list that staff edit."""

    name = models.CharField(max_length=80, unique=True)
    order = models.PositiveSmallIntegerField(default=100)

    class Meta:
        ordering = ["order", "name"]
        triggers = [revised()]

    def __str__(self) -> str:
        return self.name


class Question(models.Model):
    """One question with the name and address of the person who asked it."""

    public_id = PublicIdField()
    name = models.CharField(max_length=120)
    email = models.EmailField("e-mail", max_length=254)
    question = models.TextField(max_length=5000)
    topic = models.ForeignKey(Topic, on_delete=models.SET_NULL, null=True, blank=True, related_name="questions")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="questions"
    )
    status = models.CharField(max_length=12, choices=QuestionStatus, default=QuestionStatus.NEW)
    spam_reason = models.CharField("why it was kept apart", max_length=200, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    announced_at = models.DateTimeField("notice and receipt sent", null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    LIFECYCLE = QUESTION_LIFECYCLE

    class Meta:
        ordering = ["-asked_at", "-pk"]
        permissions = [("decide_question", "Can answer, close and sort questions")]
        indexes = [models.Index(fields=["status", "-asked_at"], name="content_question_waiting")]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=QuestionStatus.values), name="content_question_status_known")
        ]

    def __str__(self) -> str:
        return f"Question of {timezone.localtime(self.asked_at):%B %-d, %Y}, {self.name}"


class QuestionStatusChange(StatusChange):
    subject = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="status_changes")

    class Meta(StatusChange.Meta):
        abstract = False
