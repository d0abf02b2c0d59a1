"""A person's saved positions: the list, and which of those on a page are in it."""

from aapm_site.accounts.people import Visitor
from aapm_site.core.statements import PERSON, Prepared

from ..models import SavedJob

_NUMBERS_OF = Prepared[int](lambda: SavedJob.objects.for_user(PERSON).order_by().values_list("job_id", flat=True))
_LIST_OF = Prepared[SavedJob](
    lambda: SavedJob.objects.for_user(PERSON).select_related("job").defer("job__search", "job__body")
)


def saved_numbers(user: Visitor) -> frozenset[int]:
    """The numbers of the jobs that the person has saved: a hundred at most, none for a visitor; one query."""
    return frozenset(_NUMBERS_OF.rows(person=user.pk)) if user.is_authenticated else frozenset()


def saved_list(user: Visitor) -> list[SavedJob]:
    """What the person has saved, with the jobs, the last one first; one query."""
    return _LIST_OF.rows(person=user.pk)
