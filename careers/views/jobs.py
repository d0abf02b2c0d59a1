"""What everybody reads: the list, a job, a job that is gone."""

from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from aapm_site.core.cache.page_cache import expires_at, public_page
from aapm_site.core.http import view_counts
from aapm_site.core.seo import PageMeta, breadcrumb_ld

from ..choices import Remote
from ..forms.filters import KEYS, JobFilterForm, chosen_tags
from ..models import Job
from ..presenters.job import closing_of
from ..presenters.job_summary import job_facts
from ..presenters.job_terms import terms_facts
from ..queries import listings
from ..queries.boards import JOB_VIEW
from ..queries.job_page import job_page
from ..queries.saved import saved_numbers
from ..seo.jsonld import job_ld

CAREERS = [("Home", "/"), ("Career Center", "/career-center/")]
JOBS = "/career-center/jobs/"


@require_safe
@public_page(keys=KEYS)
def job_list(request: HttpRequest) -> HttpResponse:
    """The live jobs by the reader's criteria, featured and newest first."""
    at = timezone.now()
    form = JobFilterForm(request.GET)
    is_valid = form.is_valid()
    criteria = form.criteria
    found = listings.find(criteria, at, after=form.cleaned_data.get("after"), before=form.cleaned_data.get("before"))
    crumbs = [*CAREERS, ("Positions", None)]
    chosen = [
        {"text": tag["text"], "url": f"?{tag['query']}" if tag["query"] else "."} for tag in chosen_tags(form, criteria)
    ]
    context: dict[str, Any] = {
        "form": form,
        "criteria": criteria,
        "facets": [form[name] for name in form.facets],
        "left_out": not is_valid,
        "found": found,
        "chosen": chosen,
        "address": request.GET.urlencode(),
        "saved": saved_numbers(request.user),
        "here": request.get_full_path(),
        "next_url": _page_url(request, after=found.next),
        "previous_url": _page_url(request, before=found.previous),
        "crumbs": crumbs,
        "meta": PageMeta(
            "Find a job in pain medicine",
            "Open positions for physicians and everybody on the pain care team, newest first.",
            path=JOBS,
            jsonld=(breadcrumb_ld(crumbs),),
            # One address is enough for search engines; the jobs themselves are in the sitemap.
            noindex=bool(request.GET),
        ),
    }
    return render(request, "careers/jobs.html", context)


def _page_url(request: HttpRequest, **key: int | None) -> str:
    name, number = next(iter(key.items()))
    if number is None:
        return ""
    query = request.GET.copy()
    query.pop("after", None)
    query.pop("before", None)
    query[name] = str(number)
    return f"?{query.urlencode()}"


def job_context(job: Job) -> dict[str, Any]:
    """What the page of a job shows, also in the preview."""
    return {
        "job": job,
        "facts": job_facts(job),
        "terms": terms_facts(job),
        "is_remote": job.remote == Remote.FULL,
        "apply_mail": f"mailto:{job.apply_email}?subject={quote(job.title)}",
    }


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
