"""Mail's background work; the worker finds its tasks here."""

from datetime import timedelta

from django.utils import timezone

from aapm_site.core.background.queue import periodic, task

from .domain.bounce_mailbox import read_bounces
from .domain.delivery import deliver_email, deliver_secret_email
from .domain.mailing_portions import settle_mailings
from .models import OutgoingEmail, Subscription
from .states import EmailState

__all__ = ["deliver_email", "deliver_secret_email", "read_bounce_mailbox", "settle_letters", "tidy"]

SECRET_KEPT = timedelta(days=2)
CONFIRMABLE = timedelta(days=7)


@periodic("*/10 * * * *")
@task("mail.read_bounces")
def read_bounce_mailbox(timestamp: int = 0) -> None:
    """Every ten minutes: what came back to the bounce mailbox, if one is set."""
    read_bounces()


@periodic("41 * * * *")
@task("mail.tidy")
def tidy(timestamp: int = 0) -> None:
    """Every hour: undelivered secrets are wiped after two days, and subscriptions that nobody confirmed after seven."""
    now = timezone.now()
    OutgoingEmail.objects.filter(secret=True, created_at__lt=now - SECRET_KEPT).exclude(
        state=EmailState.QUEUED
    ).exclude(text="", html="").update(text="", html="")
    Subscription.objects.filter(user=None, confirmed_at=None, created_at__lt=now - CONFIRMABLE).delete()


@periodic("47 * * * *")
@task("mail.settle_letters")
def settle_letters(timestamp: int = 0) -> None:
    """Every hour: what became of letters to many is written beside each reader, before the mail forgets it."""
    settle_mailings()
