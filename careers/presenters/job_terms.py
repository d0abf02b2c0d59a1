"""The terms of work on the page of a job: what is stated, and “Ask” for the rest."""

from django.utils.safestring import SafeString

from ..models import Job
from ..term_words import Fact, stated_terms


class Unstated(SafeString):
    """What readers are told where an employer states nothing; staff are told that it is not stated."""

    is_unstated = True


ASK = Unstated('<span class="muted">Ask</span>')


def terms_facts(job: Job) -> list[Fact]:
    """What the page shows: every term, with “Ask” where nothing is stated; nothing at all where none is."""
    if not job.stated_terms.are_stated:
        return []
    return [(term, value or ASK) for term, value in stated_terms(job.stated_terms)]
