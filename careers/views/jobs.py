"""What everybody reads: the list, a job, a job that is gone."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from aapm_site.core.cache.page_cache import expires_at, not_kept, public_page
from aapm_site.core.http import view_counts
from aapm_site.core.search.looked_for import countable_words
from aapm_site.core.search.urgent_help import help_for
from aapm_site.core.seo import PageMeta, breadcrumb_ld

from ..choices import Remote
from ..criteria import JobCriteria
from ..forms.filters import KEYS, JobFilterForm
from ..models import Job
from ..presenters import search
from ..presenters.job import closing_of
from ..presenters.job_summary import apply_on_paper, apply_words, job_facts, screening_words
from ..presenters.job_terms import terms_facts
from ..presenters.reply_clock import public_reply_words
from ..queries import listings
from ..queries.boards import JOB_VIEW
from ..queries.figures import SEARCH_NOTHING
from ..queries.job_page import job_page
from ..queries.saved import saved_numbers
from ..seo.jsonld import job_ld

CAREERS = [("Home", "/"), ("Career Center", "/career-center/")]
JOBS = "/career-center/jobs/"


@require_safe
@public_page(keys=KEYS)
def job_list(request: HttpRequest) -> HttpResponse:
    """The live jobs by the reader's criteria, in the order that they want."""
    at = timezone.now()
    form = JobFilterForm(request.GET)
    is_valid = form.is_valid()
    criteria, sort = form.criteria, form.cleaned_data.get("sort", "")
    after, before = form.cleaned_data.get("after"), form.cleaned_data.get("before")
    found = listings.find(criteria, at, sort=sort, after=after, before=before)
    offered = form.offered
    named = found.jobs[0].public_employer_name if found.jobs else ""
    crumbs = [*CAREERS, ("Positions", None)]
    feed = f"{reverse('careers:job-feed')}?{criteria.to_query()}".rstrip("?")
    context: dict[str, Any] = {
        "form": form,
        "criteria": criteria,
        "facets": search.facets(criteria, found, offered),
        "remote_count": search.remote_count(found),
        # What many visitors ask for is written once for all of them.
        "is_simple": criteria.is_simple,
        "is_for_all": criteria.is_simple and not request.user.is_authenticated,
        "left_out": not is_valid,
        "found": found,
        "chosen": search.chosen_tags(criteria, sort, offered, employer=named),
        "sorts": search.sort_links(criteria, found.sort),
        "ways_out": _ways_out(criteria, sort, at, form) if not found.count else [],
        "other_places": _other_places(form, criteria, sort),
        "feed": feed,
        "saved": saved_numbers(request.user),
        "here": request.get_full_path(),
        "next_url": search.address(criteria, sort, after=found.next) if found.next else "",
        "previous_url": search.address(criteria, sort, before=found.previous) if found.previous else "",
        "first_url": search.address(criteria, sort),
        "crumbs": crumbs,
        "meta": PageMeta(
            "Find a job in pain medicine",
            "Open positions for physicians and everybody on the pain care team, newest first.",
            path=JOBS,
            jsonld=(breadcrumb_ld(crumbs),),
            # One address is enough for search engines; the jobs themselves are in the sitemap.
            noindex=bool(request.GET),
            feeds=[(f"Open positions: {search.title_of(criteria, offered, employer=named)}", feed)],
        ),
    }
    _count_nothing(request, criteria, found.count)
    response = render(request, "careers/jobs.html", context)
    return response if criteria.is_simple and not (sort or after or before) else not_kept(response)


def _count_nothing(request: HttpRequest, criteria: JobCriteria, count: int) -> None:
    """Words that no open position answers are counted by day, without who asked; never a cry for help."""
    words = countable_words(criteria.words)
    if words and not count and not help_for(words):
        view_counts.count(request, SEARCH_NOTHING, words)


def _ways_out(criteria: JobCriteria, sort: str, at: datetime, form: JobFilterForm) -> list[search.SearchLink]:
    return search.ways_out(criteria, sort, listings.found_without(criteria, at), form.offered)


def _other_places(form: JobFilterForm, criteria: JobCriteria, sort: str) -> list[search.SearchLink]:
    """The same search near what else the typed place may mean."""
    near = criteria.near
    return [
        search.SearchLink(place.label, search.address(replace(criteria, near=replace(near, label=place.label)), sort))
        for place in form.other_places
        if near
    ]


@require_safe
@public_page()
def job_states(request: HttpRequest) -> HttpResponse:
    """How many positions are open in each state, with the way to them."""
    counts = listings.open_by_state(timezone.now())
    crumbs = [*CAREERS, ("Positions", JOBS), ("By state", None)]
    context = {
        "states": search.states(counts),
        "crumbs": crumbs,
        "meta": PageMeta(
            "Open positions by state",
            "How many positions in pain medicine are open in each state and territory.",
            path=reverse("careers:job-states"),
            jsonld=(breadcrumb_ld(crumbs),),
        ),
    }
    return render(request, "careers/states.html", context)


def job_context(job: Job) -> dict[str, Any]:
    """What the page of a job shows, also in the preview."""
    return {
        "job": job,
        "facts": job_facts(job),
        "terms": terms_facts(job),
        "is_remote": job.remote == Remote.FULL,
        "apply_mail": f"mailto:{job.apply_email}?subject={quote(job.title)}",
        "apply_on_paper": apply_on_paper(job),
        "apply_words": apply_words(job),
        "screening_words": screening_words(job),
        # Whose a confidential position is, the figure would tell.
        "reply_words": "" if job.confidential else public_reply_words(job.employer),
    }


def page_of_employer(job: Job) -> str:
    """The page of who offers a live job; none of one that withholds its name, and of one that is not verified."""
    employer = job.employer
    return "" if job.confidential or not employer.verified or employer.closed_at else employer.public_url


@require_safe
@public_page()
def job_detail(request: HttpRequest, number: int, slug: str = "") -> HttpResponse:
    """A live job; 410 with similar ones when it is gone; 404 for what was never public."""
    at = timezone.now()
    job = job_page(number)
    if job is None:
        raise Http404
    if not job.is_live(at):
        if not Job.objects.once_public(at).filter(pk=job.pk).exists():
            raise Http404
        return _gone(request, job, at)
    if slug != job.slug:
        return HttpResponsePermanentRedirect(job.get_absolute_url())
    view_counts.count(request, JOB_VIEW, str(job.pk))
    expires_at(request, job.ends_at)
    crumbs = [*CAREERS, ("Positions", JOBS), (job.title, None)]
    context = {
        **job_context(job),
        "organization_url": page_of_employer(job),
        "saved": saved_numbers(request.user),
        "similar": listings.similar(job, at),
        "crumbs": crumbs,
        "meta": PageMeta(
            f"{job.title}, {job.public_employer_name}",
            job.summary,
            path=job.get_absolute_url(),
            jsonld=(job_ld(job, job.locations.all()), breadcrumb_ld(crumbs)),
        ),
    }
    return render(request, "careers/job.html", context)


def _gone(request: HttpRequest, job: Job, at: Any) -> HttpResponse:
    """What became of it, in words, and what is open in its place. A pause is no end, so it is a 404."""
    closing = closing_of(job, at)
    context = {
        "job": job,
        "closing": closing,
        "similar": listings.similar(job, at, limit=5),
        "crumbs": [*CAREERS, ("Positions", JOBS), (job.title, None)],
        "meta": PageMeta(f"{job.title}: no longer open", noindex=True),
    }
    return render(request, "careers/gone.html", context, status=404 if closing.is_paused else 410)
