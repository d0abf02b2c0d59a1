"""What the first day needs of mail: a letter that has left, tried by a test letter to whoever asks for it."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from aapm_site.core.admin.first_day import FirstStep, StepStanding
from aapm_site.core.models import StarterRow
from aapm_site.core.transitions import NotAllowed

from .domain.queue import queue_email
from .models import OutgoingEmail
from .states import EmailState

TEMPLATE = "mail/test_letter"
FIRST_WEEKS = timedelta(days=30)
KEPT_IN_FILES = "No mail server is set, so mail is written to files and reaches nobody: set EMAIL_HOST."


def send_test_letter(user: Any) -> str:
    """To the person's own address, the way that every letter goes. Raises NotAllowed while mail goes nowhere."""
    if not settings.EMAIL_HOST:
        raise NotAllowed(KEPT_IN_FILES)
    queue_email(user.email, TEMPLATE, {"asked_at": timezone.now()}, user=user, kind="test")
    return f"A test letter to {user.email} is on its way. Load this page again in a minute to see what became of it."


def _look(user: Any) -> StepStanding:
    if not settings.EMAIL_HOST:
        return StepStanding(False, KEPT_IN_FILES)
    # By the staff's own mail, which an index finds among all there is.
    last = OutgoingEmail.objects.filter(user__is_staff=True, template=TEMPLATE).first()
    if last is None:
        return _without_letter()
    url = reverse("admin:mail_outgoingemail_change", args=[last.pk])
    return StepStanding(last.state == EmailState.SENT, _words(last), "See the letter", url)


def _without_letter() -> StepStanding:
    """Test letters are forgotten with all old mail: after the first weeks, any letter that left says as much."""
    has_run = StarterRow.objects.filter(loaded_at__lt=timezone.now() - FIRST_WEEKS).exists()
    newest = OutgoingEmail.objects.filter(state=EmailState.SENT).first() if has_run else None
    if newest is None:
        return StepStanding(False, "No test letter has been sent yet. It goes to your own address.")
    return StepStanding(True, f"The mail server took a letter on {_moment(newest)}")


def _moment(letter: OutgoingEmail) -> str:
    """As the end of a sentence, whose stop “a.m.” has already."""
    return date_format(timezone.localtime(letter.sent_at), "M j, Y, g:i a")


def _words(last: OutgoingEmail) -> str:
    """What became of the newest test letter."""
    if last.sent_at:
        taken = f"The mail server took the letter to {last.to} on {_moment(last)}"
        return f"{taken} Look whether it has come, or lies among the spam."
    if last.state == EmailState.QUEUED and not last.attempts:
        return f"The letter to {last.to} waits for the worker. If it still does in a minute, the worker does not run."
    return f"The letter to {last.to}: {last.get_state_display().lower()}. The mail server said: {last.error}"


MAIL_TRIED = FirstStep("mail", "Mail", _look, press=send_test_letter, button="Send a test letter", order=40)
