"""A change that an employer asks for, as old and new words, and what became of an edit."""

from django.utils.text import get_text_list

from ..domain import wanted
from ..domain.job_changes import LiveEdit
from ..job_words import said
from ..models import Job, JobChange, JobTerms
from .review import WordsChange, changes_between

# What readers call the words that change at once.
WORDS = {"summary": "the summary", "body": "the description", "benefits": "the benefits", "pay_note": "the pay note"}


def said_then(job: Job, change: JobChange) -> dict[str, str]:
    """What the position would say."""
    asked = change.wanted
    terms, locations = wanted.terms_of(asked), wanted.locations_of(asked)
    return said(
        wanted.as_wanted(job, asked),
        specialties=wanted.specialties_of(asked),
        places=None if locations is None else "; ".join(location.in_words for location in locations),
        terms=None if terms is None else JobTerms(job=job, **terms),
    )


def asked_words(job: Job, change: JobChange) -> list[WordsChange]:
    """Old and new, with marks, in the order of the page."""
    return changes_between(said(job), said_then(job, change))


def edit_words(done: LiveEdit) -> str:
    """What readers see now, and what our staff read first."""
    shown = get_text_list([WORDS[name] for name in done.at_once], "and")
    at_once = f"Readers see {shown} of “{done.job}” now. " if shown else ""
    if done.change is not None:
        return f"{at_once}The rest of your change waits for our staff; until then readers see it as it was."
    return at_once.strip() or f"“{done.job}” stays as it is."
