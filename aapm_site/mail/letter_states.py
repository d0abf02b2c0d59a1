"""The states of a letter that staff write to many: they send it, a second person agrees, it is paused and stopped."""

from django.db import models

from aapm_site.core.transitions import Lifecycle, Move


class LetterStatus(models.TextChoices):
    DRAFT = "draft", "Being written"
    WAITING = "waiting", "Waits for a second person"
    SENDING = "sending", "Being sent"
    PAUSED = "paused", "Paused"
    SENT = "sent", "Sent"
    STOPPED = "stopped", "Stopped"


_RETURN = Move(
    LetterStatus.DRAFT,
    "return",
    "Send back to be changed",
    needs_reason=True,
    confirm="It becomes a draft again. Whoever wrote it reads your reason in its history.",
)
_PAUSE = Move(
    LetterStatus.PAUSED,
    "pause",
    "Pause",
    confirm="No further letter is written until somebody goes on. What was handed to the mail already still goes out.",
)
_STOP = Move(
    LetterStatus.STOPPED,
    "stop",
    "Stop for good",
    stamps=("ended_at",),
    needs_reason=True,
    danger=True,
    confirm="Nobody else gets it, and what waits in the mail is kept back. It cannot be taken up again.",
)
_ASK = Move(LetterStatus.WAITING, "ask", "Ask for a second person", ("asked_at",), by_staff=False)
# What has a page of its own, with figures and checks, is not the choice of a status.
_GO = Move(LetterStatus.SENDING, "go", "Send", by_staff=False)

LETTER_LIFECYCLE: Lifecycle = {
    LetterStatus.DRAFT: (_ASK, _GO),
    LetterStatus.WAITING: (_RETURN, _GO),
    LetterStatus.SENDING: (_PAUSE, _STOP, Move(LetterStatus.SENT, "finish", "Finish", ("ended_at",), by_staff=False)),
    LetterStatus.PAUSED: (_GO, _STOP),
    LetterStatus.SENT: (),
    LetterStatus.STOPPED: (),
}
