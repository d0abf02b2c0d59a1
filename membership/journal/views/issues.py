"""The journal's landing page, its issues, and the table of contents of each."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from aapm_site.core.cache.page_cache import expires_at, public_page
from aapm_site.core.files import pictures
from aapm_site.core.forms import without_control
from aapm_site.core.seo import PageMeta, breadcrumb_ld

from ..domain.issues import COVERS
from ..models import Issue
from ..periodical import E_ISSN, ISSN, PUBLISHER, TITLE
from ..presenters.contents import contents, entries_for
from ..queries import collections
from ..queries import issues as queries
from ..queries.issues import IssueList, PublicIssue
from ..queries.usage import most_read
from ..seo.jsonld import periodical

HOME, JOURNAL = ("Home", "/"), ("Journal", "/journal/")
SHOWN, AHEAD, COLLECTIONS = 6, 5, 6  # earlier issues, advance articles and collections on the landing page


@public_page()
def landing(request: HttpRequest) -> HttpResponse:
    """The current issue with its contents, and the issues before it."""
    today = timezone.localdate()
    out = queries.issues_out(today)
    expires_at(request, out.until)
    latest = out.issues[: SHOWN + 1]
    issue = latest[0] if latest else None
    crumbs = [HOME, ("Journal", None)]
    context = {
        "issue": issue,
        "sections": contents(issue, request.user, today) if issue else [],
        "earlier": latest[1:],
        "chosen": entries_for(queries.chosen_by_editors(today), request.user, today),
        "most_read": most_read(today),
        "ahead": entries_for(queries.ahead_of_issues(today).articles[:AHEAD], request.user, today),
        "collections": collections.collections_out()[:COLLECTIONS],
        "subjects": collections.subjects(),
        "issn": ISSN,
        "e_issn": E_ISSN,
        "publisher": PUBLISHER,
        "crumbs": crumbs,
        "meta": PageMeta(
            f"{TITLE}, the journal",
            "Pain Medicine, the Academy’s journal, monthly since 2000: abstracts for everybody, full text for members.",
            reverse("journal:journal"),
            jsonld=(breadcrumb_ld(crumbs), periodical()),
            feeds=((f"{TITLE}, new articles", reverse("journal:feed")),),
        ),
    }
    return render(request, "membership/journal/landing.html", context)


@public_page()
def advance(request: HttpRequest) -> HttpResponse:
    """Articles that are out before their issue, the newest first."""
    today = timezone.localdate()
    found = queries.ahead_of_issues(today)
    expires_at(request, found.until)
    crumbs = [HOME, JOURNAL, ("Advance articles", None)]
    context = {
        "entries": entries_for(found.articles, request.user, today),
        "crumbs": crumbs,
        "meta": PageMeta(
            "Advance articles of Pain Medicine",
            "Articles of Pain Medicine that are out before their issue. Each keeps its address and its DOI.",
            reverse("journal:advance"),
            jsonld=(breadcrumb_ld(crumbs),),
        ),
    }
    return render(request, "membership/journal/advance.html", context)


@public_page()
def listing(request: HttpRequest) -> HttpResponse:
    """All issues, the newest volume with its covers."""
    today = timezone.localdate()
    out = queries.issues_out(today)
    expires_at(request, out.until)
    crumbs = [HOME, JOURNAL, ("All issues", None)]
    context = {
        "volumes": queries.by_volume(out.issues),
        "crumbs": crumbs,
        "meta": PageMeta(
            "All issues of Pain Medicine",
            "Every issue of Pain Medicine on this site, by volume.",
            reverse("journal:issue-list"),
            jsonld=(breadcrumb_ld(crumbs),),
        ),
    }
    return render(request, "membership/journal/issues.html", context)


def _issue(request: HttpRequest, out: IssueList, volume: int, number: int) -> PublicIssue:
    """The issue; one that is not out yet exists for editors only."""
    if found := out.find(volume, number):
        return found
    if not request.user.has_perm("membership.view_issue"):
        raise Http404
    return PublicIssue.of(get_object_or_404(Issue, volume=volume, number=number))


@require_safe
def short(request: HttpRequest, volume: int, number: int) -> HttpResponse:
    return redirect(_issue(request, queries.issues_out(timezone.localdate()), volume, number), permanent=True)


@require_safe
def cover(request: HttpRequest, name: str) -> HttpResponseBase:
    """The picture of a cover; of an issue that is not out yet, for editors only."""
    issue = get_object_or_404(Issue, cover=f"{COVERS}{without_control(name)}")
    if not issue.is_out_on(timezone.localdate()) and not request.user.has_perm("membership.view_issue"):
        raise Http404
    return pictures.serve_forever(request, issue.cover, name)


@public_page()
def detail(request: HttpRequest, volume: int, number: int, slug: str) -> HttpResponse:
    """An issue's table of contents, by type."""
    today = timezone.localdate()
    out = queries.issues_out(today)
    issue = _issue(request, out, volume, number)
    if slug != issue.slug:
        return redirect(issue, permanent=True)
    expires_at(request, out.until)
    before, after = out.beside(issue)
    crumbs = [HOME, JOURNAL, ("All issues", reverse("journal:issue-list")), (str(issue), None)]
    context = {
        "issue": issue,
        "sections": contents(issue, request.user, max(today, issue.published_on or today)),
        "before": before,
        "after": after,
        "crumbs": crumbs,
        "meta": PageMeta(
            f"{issue}, {issue.month}",
            issue.theme or f"The articles of {TITLE}, volume {issue.volume}, issue {issue.number}.",
            issue.get_absolute_url(),
            jsonld=(breadcrumb_ld(crumbs),),
        ),
    }
    return render(request, "membership/journal/issue.html", context)
