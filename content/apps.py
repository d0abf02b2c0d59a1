"""Pages, news, archives, menus and questions as a Django app."""

from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "content"
    verbose_name = "Pages and questions"

    def ready(self) -> None:
        from . import registration  # noqa: PLC0415 - needs the app registry

        registration.register()
