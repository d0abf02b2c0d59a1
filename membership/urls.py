"""Below /membership/: joining, and one's own application. The landing page is content's."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from .views import applications, join


class ApplicationId(StringConverter):
    """What core.ids makes: nothing else reaches the database."""

    regex = r"[A-Za-z0-9_-]{16}"


register_converter(ApplicationId, "application_id")

app_name = "membership"

urlpatterns = [
    path("join/", join.choose, name="join"),
    path("join/<slug:slug>/", join.apply, name="application-create"),
    path("applications/<application_id:public_id>/", applications.detail, name="application-detail"),
    path("applications/<application_id:public_id>/answer/", applications.answer, name="application-answer"),
    path("applications/<application_id:public_id>/papers/", applications.add_paper, name="application-paper-add"),
    path("applications/<application_id:public_id>/withdraw/", applications.withdraw, name="application-withdraw"),
    path("papers/<application_id:public_id>/", applications.paper, name="paper-detail"),
]
