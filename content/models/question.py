"""Ask us anything: what people ask, kept whether or not it looks like spam, and what is said about it since."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from aapm_site.core.cache.revisions import revised
from aapm_site.core.ids import PublicIdField
from aapm_site.core.richtext import RichTextField
from aapm_site.core.transitions import StatusChange
from content.models.promise import MOST, USUAL, AnswerPromise
from content.states import QUESTION_LIFECYCLE, QUESTION_STAFF_WORDS, MessageKind, QuestionStatus
from content.text.promise import promised_before


class Topic(models.Model):
    """What a question may be about, and who answers it; a list that staff edit."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(
        "address word", max_length=80, unique=True, help_text="Stands in the address of its published answers."
    )
    help_text = models.CharField(
        "what belongs here",
        max_length=160,
        blank=True,
        help_text="A few words beside the name when somebody chooses a topic.",
    )
    email = models.EmailField(
        "who answers",
        max_length=254,
        blank=True,
        help_text="Questions about it are announced to this address; empty: to the staff’s general address.",
    )
    order = models.PositiveSmallIntegerField("place", default=100)

    class Meta:
        ordering = ["order", "name"]
        triggers = [revised()]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse('content:answers')}?topic={self.slug}"


class QuestionQuerySet(models.QuerySet["Question"]):
    """Words for what waits."""

    def waiting(self) -> "QuestionQuerySet":
        """Those that nobody has answered, each with `waiting_since`: when it was asked, or came back to us."""
        steps = QuestionStatusChange.objects.filter(subject=OuterRef("pk"), to_status=QuestionStatus.NEW)
        newest = Subquery(steps.order_by("-at").values("at")[:1])
        return self.filter(status=QuestionStatus.NEW).annotate(waiting_since=Coalesce(newest, "asked_at"))

    def overdue(self, at: datetime) -> "QuestionQuerySet":
        """Those that wait, at this moment, for longer than is promised; one query with the promise in it."""
        promised = Coalesce(Subquery(AnswerPromise.objects.values("working_days")[:1]), USUAL)
        moments = (When(promised=days, then=Value(promised_before(at, days))) for days in range(1, MOST + 1))
        known = self.waiting().annotate(promised=promised, latest=Case(*moments))
        return known.filter(waiting_since__lt=F("latest"))  # type: ignore[misc]  # annotated above


class Question(models.Model):
    """One question with the name and address of the person who asked it; `public_id` opens it to whoever has it."""

    public_id = PublicIdField()
    name = models.CharField(max_length=120)
    email = models.EmailField("e-mail", max_length=254)
    question = models.TextField(max_length=5000)
    topic = models.ForeignKey(
        Topic,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="questions",
        help_text="Another topic sends the notice to whoever answers there.",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="questions"
    )
    status = models.CharField(max_length=12, choices=QuestionStatus, default=QuestionStatus.NEW)
    is_urgent = models.BooleanField("urgent wording", default=False)
    urgent_about = models.CharField("sounds like", max_length=400, blank=True)
    spam_reason = models.CharField("why it was kept apart", max_length=200, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    announced_at = models.DateTimeField("notice and receipt sent", null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    consented_at = models.DateTimeField("agreed to a public answer", null=True, blank=True)
    consent_withdrawn_at = models.DateTimeField("took that back", null=True, blank=True)
    erased_at = models.DateTimeField("deleted for the person", null=True, blank=True)
    # Half an answer, kept until somebody sends it: nobody but staff reads it.
    answer_draft = RichTextField("draft of the answer", blank=True, default="", db_default="", editable=False)
    published_as = models.OneToOneField(
        "content.Page",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="asked_as",
        verbose_name="public answer",
    )

    objects = QuestionQuerySet.as_manager()

    LIFECYCLE = QUESTION_LIFECYCLE
    STAFF_WORDS = QUESTION_STAFF_WORDS

    class Meta:
        ordering = ["-asked_at", "-pk"]
        permissions = [("decide_question", "Can answer, close and sort questions")]
        indexes = [
            models.Index(fields=["status", "-asked_at"], name="content_question_waiting"),
            models.Index(fields=["email", "-asked_at"], name="content_question_of_address"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=QuestionStatus.values), name="content_question_status_known"),
            models.CheckConstraint(
                condition=Q(consent_withdrawn_at__isnull=True) | Q(consented_at__isnull=False),
                name="content_question_withdrawn_was_given",
            ),
            models.CheckConstraint(
                condition=Q(consent_withdrawn_at__isnull=True) | Q(consent_withdrawn_at__gte=F("consented_at")),
                name="content_question_withdrawn_after_given",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(question="", user__isnull=True),
                name="content_question_erased_is_empty",
            ),
        ]

    def __str__(self) -> str:
        return f"Question of {timezone.localtime(self.asked_at):%B %-d, %Y}, {self.name}"

    def get_tracking_url(self) -> str:
        """The page on which the person follows the question without an account. Not get_absolute_url: it is secret."""
        return reverse("content:ask-track", args=[self.public_id])

    @property
    def may_be_published(self) -> bool:
        """Whether the person agrees, now, to an edited answer without names."""
        return self.consented_at is not None and self.consent_withdrawn_at is None and self.erased_at is None


class QuestionMessage(models.Model):
    """One entry of the thread below a question: an answer of the staff, or more words of the person."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=12, choices=MessageKind)
    html = RichTextField(blank=True)  # what staff wrote
    text = models.TextField(max_length=5000, blank=True)  # what the person wrote
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["question", "at", "id"], name="content_message_thread")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=MessageKind.values), name="content_message_kind_known"),
            models.CheckConstraint(
                condition=Q(kind=MessageKind.FOLLOW_UP, html="") | (~Q(kind=MessageKind.FOLLOW_UP) & Q(text="")),
                name="content_message_words_of_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {timezone.localtime(self.at):%B %-d, %Y}"

    @property
    def is_by_staff(self) -> bool:
        return self.kind != MessageKind.FOLLOW_UP


class QuestionStatusChange(StatusChange):
    subject = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="status_changes")

    class Meta(StatusChange.Meta):
        abstract = False
