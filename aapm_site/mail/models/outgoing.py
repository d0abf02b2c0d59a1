"""One message to one person, written in the transaction of what it tells."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from aapm_site.core.ids import PublicIdField

from ..states import EmailState, WhyNotSent
from .of_kinds import OfKinds
from .subscription import Subscription


class OutgoingEmail(models.Model):
    """A message with its delivery. Only domain/queue.py adds rows, only domain/delivery.py changes them.

    The text of a secret message (a code, a link that signs in) is wiped once it is sent; see domain/delivery.py.
    """

    # Whether it is one of the letters that its reader, who has not confirmed the address, gets in a day.
    takes_a_share = False

    public_id = PublicIdField()
    to = models.EmailField(max_length=254)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="emails",
        verbose_name="reader",
    )
    subscription = models.ForeignKey(
        Subscription, on_delete=models.SET_NULL, null=True, blank=True, related_name="emails"
    )
    subject = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict, blank=True)
    reply_to = models.EmailField(max_length=254, blank=True)
    message_id = models.CharField("Message-ID", max_length=200, unique=True)
    kind = models.CharField(max_length=60, blank=True)
    template = models.CharField(max_length=120)
    secret = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=EmailState, default=EmailState.QUEUED)
    why_not_sent = models.CharField(max_length=12, choices=WhyNotSent, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField("what the mail server said", blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = OfKinds["OutgoingEmail"].as_manager()

    class Meta:
        verbose_name = "message"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=EmailState.values), name="mail_email_state_known"),
            models.CheckConstraint(
                condition=models.Q(state=EmailState.SENT, sent_at__isnull=False)
                | (~models.Q(state=EmailState.SENT) & models.Q(sent_at__isnull=True)),
                name="mail_email_sent_has_its_time",
            ),
            models.CheckConstraint(
                condition=models.Q(why_not_sent="") | models.Q(why_not_sent__in=WhyNotSent.values),
                name="mail_email_why_known",
            ),
            models.CheckConstraint(
                condition=models.Q(state=EmailState.SUPPRESSED) ^ models.Q(why_not_sent=""),
                name="mail_email_not_sent_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at"], name="mail_email_waiting", condition=models.Q(state=EmailState.QUEUED)
            ),
            models.Index(fields=["state", "-created_at"], name="mail_email_by_state"),
            models.Index(fields=["to"], name="mail_email_to"),
        ]
        permissions = [("resend_outgoingemail", "Can send a message again")]

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"

    @property
    def state_words(self) -> str:
        """The state, and why it is not sent."""
        words = self.get_state_display()
        return f"{words}: {self.get_why_not_sent_display()}" if self.why_not_sent else words

    @property
    def readable(self) -> bool:
        """Whether staff may read the text: never that of a secret message, but in the demonstration."""
        return not self.secret or settings.DEMO
