"""What the team may press at each posting of its board."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from aapm_site.core.transitions import Move

from ..queries.boards import Posting
from ..states import JobStatus

# These lead to a page that asks; what can be taken back is done at once.
ASKED_FIRST = {"withdraw", "fill"}


@dataclass(frozen=True)
class BoardButton:
    """One button of a posting: a link, or what does it at once."""

    label: str
    url: str
    kind: str = "quiet"
    at_once: bool = False


@dataclass(frozen=True)
class BoardRow:
    """A posting on the board, with where its title leads and what the reader may do."""

    posting: Posting
    url: str
    buttons: tuple[BoardButton, ...]


def board_row(posting: Posting, *, may_write: bool) -> BoardRow:
    """Readers' page while it is live, else the preview."""
    is_live = posting.tone == "live"
    preview = reverse("careers:posting-preview", args=[posting.job.public_id])
    url = posting.job.get_absolute_url() if is_live else preview
    return BoardRow(posting, url, tuple(_buttons(posting, is_live=is_live)) if may_write else ())


def _buttons(posting: Posting, *, is_live: bool) -> Iterator[BoardButton]:
    job = posting.job
    if job.is_freely_editable or job.is_text_editable:
        # What came back waits for exactly this, so it is the main button.
        label, kind = ("Correct it", "") if job.status == JobStatus.RETURNED else ("Edit", "quiet")
        yield BoardButton(label, reverse("careers:posting-edit", args=[job.public_id]), kind)
    if not is_live:
        yield BoardButton("Preview", reverse("careers:posting-preview", args=[job.public_id]))
    for step in posting.moves:
        yield _step(job.public_id, step)


def _step(job_id: str, step: Move) -> BoardButton:
    if step.verb == "submit":
        return BoardButton(step.label, reverse("careers:posting-submit", args=[job_id]))
    url = reverse("careers:posting-step", args=[job_id, step.verb])
    if step.verb in ASKED_FIRST:
        return BoardButton(step.label, url, kind="danger" if step.danger else "quiet")
    return BoardButton(step.label, url, at_once=True)
