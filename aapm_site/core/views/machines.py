"""Addresses for machines: robots.txt and favicon.ico."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.templatetags.static import static

from ..cache.page_cache import public_page


@public_page()
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may fetch; private places are refused by the site itself, this only saves them the way."""
    lines = [
        "User-agent: *",
        "Disallow: /account/",
        "Disallow: /accounts/",
        "Disallow: /admin/",
        "Disallow: /mail/",
        "Disallow: /search/",
        f"Sitemap: {settings.SITE_ORIGIN}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@public_page()
def favicon(request: HttpRequest) -> HttpResponse:
    return HttpResponsePermanentRedirect(static("img/favicon.ico"))
