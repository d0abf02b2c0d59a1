"""Addresses for machines: robots.txt, favicon.ico, the web manifest."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.templatetags.static import static

from ..pagecache import public_page
from ..seo import SITE_NAME


@public_page()
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may fetch; private places are refused by the site itself, this only saves them the way."""
    lines = [
        "User-agent: *",
        "Disallow: /account/",
        "Disallow: /accounts/",
        "Disallow: /admin/",
        "Disallow: /search/",
        f"Sitemap: {settings.SITE_ORIGIN}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@public_page()
def manifest(request: HttpRequest) -> HttpResponse:
    """The web app manifest, with the icons' hashed addresses."""
    return JsonResponse(
        {
            "name": SITE_NAME,
            "short_name": "AAPM",
            "start_url": "/",
            "display": "browser",
            "background_color": "#ffffff",
            "theme_color": "#14233f",
            "icons": [{"src": static("img/mark.svg"), "sizes": "any", "type": "image/svg+xml"}],
        },
        content_type="application/manifest+json",
    )


@public_page()
def favicon(request: HttpRequest) -> HttpResponse:
    return HttpResponsePermanentRedirect(static("img/favicon.ico"))
