"""What belongs together: collections of the editors, subjects, and the articles of an author."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from aapm_site.core.cache.page_cache import expires_at, public_page
from aapm_site.core.files import pictures
from aapm_site.core.forms import without_control
from aapm_site.core.seo import PageMeta, absolute, breadcrumb_ld

from ..domain.collections import PICTURES
from ..models import Collection
from ..models.article import author_key
from ..presenters.authors import author_words
from ..presenters.contents import entries_for
from ..queries import collections as queries
from ..queries.issues import next_boundary
from .issues import HOME, JOURNAL

COLLECTIONS, SUBJECTS, LONGEST_NAME = "Collections", "Subjects", 400


@public_page()
def collection_list(request: HttpRequest) -> HttpResponse:
    """Every collection with its introduction."""
    crumbs = [HOME, JOURNAL, (COLLECTIONS, None)]
    context = {
        "collections": queries.collections_out(),
        "crumbs": crumbs,
        "meta": PageMeta(
            "Collections of Pain Medicine",
            "Articles of Pain Medicine that the editors have put together.",
            reverse("journal:collection-list"),
            jsonld=(breadcrumb_ld(crumbs),),
        ),
    }
    return render(request, "membership/journal/collections.html", context)


@public_page()
def collection(request: HttpRequest, slug: str) -> HttpResponse:
    """A collection; one that is not published exists for editors only."""
    found = get_object_or_404(Collection.objects.defer("search"), slug=slug)
    if not found.is_published and not request.user.has_perm("membership.view_collection"):
        raise Http404
    today = timezone.localdate()
    expires_at(request, next_boundary(today))
    crumbs = [HOME, JOURNAL, (COLLECTIONS, reverse("journal:collection-list")), (found.title, None)]
    context = {
        "collection": found,
        "entries": entries_for(queries.articles_of_collection(found.pk, today), request.user, today),
        "crumbs": crumbs,
        "meta": PageMeta(
            found.title, found.introduction, found.get_absolute_url(), noindex=not found.is_published,
            image=absolute(found.picture_url) if found.picture else None, jsonld=(breadcrumb_ld(crumbs),),
        ),
    }  # fmt: skip
    return render(request, "membership/journal/collection.html", context)


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """The picture of a collection; of one that is not published, for editors only."""
    found = get_object_or_404(Collection.objects.defer("search"), picture=f"{PICTURES}{without_control(name)}")
    if not found.is_published and not request.user.has_perm("membership.view_collection"):
        raise Http404
    return pictures.serve_forever(request, found.picture, name)


@public_page()
def subject_list(request: HttpRequest) -> HttpResponse:
    """Every subject."""
    crumbs = [HOME, JOURNAL, (SUBJECTS, None)]
    context = {
        "subjects": queries.subjects(),
        "crumbs": crumbs,
        "meta": PageMeta(
            "Pain Medicine by subject",
            "The articles of Pain Medicine by what they are about.",
            reverse("journal:subject-list"),
            jsonld=(breadcrumb_ld(crumbs),),
        ),
    }
    return render(request, "membership/journal/subjects.html", context)


@public_page(keys=("page",))
def subject(request: HttpRequest, slug: str) -> HttpResponse:
    """What is out about a subject, the newest first."""
    found = next((one for one in queries.subjects() if one.slug == slug), None)
    if found is None:
        raise Http404
    today = timezone.localdate()
    crumbs = [HOME, JOURNAL, (SUBJECTS, reverse("journal:subject-list")), (found.name, None)]
    said = found.introduction or f"Articles of Pain Medicine about {found.name.lower()}."
    context = {
        "subject": found,
        **_listed(request, queries.articles_about(found, today)),
        "crumbs": crumbs,
        "meta": PageMeta(found.name, said, found.url, jsonld=(breadcrumb_ld(crumbs),)),
    }
    return render(request, "membership/journal/subject.html", context)


@public_page(keys=("page",))
def author(request: HttpRequest, key: str) -> HttpResponse:
    """What is out of people of one name, the newest first; a name that wrote nothing here has no page."""
    today = timezone.localdate()
    if key != without_control(key) or len(key) > LONGEST_NAME or not author_key(key):
        raise Http404
    names = queries.names_of(key, today)
    if not names:
        raise Http404
    words = author_words(names)
    crumbs = [HOME, JOURNAL, (words.name, None)]
    context = {
        "author": words,
        **_listed(request, queries.articles_by(key, today)),
        "crumbs": crumbs,
        "meta": PageMeta(
            words.name, f"Articles by {words.name} in Pain Medicine.", names[0].get_absolute_url(),
            jsonld=(breadcrumb_ld(crumbs),),
        ),
    }  # fmt: skip
    return render(request, "membership/journal/author.html", context)


def _listed(request: HttpRequest, rows: Any) -> dict[str, Any]:
    today = timezone.localdate()
    expires_at(request, next_boundary(today))
    page, lines = queries.page_of(rows, request.GET.get("page"), today)
    return {"page": page, "entries": entries_for(lines, request.user, today)}
