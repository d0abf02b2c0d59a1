"""What the search over the whole site finds among the jobs."""

from collections.abc import Sequence

from django.db.models import F, QuerySet
from django.urls import reverse

from aapm_site.accounts.people import Visitor
from aapm_site.core.search.query import highlight
from aapm_site.core.search.registry import FoundRow, Rights, SearchHit, SearchKind, SearchSource
from aapm_site.core.statements import NOW

from .models import Job

# Words of those who look for work. A patient who types "pain" means help, not a position.
ASKED_BY = frozenset({
    "job*", "position*", "posting*", "vacanc*", "career*", "employ*", "hire*", "hiring", "recruit*", "salar*",
    "wage*", "locum*", "fellow*", "residenc*",
})  # fmt: skip
JOB = SearchKind("job", "Position", "Positions", "briefcase", fades=True)


def live(rights: Rights) -> QuerySet:
    """Live jobs only, whoever asks."""
    return Job.objects.live(NOW)


def hits(found: Sequence[FoundRow], user: Visitor) -> list[SearchHit]:
    """A confidential job stands under its public name."""
    return [
        SearchHit(
            title=data["title"],
            url=reverse("careers:job-detail", args=[data["number"], data["slug"]]),
            excerpt=highlight(excerpt),
            meta=", ".join(part for part in (data["employer"], data["places"]) if part),
            place="Career Center",
            kind=JOB,
        )
        for _, data, excerpt in found
    ]


JOBS = SearchSource(
    "jobs",
    (JOB,),
    live,
    data={
        "title": F("title"),
        "number": F("pk"),
        "slug": F("slug"),
        "employer": F("public_employer_name"),
        "places": F("places_text"),
    },
    text=F("summary"),
    hits=hits,
    dated="starts_at",
    words=("title", "summary", "places_text"),
    large=True,
    asked_by=ASKED_BY,
    order=30,
)
