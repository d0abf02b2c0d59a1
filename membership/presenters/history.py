"""What has happened in a membership, as one line of time: terms, changes, pauses, papers, what went to the office."""

from collections.abc import Iterator
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format

from aapm_site.core.ui.timeline import HistoryRow

from ..models import Application, AutomaticRenewal, MemberPaper, Membership, OfficeSending, Pause, Resignation, Term
from ..rules import FOR_LIFE
from ..states import ApplicationStatus, StopReason
from .mine import HOW

MOST_ROWS = 200


def history_rows(membership: Membership) -> list[HistoryRow]:
    """The newest first. Seven queries, whatever there is."""
    rows = [
        *_applications(membership),
        HistoryRow("You became a member", membership.joined_on, note=f"Member number {membership.number}"),
        *_terms(list(membership.terms.select_related("plan"))),
        *(row for pause in membership.pauses.all() for row in _pause(pause)),
        *(row for one in membership.resignations.all() for row in _resignation(one)),
        *(row for one in membership.automatic_renewals.all() for row in _automatic(one)),
        *map(_paper, membership.papers.all()),
        *map(_sending, membership.office_sendings.select_related("payment")),
    ]
    today = timezone.localdate()
    past = (row for row in rows if _day(row) <= today)
    return sorted(past, key=_day, reverse=True)[:MOST_ROWS]


def _day(row: HistoryRow) -> date:
    return timezone.localdate(row.on) if isinstance(row.on, datetime) else row.on


def _applications(membership: Membership) -> Iterator[HistoryRow]:
    for one in Application.objects.filter(user=membership.user_id).select_related("plan"):
        yield HistoryRow("You applied", one.submitted_at, note=one.plan.name)
        if one.decided_at and one.status == ApplicationStatus.APPROVED:
            yield HistoryRow("Your application was approved", one.decided_at, note=one.plan.name)


def _terms(terms: list[Term]) -> Iterator[HistoryRow]:
    """Each term on the day on which it was given; a later one in another category says so when it begins."""
    before: Term | None = None
    for term in sorted(terms, key=lambda term: term.starts_on):
        what = "A term was taken back" if term.is_void else "A term was added"
        last = "for life" if term.ends_on == FOR_LIFE else f"to {date_format(term.ends_on)}"
        days = f"{term.plan}, {date_format(term.starts_on)} {last}. "
        note = days + (term.void_reason if term.is_void else f"{HOW[Term.Source(term.source)]}.")
        given_on = min(timezone.localdate(term.created_at), term.starts_on)
        yield HistoryRow(what, term.void_at if term.is_void and term.void_at else given_on, note=note)
        if term.is_void:
            continue
        if before is not None and before.plan != term.plan:
            yield HistoryRow("Your category changed", term.starts_on, note=f"{before.plan} to {term.plan}")
        before = term


def _pause(pause: Pause) -> Iterator[HistoryRow]:
    days = f"{date_format(pause.starts_on)}, back on {date_format(pause.back_on)}"
    yield HistoryRow("You asked for a pause", pause.asked_at, note=days)
    for what, at in (
        ("Your pause was granted", pause.granted_at),
        ("Your pause was declined", pause.declined_at),
        ("Your pause was taken back", pause.cancelled_at),
    ):
        if at:
            yield HistoryRow(what, at, note=pause.answer)
    if pause.granted_at and not pause.cancelled_at:
        yield HistoryRow("Your membership goes on after a pause", pause.back_on)


def _resignation(one: Resignation) -> Iterator[HistoryRow]:
    yield HistoryRow("You resigned", one.asked_at, note=f"Last day {date_format(one.last_day)}")
    if one.withdrawn_at:
        yield HistoryRow("You took the resignation back", one.withdrawn_at)


def _automatic(one: AutomaticRenewal) -> Iterator[HistoryRow]:
    """From when it ran: an agreement without a card never did."""
    if one.confirmed_at:
        yield HistoryRow("You let your membership renew by itself", one.confirmed_at)
    if one.confirmed_at and one.stopped_at and one.stopped_why != StopReason.REPLACED:
        yield HistoryRow("Automatic renewal stopped", one.stopped_at, note=one.get_stopped_why_display())


def _paper(paper: MemberPaper) -> HistoryRow:
    return HistoryRow(f"{paper.get_kind_display()} made", paper.made_at, note=paper.category)


def _sending(sent: OfficeSending) -> HistoryRow:
    return HistoryRow("A receipt went to your office", sent.at, note=f"{sent.payment} to {sent.email}")
