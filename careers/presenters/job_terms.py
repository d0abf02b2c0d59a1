"""The terms of work on the page of a job: what is stated, and “Ask” for the rest."""

from django.utils.safestring import mark_safe

from ..models import Job
from ..term_words import Fact, stated_terms

ASK = mark_safe('<span class="muted">Ask</span>')  # noqa: S308 - words of our own


def terms_facts(job: Job) -> list[Fact]:
    """What the page shows: every term, with “Ask” where nothing is stated; nothing at all where none is."""
    if not job.stated_terms.are_stated:
        return []
    return [(term, value or ASK) for term, value in stated_terms(job.stated_terms)]
