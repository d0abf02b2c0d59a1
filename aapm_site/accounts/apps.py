"""People and their accounts as a Django app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "aapm_site.accounts"
    label = "accounts"
    verbose_name = "People"

    def ready(self) -> None:
        from . import registration  # noqa: PLC0415 - needs the app registry

        registration.register()
