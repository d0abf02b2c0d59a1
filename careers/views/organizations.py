"""Organizations for everybody: the list from A to Z, the page of each, and its logo."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from aapm_site.accounts.requests import SignedInRequest
from aapm_site.core.cache.page_cache import expires_at, not_kept, public_page
from aapm_site.core.files import pictures
from aapm_site.core.seo import PageMeta, breadcrumb_ld
from aapm_site.core.transitions import NotAllowed

from ..domain import logos
from ..forms.organization import LogoForm, OrganizationPageForm
from ..models import Employer, EmployerLogo
from ..models.organization import logo_file
from ..presenters.reply_clock import public_reply_words
from ..queries import organizations
from ..queries.listings import next_change
from ..seo.organization import organization_ld
from .access import confirmed_user, limited, owner_of
from .jobs import CAREERS

LIST = "/career-center/organizations/"


@require_safe
@public_page(keys=("after", "before"))
def organization_list(request: HttpRequest) -> HttpResponse:
    """Verified organizations that post under their name, from A to Z."""
    at = timezone.now()
    form = OrganizationPageForm(request.GET)
    form.is_valid()  # what means nothing is left out
    key = {name: form.cleaned_data.get(name, "") for name in ("after", "before")}
    found = organizations.organizations_by_name(at, **key)
    crumbs = [*CAREERS, ("Organizations", None)]
    context = {
        "found": found,
        "previous_url": f"{LIST}?before={found.previous}" if found.previous else "",
        "next_url": f"{LIST}?after={found.next}" if found.next else "",
        "crumbs": crumbs,
        "meta": PageMeta(
            "Organizations in pain medicine",
            "Hospitals, practices, schools and agencies that post positions here, from A to Z.",
            path=LIST,
            jsonld=(breadcrumb_ld(crumbs),),
            noindex=any(key.values()),
        ),
    }
    response = render(request, "careers/organizations/list.html", context)
    return not_kept(response) if any(key.values()) else response


@require_safe
@public_page()
def organization_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What it is, where, and what is open. A former address leads on; one without a page is as one that never was."""
    at = timezone.now()
    employer = organizations.organization_of(slug)
    if employer is None:
        raise Http404
    if employer.slug != slug:
        return HttpResponsePermanentRedirect(employer.public_url)
    expires_at(request, next_change(at))
    crumbs = [*CAREERS, ("Organizations", LIST), (employer.name, None)]
    context = {
        "employer": employer,
        "logo": getattr(employer, "logo", None),
        "found": organizations.jobs_of(employer, at),
        "reply_words": public_reply_words(employer),
        "all_jobs": f"{reverse('careers:job-list')}?employer={employer.slug}",
        "crumbs": crumbs,
        "meta": PageMeta(
            employer.name,
            employer.about or f"Open positions in pain medicine at {employer.name}.",
            path=employer.public_url,
            jsonld=(organization_ld(employer), breadcrumb_ld(crumbs)),
        ),
    }
    return render(request, "careers/organizations/detail.html", context)


@require_safe
def organization_logo(request: HttpRequest, public_id: str, width: int, ending: str) -> HttpResponseBase:
    """One file of a logo. Its address never means anything else, so it may be kept forever."""
    return pictures.serve_forever(request, logo_file(public_id, width, ending), f"{public_id}-{width}-{ending}")


@confirmed_user
@limited("employer-logo", times=30, seconds=60 * 60)
def employer_logo(request: SignedInRequest, employer_id: str) -> HttpResponse:
    """The organization's logo: shown, put in place of the one before it, or removed. Owners only."""
    employer = owner_of(request, employer_id).employer
    if request.method == "POST" and "remove" in request.POST:
        if logos.remove_logo(employer):
            messages.success(request, "Your logo is removed.")
        return redirect("careers:employer-logo", employer_id)
    form = LogoForm(request.POST, request.FILES) if request.method == "POST" else LogoForm()
    if request.method == "POST" and form.is_valid():
        try:
            logos.keep_logo(employer, form.cleaned_data["logo"])
        except NotAllowed as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Your logo is kept. Readers see it on your organization’s page.")
            return redirect("careers:employer-logo", employer_id)
    return _logo_page(request, employer, form)


def _logo_page(request: HttpRequest, employer: Employer, form: LogoForm) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "employer": employer,
        "logo": EmployerLogo.objects.filter(employer=employer).first(),
        "has_page": organizations.has_page(employer),
        "crumbs": [*CAREERS, (employer.name, employer.get_absolute_url()), ("Logo", None)],
        "meta": PageMeta("Your logo", noindex=True),
    }
    return render(request, "careers/employers/logo.html", context, status=422 if form.errors else 200)
