"""The roof: every address of the site. Rooms are asked first, content's pages last."""

from django.contrib import admin
from django.urls import include, path

from aapm_site.core.views import machines

handler400 = "aapm_site.core.views.errors.bad_request"
handler403 = "aapm_site.core.views.errors.forbidden"
handler404 = "aapm_site.core.views.errors.not_found"
handler500 = "aapm_site.core.views.errors.server_error"

urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("robots.txt", machines.robots, name="robots"),
    path("site.webmanifest", machines.manifest, name="manifest"),
    path("favicon.ico", machines.favicon, name="favicon"),
]
