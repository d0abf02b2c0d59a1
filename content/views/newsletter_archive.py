"""Newsletters that were sent, as pages for everybody."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import dateformat, timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from aapm_site.core.cache.page_cache import public_page
from aapm_site.core.seo import Crumb, PageMeta, breadcrumb_ld
from content.queries.newsletters import past_newsletter, past_newsletters
from content.views.newsletter import CRUMB

A_PAGE = 20
PAST = "Past newsletters"


@public_page()
@require_safe
def past(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """All of them, newest first."""
    if number == 1:
        return redirect("content:newsletter-past", permanent=True)
    listed = Paginator(past_newsletters(), A_PAGE)
    wanted = number or 1
    if not 1 <= wanted <= listed.num_pages:
        raise Http404
    url = reverse("content:newsletter-past")
    crumbs: list[Crumb] = [("Home", "/"), CRUMB, (PAST, None)]
    meta = PageMeta(
        PAST if wanted == 1 else f"{PAST}, page {wanted}",
        description="Every newsletter of the Academy that went out, newest first.",
        path=url if wanted == 1 else f"{url}page/{wanted}/",
        jsonld=(breadcrumb_ld(crumbs),),
    )
    context = {"page": listed.page(wanted), "url": url, "crumbs": crumbs, "meta": meta}
    return render(request, "content/newsletter/past.html", context)


@public_page()
@require_safe
def issue(request: HttpRequest, slug: str) -> HttpResponse:
    """One of them: its words, and of what it named what everybody may read today."""
    found = past_newsletter(slug, timezone.now())
    if found is None:
        raise Http404
    crumbs: list[Crumb] = [("Home", "/"), CRUMB, (PAST, reverse("content:newsletter-past")), (found.subject, None)]
    on = dateformat.format(timezone.localtime(found.began_at), "F j, Y")
    meta = PageMeta(
        f"{found.subject} ({on})",
        description=found.about or f"The Academy’s newsletter of {on}.",
        path=found.url,
        jsonld=(breadcrumb_ld(crumbs),),
    )
    context = {
        "newsletter": found,
        "opening": mark_safe(found.opening),  # noqa: S308 - cleaned whenever it is stored
        "crumbs": crumbs,
        "meta": meta,
    }
    return render(request, "content/newsletter/issue.html", context)
