"""The roof: every address of the site. Rooms are asked first, content's pages last."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from aapm_site import search, sitemaps
from aapm_site.accounts.views import places
from aapm_site.core.views import machines, styleguide

handler400 = "aapm_site.core.views.errors.bad_request"
handler403 = "aapm_site.core.views.errors.forbidden"
handler404 = "aapm_site.core.views.errors.not_found"
handler500 = "aapm_site.core.views.errors.server_error"

urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("account/", include("aapm_site.accounts.urls")),
    path("", include("aapm_site.accounts.passage.urls")),
    path("mail/", include("aapm_site.mail.urls")),
    path("search/", search.search, name="search"),
    path("search/suggest/", search.suggest, name="search-suggest"),
    path("places/suggest/", places.place_suggestions, name="place-suggest"),
    path("sitemap.xml", sitemaps.sitemap_index, name="sitemap-index"),
    path("sitemap-<section>.xml", sitemaps.sitemap_section, name="sitemap-section"),
    path("career-center/", include("careers.urls")),
    path("membership/", include("membership.urls")),
    path("find-a-clinician/", include("membership.finder_urls")),
    path("journal/", include("membership.journal.urls")),
    path("robots.txt", machines.robots, name="robots"),
    path("favicon.ico", machines.favicon, name="favicon"),
    path("", include("aapm_site.billing.urls")),
    *([path("demo-card/", include("aapm_site.billing.standin.urls"))] if settings.CARD_STANDIN else []),
    # Last: the pages' own address matches whatever is left.
    path("", include("content.urls")),
]
