"""What the pages say of saved searches of profiles."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import Truncator

from ..choices import AlertPace
from ..forms.profile_search import LONGEST_NAME, ProfileSearchForm
from ..models import EmployerMember, ProfileSearch
from ..profile_criteria import ProfileCriteria
from ..rules import may_manage_employer
from .profile_search import chosen_filters

EVERYBODY = "All profiles"
PACES = {
    AlertPace.AT_ONCE: "at the next full hour",
    AlertPace.DAILY: "once a day, in the morning",
    AlertPace.WEEKLY: "once a week, on Monday morning",
}


def criteria_in_words(criteria: ProfileCriteria) -> str:
    """“Physician, Licensed in Maine”: everything that the search asks for, on one line."""
    return ", ".join(one["text"] for one in chosen_filters("", criteria)) or EVERYBODY


def proposed_name(criteria: ProfileCriteria) -> str:
    """What a search is called before somebody gives it a name."""
    return Truncator(criteria_in_words(criteria)).chars(LONGEST_NAME)


def pace_in_words(pace: str) -> str:
    """When it tells, within a sentence."""
    return PACES[AlertPace(pace)]


@dataclass(frozen=True)
class SavedSearchRow:
    """One search of the team's, and what the reader may do with it."""

    search: ProfileSearch
    words: str
    form: ProfileSearchForm | None  # for whom it tells
    may_remove: bool


def search_rows(
    searches: Iterable[ProfileSearch], reader: EmployerMember, refused: tuple[str, ProfileSearchForm] | None = None
) -> list[SavedSearchRow]:
    """The reader's own with a form each; `refused` is what was typed for one of them and could not be taken."""
    rows = []
    for search in searches:
        is_own = search.member_id == reader.pk
        form = _form_of(search) if is_own else None
        if is_own and refused and refused[0] == search.public_id:
            form = refused[1]
        words = criteria_in_words(ProfileCriteria.from_data(search.asked))
        rows.append(SavedSearchRow(search, words, form, is_own or may_manage_employer(reader.role)))
    return rows


def _form_of(search: ProfileSearch) -> ProfileSearchForm:
    return ProfileSearchForm(initial={"name": search.name, "pace": search.pace}, auto_id=ids_of(search))


def ids_of(search: ProfileSearch) -> str:
    """The beginnings of the ids of its fields: a page has several such forms."""
    return f"search-{search.public_id}-%s"
