"""What stands beside a job in tables of its own, as it is to be: its places, specialties, terms, statement, questions.

The domain writes all of it by one statement, under the job's lock.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils import timezone

from aapm_site.accounts.people import Actor
from aapm_site.accounts.queries.places import places_called
from aapm_site.core.row_sets import RowSet
from aapm_site.core.transitions import actor

from ..models import Job, JobLocation, JobQuestion, JobStatement, JobTerms
from ..models.question import MOST_QUESTIONS

MOST_PLACES = 6


def specialty_rows(specialties: Iterable[Any]) -> RowSet:
    through = Job.specialties.through
    return RowSet(through, "job", [through(specialty=one) for one in specialties], keys=("specialty",))


def place_rows(job: Job, places: Iterable[Mapping[str, Any]]) -> RowSet:
    """Also says the places in the words of the job, which is to be saved.

    One that says no `place` is linked to the gazetteer's, if a single one fits.
    """
    rows = list(places)[:MOST_PLACES]
    named = {(row["city"], row["state_code"]) for row in rows if "place" not in row}
    known = places_called(named) if named else {}
    made = [
        JobLocation(
            city=row["city"],
            state_code=row["state_code"],
            postal_code=row.get("postal_code", ""),
            place=row.get("place") or known.get((row["city"], row["state_code"])),
            order=order,
        )
        for order, row in enumerate(rows)
    ]
    job.places_text = "; ".join(location.in_words for location in made)
    return RowSet(JobLocation, "job", made, keys=("city", "state_code", "place"))


def term_rows(terms: Mapping[str, Any]) -> RowSet:
    """What is not among them stays as it is."""
    return RowSet(JobTerms, "job", [JobTerms(**terms)], fields=tuple(terms))


def statement_rows(stated: Mapping[str, Any], *, by: Actor) -> RowSet:
    """What is the same as before keeps who said so, and when."""
    row = JobStatement(**stated, by=actor(by), at=timezone.now())
    return RowSet(JobStatement, "job", [row], watched=tuple(stated))


def question_rows(questions: Sequence[Mapping[str, Any]]) -> RowSet:
    """Answers that were given keep the words that were asked then."""
    rows = [JobQuestion(order=order, **row) for order, row in enumerate(questions[:MOST_QUESTIONS])]
    return RowSet(JobQuestion, "job", rows, keys=("order",))
