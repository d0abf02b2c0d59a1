"""What became of a letter to many, in words."""

from collections.abc import Iterator

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from ..mailing_kinds import mailing_kinds
from ..models import Mailing
from ..queries.mailings import MailingFigures, figures_of
from ..states import RecipientState, WhyHeld

KEPT_BACK = "kept back when it was about to be sent"
ORDER = (RecipientState.SENT, RecipientState.WRITTEN, RecipientState.WAITING, RecipientState.FAILED)


def why_words(kind: str, why: str) -> str:
    """A reason not to write, of all kinds or of this one."""
    if not why:
        return KEPT_BACK
    known = mailing_kinds.get(kind)
    own = known.reasons.get(why) if known else None
    return own or (str(WhyHeld(why).label) if why in WhyHeld.values else why)


def state_words(kind: str, state: str, why: str) -> str:
    """What became of one letter."""
    word = str(RecipientState(state).label)
    return f"{word}: {why_words(kind, why)}" if state == RecipientState.HELD else word


def figures_words(kind: str, figures: MailingFigures) -> Iterator[tuple[str, int, bool]]:
    """Lines of a label, a number and whether it is a part of the one before: sent, waiting, came back, and why not."""
    for state in ORDER:
        if (number := figures.of(state)) or state == RecipientState.SENT:
            yield str(state.label), number, False
    if held := figures.of(RecipientState.HELD):
        yield str(RecipientState.HELD.label), held, False
        for why, number in figures.reasons:
            yield why_words(kind, why), number, True


def figures_table(mailing: Mailing | None, total: str, *, note: str = "") -> SafeString | str:
    """The figures as the admin shows them, with the way to each recipient; `total` names the last line."""
    if mailing is None:
        return "It has not begun."
    found = figures_of(mailing)
    url = f"{reverse('admin:mail_mailingrecipient_changelist')}?mailing__id__exact={mailing.pk}"
    lines = list(figures_words(mailing.kind, found))
    context = {
        "lines": lines, "total": found.total, "total_words": total, "stopped": found.stopped, "url": url, "note": note
    }  # fmt: skip
    return SafeString(render_to_string("admin/mail/mailing_figures.html", context))
