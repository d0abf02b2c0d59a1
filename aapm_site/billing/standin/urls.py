"""The stand-in's addresses, mounted at /demo-card/ where it stands in: its interface, and its page for people."""

from django.urls import path

from . import views

app_name = "standin"

urlpatterns = [
    path("v1/<path:rest>", views.api, name="api"),
    path("pay/<slug:session_id>/", views.pay, name="pay"),
]
