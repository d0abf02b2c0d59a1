"""What the search over the whole site finds among the jobs."""

from typing import Any

from aapm_site.core.registries import SearchHit, SearchSource
from aapm_site.core.search import highlight, match

from .models import Job


def find(query: str, user: Any, limit: int) -> list[SearchHit]:
    """Live jobs only, whoever asks; a confidential one under its public name."""
    jobs = match(Job.objects.live().defer("search", "body"), query)[:limit]
    return [
        SearchHit(
            title=job.title,
            url=job.get_absolute_url(),
            excerpt=highlight(job.summary, query),
            meta=", ".join(part for part in (job.public_employer_name, job.places_text) if part),
            rank=job.rank,
        )
        for job in jobs
    ]


JOBS = SearchSource("jobs", "Jobs", find, order=30)
