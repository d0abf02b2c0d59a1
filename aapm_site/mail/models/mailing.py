"""One letter to many readers on its way in portions, and each reader with what became of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from ..states import RecipientState
from .of_kinds import OfKinds
from .outgoing import OutgoingEmail
from .subscription import Subscription


class Mailing(models.Model):
    """The sending of one letter. What it says, who wrote it and who agreed stands with its kind (mailing_kinds.py).

    A portion is due at `next_at`; without it the mailing rests, until somebody goes on or for good. `key` is that of
    its readers' subscriptions. Only domain/mailings.py writes here.
    """

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=60, blank=True)
    title = models.CharField("letter", max_length=200)
    portion = models.PositiveIntegerField("letters in five minutes")
    begun_at = models.DateTimeField("sent from", default=timezone.now)
    next_at = models.DateTimeField("next portion", null=True, blank=True)
    stopped_at = models.DateTimeField("stopped", null=True, blank=True)
    done_at = models.DateTimeField("all sent", null=True, blank=True)

    objects = OfKinds["Mailing"].as_manager()

    class Meta:
        ordering = ["-begun_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(portion__gte=1), name="mail_mailing_goes_on"),
            models.CheckConstraint(condition=Q(stopped_at=None) | Q(done_at=None), name="mail_mailing_one_end"),
            models.CheckConstraint(
                condition=Q(next_at=None) | Q(stopped_at=None, done_at=None), name="mail_mailing_ended_is_not_due"
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "next_at"], name="mail_mailing_due", condition=Q(next_at__isnull=False))
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_going(self) -> bool:
        """Begun, and neither stopped nor all gone; it may rest."""
        return self.stopped_at is None and self.done_at is None

    @property
    def is_resting(self) -> bool:
        return self.is_going and self.next_at is None


class MailingRecipient(models.Model):
    """One reader and one letter, once: a person, or an address that subscribes without an account.

    Of somebody who was forgotten the row stays, without a name, for the count. `why` is one of states.WhyHeld or a
    reason of the kind's own. Whoever stops such letters has the moment beside the last one that went to them.
    """

    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="recipients", verbose_name="letter")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name="reader"
    )
    subscription = models.ForeignKey(Subscription, on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=RecipientState.choices, default=RecipientState.WAITING)
    why = models.CharField("why not", max_length=12, blank=True)
    email = models.OneToOneField(
        OutgoingEmail, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name="message"
    )
    at = models.DateTimeField("written", null=True)
    stopped_at = models.DateTimeField("stopped such letters after it", null=True)

    class Meta:
        verbose_name = "recipient of a letter"
        verbose_name_plural = "recipients of letters"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["mailing", "user"], name="mail_recipient_person_once"),
            models.UniqueConstraint(fields=["mailing", "subscription"], name="mail_recipient_once"),
            models.CheckConstraint(condition=Q(state__in=RecipientState.values), name="mail_recipient_state_known"),
            models.CheckConstraint(
                condition=Q(state=RecipientState.HELD) ^ Q(why=""), name="mail_recipient_held_for_a_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["mailing", "id"], name="mail_recipient_waiting", condition=Q(state="waiting")),
            models.Index(fields=["mailing", "state"], name="mail_recipient_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.mailing}: {self.reader}"

    @property
    def reader(self) -> str:
        if self.user is not None:
            return str(self.user)
        return self.subscription.address if self.subscription else "Somebody who was forgotten"
