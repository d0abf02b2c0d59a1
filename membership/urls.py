"""Below /membership/: joining, and one's own application. The landing page is content's."""

from django.urls import path

from .views import applications, join

app_name = "membership"

urlpatterns = [
    path("join/", join.choose, name="join"),
    path("join/<slug:slug>/", join.apply, name="application-create"),
    path("applications/<str:public_id>/", applications.detail, name="application-detail"),
    path("applications/<str:public_id>/answer/", applications.answer, name="application-answer"),
    path("applications/<str:public_id>/papers/", applications.add_paper, name="application-paper-add"),
    path("applications/<str:public_id>/withdraw/", applications.withdraw, name="application-withdraw"),
    path("papers/<str:public_id>/", applications.paper, name="paper-detail"),
]
