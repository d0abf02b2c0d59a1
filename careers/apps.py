"""The career center as a Django app."""

from django.apps import AppConfig


class CareersConfig(AppConfig):
    name = "careers"
    verbose_name = "Career Center"

    def ready(self) -> None:
        """Open the doors: what the ground floor asks every room for."""
        from aapm_site.billing import doors  # noqa: PLC0415 - models are loaded by now, not before
        from aapm_site.core import registries  # noqa: PLC0415

        from . import (  # noqa: PLC0415
            demo,
            due,
            panels,
            personal,
            positions,  # noqa: F401 - registers itself
            receivers,  # noqa: F401 - the same
            search,
            shop,
            sitemaps,
        )

        registries.search_sources.register(search.JOBS)
        registries.sitemaps.register(sitemaps.CAREERS)
        registries.sitemaps.register(sitemaps.JOBS)
        registries.account_panels.register(panels.EMPLOYER)
        registries.personal_data.register(personal.CAREERS)
        registries.due_work.register(due.JOB_ENDING)
        registries.demo_loaders.register(demo.CAREERS)
        doors.customer_sources.register(shop.CUSTOMERS)
        doors.product_sources.register(shop.PACKAGES)
