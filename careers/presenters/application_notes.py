"""The notes of a team on an application, as its members read them."""

from collections.abc import Iterable
from dataclasses import dataclass

from ..models import ApplicantNote, EmployerMember
from ..rules import may_manage_employer, may_write_jobs


@dataclass(frozen=True)
class NoteOfTeam:
    """A note, who wrote it, and what the reader may do: authors change and remove it, owners remove it."""

    note: ApplicantNote
    who: str
    may_change: bool
    may_remove: bool


def notes_of_team(notes: Iterable[ApplicantNote], reader: EmployerMember) -> list[NoteOfTeam]:
    """In the order in which they were written."""
    return [note_of_team(note, reader) for note in notes]


def note_of_team(note: ApplicantNote, reader: EmployerMember) -> NoteOfTeam:
    is_own = note.by_id == reader.user_id and may_write_jobs(reader.role)
    who = note.by.display_name if note.by else "a former colleague"
    return NoteOfTeam(note, who, is_own, is_own or may_manage_employer(reader.role))
