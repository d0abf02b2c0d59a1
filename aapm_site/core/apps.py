"""The ground floor as a Django app, and the admin with the site's own StaffSite."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps

from .field_words import speak

# Here, where no app has made a field yet: Django loads this file of every app before their models and forms.
speak()


class CoreConfig(AppConfig):
    name = "aapm_site.core"
    label = "core"
    verbose_name = "Site"
    default = True

    def ready(self) -> None:
        from . import registration  # noqa: PLC0415 - needs the app registry

        registration.register()


class StaffAdminConfig(admin_apps.AdminConfig):
    """The stock admin with the site's sign-in and its page of due work."""

    default = False
    default_site = "aapm_site.core.admin.site.StaffSite"
