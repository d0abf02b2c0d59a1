"""“Find a clinician”, at an address of its own: what members show to everybody."""

from django.urls import path

import aapm_site.core.http.converters  # noqa: F401 - registers publicid

from .views import directory, directory_messages

app_name = "find"

urlpatterns = [
    path("", directory.find, name="list"),
    path("asked/", directory_messages.asked, name="asked"),
    path("sent/", directory_messages.written, name="written"),
    path("send/<str:signed>/", directory_messages.confirm, name="confirm"),
    path("<publicid:public_id>/", directory.clinician, name="clinician"),
    path("<publicid:public_id>/write/", directory_messages.write, name="write"),
]
