"""The states of a message and the rhythms of list mail."""

from datetime import timedelta

from django.db import models


class EmailState(models.TextChoices):
    QUEUED = "queued", "Waiting to be sent"
    SENT = "sent", "Sent"
    FAILED = "failed", "Could not be delivered"
    SUPPRESSED = "suppressed", "Not sent"


class WhyNotSent(models.TextChoices):
    PAUSED = "paused", "paused by the reader"
    MANY = "many", "the daily limit for an address that nobody has confirmed"
    UNCONFIRMED = "unconfirmed", "the letter repeats what people typed, and nobody has confirmed this address"
    DECEASED = "deceased", "the reader has died"
    BOUNCED = "bounced", "mail to this address came back, or its reader complained"
    OVERTAKEN = "overtaken", "what it tells was not so any more when it was about to be sent"


class RecipientState(models.TextChoices):
    """What became of one letter of a mailing."""

    WAITING = "waiting", "Not written yet"
    WRITTEN = "written", "Waiting to be sent"
    SENT = "sent", "Sent"
    FAILED = "failed", "Came back"
    HELD = "held", "Not sent"


class WhyHeld(models.TextChoices):
    """Why a reader of a mailing gets no letter; kinds of mailings add reasons of their own."""

    DECEASED = "deceased", "has died"
    NO_SIGN_IN = "no_sign_in", "the account is closed"
    NO_ADDRESS = "no_address", "no e-mail address is known"
    BOUNCED = "bounced", "mail to the address came back"
    STOPPED_MAIL = "stopped_mail", "does not want such letters"
    UNCONFIRMED = "unconfirmed", "nobody has confirmed the address"
    OVERTAKEN = "overtaken", "it was not for them any more when it was about to be sent"
    LETTER_STOPPED = "stopped", "the letter was stopped"
    FORGOTTEN = "forgotten", "asked us to forget them"


class BounceSource(models.TextChoices):
    REFUSED = "refused", "The mail server refused the address"
    REPORT = "report", "A letter came back"
    COMPLAINT = "complaint", "The reader complained"
    STAFF = "staff", "Staff were told"


class Frequency(models.TextChoices):
    AT_ONCE = "at-once", "At once"
    DAILY = "daily", "Once a day"
    WEEKLY = "weekly", "Once a week"
    MONTHLY = "monthly", "Once a month"


def _minutes(*waits: float) -> tuple[timedelta, ...]:
    return tuple(timedelta(minutes=wait) for wait in waits)


# The waits after the first, second, … refusal that may pass: eight tries over about a day.
WAITS = _minutes(1, 4, 15, 60, 180, 420, 720)
# A code is good for minutes only, so secret mail tries again sooner and gives up within two hours.
SECRET_WAITS = _minutes(0.25, 0.5, 1, 3, 10, 30, 60)
# A message that nobody has taken up for this long has lost its task and gets a new one.
STUCK_AFTER = timedelta(hours=1)
