"""A search in words, as the name of its alert, and what the pages say of alerts."""

from django.utils.text import Truncator

from ..choices import AlertPace
from ..criteria import JobCriteria
from ..domain.alerts import TITLE_LENGTH
from ..forms.filters import JobFilterForm
from ..models import Job
from .search import chosen_tags

EVERYTHING = "All positions"
PACES = {
    AlertPace.AT_ONCE: "as soon as they open",
    AlertPace.DAILY: "once a day, in the morning",
    AlertPace.WEEKLY: "once a week, on Monday morning",
}


def search_words(criteria: JobCriteria) -> str:
    """“Physician, Maine”: everything that the search asks for, on one line."""
    employer = ""
    if criteria.employer:
        # Which employers have confidential positions alone is not to be found out by trying their names.
        named = Job.objects.live().filter(employer__slug=criteria.employer, confidential=False)
        employer = named.values_list("public_employer_name", flat=True).first() or ""
    words = ", ".join(tag["text"] for tag in chosen_tags(criteria, "", JobFilterForm().offered, employer=employer))
    return Truncator(words).chars(TITLE_LENGTH) or EVERYTHING


def pace_words(pace: str) -> str:
    """How often it tells, within a sentence."""
    return PACES[AlertPace(pace)]
