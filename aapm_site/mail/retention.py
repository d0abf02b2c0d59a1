"""How long letters are kept."""

from datetime import datetime

from aapm_site.core.retention import RetentionRule, delete_batch, oldest

from .models import OutgoingEmail
from .states import EmailState


def _texts(before: datetime) -> int:
    """Whom and when stays, for questions about what was sent; what was said goes."""
    old = OutgoingEmail.objects.filter(created_at__lt=before).exclude(state=EmailState.QUEUED).exclude(text="", html="")
    keys = oldest(old.values_list("pk", flat=True))
    return OutgoingEmail.objects.filter(pk__in=keys).update(text="", html="")


def _letters(before: datetime) -> int:
    return delete_batch(OutgoingEmail.objects.filter(created_at__lt=before))


RULES = (
    RetentionRule(
        "letter-texts",
        "What letters say",
        "The text. To whom, when and about what stays longer.",
        180,
        14,
        _texts,
    ),
    RetentionRule("letters", "Letters", "The rest of a letter: to whom, when, about what.", 400, 30, _letters),
)
