"""Atom feeds: of each search of positions, and of the open fellowship places, with what their lists show of them."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import dateformat, timezone
from django.utils.html import escape
from django.views.decorators.http import require_safe

from aapm_site.core.association import association_name
from aapm_site.core.cache.page_cache import not_kept, public_page
from aapm_site.core.feeds import NEWEST, SiteFeed, tag_uri
from aapm_site.core.forms import without_control
from aapm_site.core.seo import absolute

from ..choices import JobSort
from ..criteria import JobCriteria
from ..forms.filters import KEYS, JobFilterForm
from ..presenters.search import address, title_of
from ..queries.fellowships import OpenOffer, fellowship_board
from ..queries.listings import ListedJob, find

READ = tuple(key for key in KEYS if key not in {"sort", "after", "before"})


@require_safe
@public_page(keys=READ)
def job_feed(request: HttpRequest) -> HttpResponse:
    """The newest positions of a search."""
    form = JobFilterForm(request.GET)
    form.is_valid()
    criteria = form.criteria
    jobs = find(criteria, timezone.now(), sort=JobSort.NEWEST, size=NEWEST).jobs
    employer = jobs[0].public_employer_name if jobs else ""
    feed = _feed(criteria, title_of(criteria, form.offered, employer=employer), jobs)
    response = HttpResponse(feed.writeString("utf-8"), content_type=SiteFeed.content_type)
    return response if criteria.is_simple else not_kept(response)


@require_safe
@public_page()
def fellowship_feed(request: HttpRequest) -> HttpResponse:
    """The open fellowship places; none while the board is closed."""
    offers = fellowship_board(timezone.now()).offers
    feed = _empty(
        reverse("careers:fellowship-feed"),
        title="open fellowship places",
        of=reverse("careers:fellowship-list"),
        description="Fellowship places in pain medicine that are still open, the newest first.",
    )
    for offer in sorted(offers, key=lambda offer: offer.since, reverse=True):
        feed.add_item(
            title=without_control(offer.program),
            link=absolute(offer.url),
            description=escape(without_control(" ".join(_told_of_offer(offer)))),
            # What was changed and approved again keeps its name.
            unique_id=tag_uri(f"fellowship/{offer.pk}"),
            pubdate=offer.since,
            updateddate=offer.since,
            author_name=without_control(offer.employer),
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=SiteFeed.content_type)


def _told_of_offer(offer: OpenOffer) -> tuple[str, ...]:
    places = f"{offer.open_places} open place{'' if offer.open_places == 1 else 's'}"
    begins = dateformat.format(offer.begins_on, "F j, Y")
    sample = ("A sample: the program is invented.",) if offer.is_sample else ()
    return (f"{offer.employer}, {offer.place}.", f"{places}, beginning {begins}.", *sample, offer.summary)


def _empty(own: str, *, title: str, of: str, description: str) -> SiteFeed:
    """A feed at its own address, of what the page at another shows."""
    return SiteFeed(
        title=f"{association_name()}, {without_control(title)}",
        link=absolute(of),
        description=description,
        feed_url=absolute(own),
        feed_guid=tag_uri(own),
        author_name=association_name(),
    )


def _feed(criteria: JobCriteria, title: str, jobs: Sequence[ListedJob]) -> SiteFeed:
    feed = _empty(
        f"{reverse('careers:job-feed')}?{criteria.to_query()}".rstrip("?"),
        title=f"positions: {title}",
        of=address(criteria),
        description="Open positions in pain medicine, the newest first.",
    )
    for job in sorted(jobs, key=lambda job: job.starts_at, reverse=True):
        feed.add_item(
            title=without_control(job.title),
            link=absolute(job.url),
            description=escape(without_control(" ".join(part for part in _told(job) if part))),
            unique_id=tag_uri(f"position/{job.pk}"),
            pubdate=job.starts_at,
            updateddate=job.starts_at,
            author_name=without_control(job.public_employer_name),
        )
    return feed


def _told(job: ListedJob) -> tuple[str, ...]:
    where = job.places_text or (job.get_remote_display() if job.remote == "full" else "")
    return (f"{job.public_employer_name}{', ' if where else ''}{where}.", job.summary)
