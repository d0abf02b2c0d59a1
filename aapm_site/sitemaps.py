"""The sitemap of the whole site: an index over the sections that the rooms have registered."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as sitemap_views
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from aapm_site.core.cache.page_cache import public_page
from aapm_site.core.sitemaps import sitemap_sources


class OriginRequest(HttpRequest):
    """A question as it is at the site's own origin: Django makes the addresses of a sitemap from scheme and host."""

    @property
    def scheme(self) -> str:
        return urlsplit(settings.SITE_ORIGIN).scheme

    def get_host(self) -> str:
        return urlsplit(settings.SITE_ORIGIN).netloc


def sections() -> dict[str, type[Sitemap] | Sitemap]:
    return {source.name: source.sitemap for source in sitemap_sources}


@public_page()
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """Every section with its newest change."""
    return _at_the_origin(sitemap_views.index, request, sitemap_url_name="sitemap-section")


@public_page(keys=("p",))
def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    """The addresses of one section, 50,000 a page at most."""
    return _at_the_origin(sitemap_views.sitemap, request, section=section)


def _at_the_origin(view: Callable[..., Any], request: HttpRequest, **how: str) -> HttpResponse:
    """What the view says at the site's origin, by whatever host and port it was asked."""
    asked = OriginRequest()
    asked.GET = request.GET
    answer = view(asked, sections(), **how)
    answer.content = render_to_string(answer.template_name, answer.context_data)
    return answer
