"""The site map that people read: every page in its place, the archives, and what else the site offers."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from aapm_site.core.cache.page_cache import expires_at, public_page
from aapm_site.core.menus import MenuEntry as Entry
from aapm_site.core.menus import menu_entries
from aapm_site.core.seo import Crumb, PageMeta, breadcrumb_ld
from content.queries import archives, entries, tree
from content.queries.categories import categories
from content.queries.entries import Selection

DESCRIPTION = "Every page of the Academy’s site on one page, in its place."
MENUS = ("main", "doors", "footer", "footer-small")


@public_page()
@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """The tree of pages, the news by category and year, and the rooms' own addresses from the menus."""
    now = timezone.now()
    expires_at(request, entries.extent(Selection(), now).next_change)
    pages = tree.pages(now)
    own = {"/", request.path, reverse("content:news"), reverse("content:glossary"), reverse("content:archive-index")}
    menus: list[Entry] = [entry for name in MENUS for entry in menu_entries(name, request)]
    crumbs: list[Crumb] = [("Home", "/"), ("Site map", None)]
    context: dict[str, Any] = {
        "pages": pages,
        "rest": tree.rest(menus, tree.addresses(pages) | own),
        "categories": categories(),
        "years": archives.years(now),
        "crumbs": crumbs,
        "meta": PageMeta(
            "Site map", description=DESCRIPTION, path=reverse("content:site-map"), jsonld=(breadcrumb_ld(crumbs),)
        ),
    }
    return render(request, "content/site_map.html", context)
