"""A newsletter that staff write: words of their own, and news and statements that they choose."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from aapm_site.core.cache.revisions import revised_where
from aapm_site.core.richtext import RichTextField
from aapm_site.core.transitions import StatusChange
from aapm_site.mail.letter_states import LETTER_LIFECYCLE, LetterStatus
from aapm_site.mail.models import Mailing
from content.models.page import PUBLIC, Page, public_at
from content.states import NEWS_KINDS

LEAST_PER_HOUR, MOST_PER_HOUR = 60, 12_000
# What the archive shows, from when the first letter is written; one that was stopped is taken away from it.
SHOWN = (LetterStatus.SENDING, LetterStatus.PAUSED, LetterStatus.SENT)
_SHOWN_ROW = "status IN ('sending', 'paused', 'sent')"
_OF_A_SHOWN_ONE = f"newsletter_id IN (SELECT id FROM content_newsletter WHERE {_SHOWN_ROW})"  # noqa: S608 - our own


def readable_by_everybody() -> Q:
    """News and statements that are public at this moment and for everybody: only these may go into a newsletter."""
    return Q(public_at(timezone.now()), kind__in=NEWS_KINDS, audience=PUBLIC)


class NewsletterQuerySet(models.QuerySet["Newsletter"]):
    """The words in which newsletters are asked for."""

    def shown(self) -> "NewsletterQuerySet":
        """Those of the archive, newest first."""
        return self.filter(status__in=SHOWN).order_by("-mailing__begun_at", "-pk")


class Newsletter(models.Model):
    """What is written, and how fast it goes. Its words are fixed once it is more than a draft.

    Its readers, and what became of each letter, are the mailing's, which it has from when it begins to go. From then on
    it stands in the archive, at the address that `slug` makes.
    """

    LIFECYCLE = LETTER_LIFECYCLE

    subject = models.CharField(max_length=150)
    preview_line = models.CharField(
        max_length=150, blank=True, help_text="What a list of mail shows beside the subject."
    )
    opening = RichTextField(
        "your own words",
        blank=True,
        help_text="They stand first. A letter of its own needs nothing below them; letters hold no pictures.",
    )
    per_hour = models.PositiveIntegerField(
        "letters an hour",
        default=3_000,
        validators=[MinValueValidator(LEAST_PER_HOUR), MaxValueValidator(MOST_PER_HOUR)],
        help_text="They go in small portions, every five minutes.",
    )
    slug = models.CharField("address word", max_length=80, blank=True, editable=False)
    status = models.CharField(max_length=10, choices=LetterStatus.choices, default=LetterStatus.DRAFT, editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", editable=False,
        verbose_name="sent by",
    )  # fmt: skip
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    asked_at = models.DateTimeField("waits since", null=True, editable=False)
    ended_at = models.DateTimeField("ended", null=True, editable=False)
    mailing = models.OneToOneField(
        Mailing, on_delete=models.PROTECT, null=True, related_name="newsletter", editable=False
    )

    objects = NewsletterQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=LetterStatus.values), name="content_newsletter_status_known"),
            models.CheckConstraint(
                condition=Q(per_hour__range=(LEAST_PER_HOUR, MOST_PER_HOUR)),
                name="content_newsletter_per_hour",
                violation_error_message="Between 60 and 12,000 letters an hour.",
            ),
            models.CheckConstraint(
                condition=Q(agreed_by=None) | ~Q(agreed_by=models.F("asked_by")), name="content_newsletter_two_people"
            ),
            models.CheckConstraint(
                condition=Q(slug="", mailing__isnull=True) | (~Q(slug="") & Q(mailing__isnull=False)),
                name="content_newsletter_begun_has_address",
            ),
            models.UniqueConstraint(fields=["slug"], condition=~Q(slug=""), name="content_newsletter_address_once"),
        ]
        permissions = [
            ("send_newsletter", "Can send the newsletter"),
            ("agree_newsletter", "Can agree to a colleague’s newsletter to many readers"),
        ]
        triggers = [*revised_where(_SHOWN_ROW)]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("content:newsletter-issue", args=[self.slug])

    @property
    def is_draft(self) -> bool:
        return self.status == LetterStatus.DRAFT


class NewsletterEntry(models.Model):
    """One of the news and statements in a newsletter, in its place; title and summary as they were when it went out."""

    newsletter = models.ForeignKey(Newsletter, on_delete=models.CASCADE, related_name="entries")
    page = models.ForeignKey(
        Page,
        on_delete=models.CASCADE,
        related_name="+",
        limit_choices_to=readable_by_everybody,
        verbose_name="news or statement",
    )
    order = models.PositiveSmallIntegerField("place", default=100)
    title = models.CharField(max_length=160, blank=True, editable=False)
    summary = models.TextField(max_length=300, blank=True, editable=False)

    class Meta:
        verbose_name_plural = "newsletter entries"
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["newsletter", "page"], name="content_newsletterentry_once")]
        triggers = [*revised_where(_OF_A_SHOWN_ONE)]

    def __str__(self) -> str:
        return self.title or self.page.title


class NewsletterChange(StatusChange):
    subject = models.ForeignKey(Newsletter, on_delete=models.CASCADE, related_name="status_changes")
