"""A person's saved positions: the list, and which of those on a page are in it."""

from django.db.models import Count, QuerySet, Window

from aapm_site.accounts.people import Visitor
from aapm_site.core.statements import PERSON, Prepared

from ..models import SavedJob

SHOWN = 3  # in My account


def _with_jobs() -> QuerySet[SavedJob]:
    return SavedJob.objects.for_user(PERSON).select_related("job").defer("job__search", "job__body")


_NUMBERS_OF = Prepared[int](lambda: SavedJob.objects.for_user(PERSON).order_by().values_list("job_id", flat=True))
_LIST_OF = Prepared[SavedJob](_with_jobs)
_LAST_OF = Prepared[SavedJob](lambda: _with_jobs().annotate(in_all=Window(Count("pk")))[:SHOWN])


def saved_numbers(user: Visitor) -> frozenset[int]:
    """The numbers of the jobs that the person has saved: a hundred at most, none for a visitor; one query."""
    return frozenset(_NUMBERS_OF.rows(person=user.pk)) if user.is_authenticated else frozenset()


def saved_list(user: Visitor) -> list[SavedJob]:
    """What the person has saved, with the jobs, the last one first; one query."""
    return _LIST_OF.rows(person=user.pk)


def last_saved(user: Visitor) -> tuple[list[SavedJob], int]:
    """What the person saved last, with the jobs, and how many there are in all; one query."""
    rows = _LAST_OF.rows(person=user.pk)
    return rows, rows[0].in_all if rows else 0  # type: ignore[attr-defined]  # annotated above
