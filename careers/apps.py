"""The career center as a Django app."""

from django.apps import AppConfig


class CareersConfig(AppConfig):
    name = "careers"
    verbose_name = "Career Center"

    def ready(self) -> None:
        from . import registration  # noqa: PLC0415 - needs the app registry

        registration.register()
