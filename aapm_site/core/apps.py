"""The ground floor as a Django app, and the staff's admin site."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class CoreConfig(AppConfig):
    name = "aapm_site.core"
    label = "core"
    verbose_name = "Site"

    def ready(self) -> None:
        from . import checks  # noqa: F401, PLC0415 - registers the system checks


class StaffAdminConfig(AdminConfig):
    """The stock admin with the site's sign-in and its page of due work."""

    default_site = "aapm_site.core.adminsite.StaffSite"
