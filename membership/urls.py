"""Below /membership/: joining, and one's own application. The landing page is content's."""

from django.urls import path

import aapm_site.core.http.converters  # noqa: F401 - registers publicid

from .views import applications, categories, join, mine, renew

app_name = "membership"

urlpatterns = [
    path("join/", join.choose, name="join"),
    path("join/<slug:slug>/", join.apply, name="application-create"),
    path("mine/", mine.mine, name="mine"),
    path("mine/category/", categories.choose, name="category-choose"),
    path("mine/category/keep/", categories.keep, name="category-keep"),
    path("mine/category/now/", categories.now, name="category-now"),
    path("mine/training/", categories.training, name="training"),
    path("renew/<str:signed>/", renew.renew, name="renew"),
    path("mine/stay/", mine.stay, name="stay"),
    path("applications/<publicid:public_id>/", applications.detail, name="application-detail"),
    path("applications/<publicid:public_id>/answer/", applications.answer, name="application-answer"),
    path("applications/<publicid:public_id>/papers/", applications.add_paper, name="application-paper-add"),
    path("applications/<publicid:public_id>/withdraw/", applications.withdraw, name="application-withdraw"),
    path("papers/<publicid:public_id>/", applications.paper, name="paper-detail"),
]
