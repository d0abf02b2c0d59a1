"""The career center as a Django app."""

from django.apps import AppConfig


class CareersConfig(AppConfig):
    name = "careers"
    verbose_name = "Career Center"

    def ready(self) -> None:
        """Open the doors: what the ground floor asks every room for."""
        from aapm_site.core import registries  # noqa: PLC0415 - models are loaded by now, not before

        from . import demo, due, panels, personal, positions, search, sitemaps  # noqa: F401, PLC0415

        registries.search_sources.register(search.JOBS)
        registries.sitemaps.register(sitemaps.CAREERS)
        registries.sitemaps.register(sitemaps.JOBS)
        registries.account_panels.register(panels.EMPLOYER)
        registries.personal_data.register(personal.CAREERS)
        registries.due_work.register(due.JOB_ENDING)
        registries.demo_loaders.register(demo.CAREERS)
