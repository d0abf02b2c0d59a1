"""Below /membership/: joining, and one's own application. The landing page is content's."""

from django.urls import path

import aapm_site.core.http.converters  # noqa: F401 - registers publicid

from .views import (
    applications,
    bundles,
    categories,
    directory,
    directory_entry,
    directory_messages,
    group_chairs,
    groups,
    join,
    mine,
    renew,
    seats,
)

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
    path("groups/", groups.listing, name="group-list"),
    path("groups/<slug:slug>/", groups.detail, name="group-detail"),
    path("groups/<slug:slug>/join/", groups.join, name="group-join"),
    path("groups/<slug:slug>/ask/", groups.ask, name="group-ask"),
    path("groups/<slug:slug>/ask/take-back/", groups.take_back, name="group-take-back"),
    path("groups/<slug:slug>/leave/", groups.leave, name="group-leave"),
    path("groups/<slug:slug>/letters/", groups.letters, name="group-mail"),
    path("groups/<slug:slug>/chairs/", group_chairs.chair, name="group-chair"),
    path("groups/<slug:slug>/chairs/purpose/", group_chairs.purpose, name="group-purpose"),
    path("groups/<slug:slug>/chairs/requests/<int:number>/", group_chairs.answer, name="group-answer"),
    path("mine/stay/", mine.stay, name="stay"),
    path("applications/<publicid:public_id>/", applications.detail, name="application-detail"),
    path("applications/<publicid:public_id>/answer/", applications.answer, name="application-answer"),
    path("applications/<publicid:public_id>/papers/", applications.add_paper, name="application-paper-add"),
    path("applications/<publicid:public_id>/withdraw/", applications.withdraw, name="application-withdraw"),
    path("seats/", seats.seat_list, name="seat-list"),
    path("seats/<publicid:seat_id>/", seats.answer, name="seat-answer"),
    path("seats/<publicid:seat_id>/leave/", seats.leave, name="seat-leave"),
    path("seats/requests/<publicid:asked_id>/", seats.administer, name="seat-administer"),
    path("institutions/<publicid:bundle_id>/", bundles.detail, name="bundle-detail"),
    path("institutions/<publicid:bundle_id>/order/", bundles.order, name="bundle-order"),
    path("institutions/<publicid:bundle_id>/people/<publicid:seat_id>/remove/", bundles.remove, name="seat-remove"),
    path("papers/<publicid:public_id>/", applications.paper, name="paper-detail"),
    path("directory/", directory.members_directory, name="directory"),
    path("directory/mine/", directory_entry.mine, name="directory-mine"),
    path("directory/mine/delete/", directory_entry.delete, name="directory-delete"),
    path("directory/messages/<publicid:public_id>/", directory_entry.message, name="directory-message"),
    path("directory/<publicid:public_id>/", directory.member, name="directory-entry"),
    path("directory/<publicid:public_id>/write/", directory_messages.write_to_member, name="directory-write"),
]
