"""The billing office as a Django app: one for postings now and dues later."""

from django.apps import AppConfig


class BillingConfig(AppConfig):
    name = "aapm_site.billing"
    label = "billing"
    verbose_name = "Billing"

    def ready(self) -> None:
        from . import registration  # noqa: PLC0415 - needs the app registry

        registration.register()
