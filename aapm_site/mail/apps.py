"""The post room as a Django app."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "aapm_site.mail"
    label = "mail"
    verbose_name = "Mail"

    def ready(self) -> None:
        from . import registration  # noqa: PLC0415 - needs the app registry

        registration.register()
