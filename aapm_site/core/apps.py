"""The ground floor as a Django app."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "aapm_site.core"
    label = "core"
    verbose_name = "Site"

    def ready(self) -> None:
        from . import checks  # noqa: F401, PLC0415 - registers the system checks
