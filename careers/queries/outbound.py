"""Open positions as other sites take them: all of them in one statement, or a page by key."""

from collections.abc import Iterator
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, Max, Min, OuterRef
from django.db.models.functions import JSONObject

from aapm_site.core.cache import revisions

from ..models import Job, JobLocation
from ..models.job import JobQuerySet

CHUNK = 200  # positions that one process holds at a time
PAGE = 50


def all_open(at: datetime) -> Iterator[Job]:
    """Every live position, the newest number first, each with its `fed_places`; one statement, in chunks."""
    return _fed(at).iterator(chunk_size=CHUNK)


def state_of_open(at: datetime) -> str:
    """Another text whenever something public changed, or a position began or ended: two small queries."""
    live = Job.objects.live(at).aggregate(count=Count("pk"), newest=Max("starts_at"), next=Min("ends_at"))
    return "-".join(map(str, (*revisions.current(), *live.values())))


def page_of_open(at: datetime, *, after: int | None = None) -> tuple[list[Job], int | None]:
    """The next positions below a number, and the number to go on after, if more follow."""
    rows = _fed(at).filter(pk__lt=after) if after else _fed(at)
    found = list(rows[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None


def _fed(at: datetime) -> JobQuerySet:
    """The employer is not in it: what readers may know of it is the position's public name."""
    places = (
        JobLocation.objects.filter(job=OuterRef("pk"))
        .order_by("order", "pk")
        .values(told=JSONObject(city=F("city"), state=F("state_code"), postal_code=F("postal_code")))
    )
    jobs = Job.objects.live(at).select_related("profession", "terms").defer("search")
    return jobs.annotate(fed_places=ArraySubquery(places)).order_by("-pk")
