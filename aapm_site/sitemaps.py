"""The sitemap of the whole site: an index over the sections that the rooms have registered."""

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as sitemap_views
from django.http import HttpRequest, HttpResponse

from aapm_site.core.cache.page_cache import public_page
from aapm_site.core.sitemaps import sitemap_sources


def sections() -> dict[str, type[Sitemap] | Sitemap]:
    return {source.name: source.sitemap for source in sitemap_sources}


@public_page()
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """Every section with its newest change."""
    return sitemap_views.index(request, sections(), sitemap_url_name="sitemap-section").render()


@public_page(keys=("p",))
def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    """The addresses of one section, 50,000 a page at most."""
    return sitemap_views.sitemap(request, sections(), section=section).render()
