"""Load the association's own content; running it again changes nothing that staff have."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from aapm_site.core import starter
from aapm_site.core.search import spelling


class Command(BaseCommand):
    help = "Load the association's own pages, menus, glossary, resources, places and sample prices. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.DEMO:
            raise CommandError(
                "The embedded database holds the demonstration, which has the starter content in it. "
                "Set DATABASE_URL to load it into the site's own database."
            )
        with transaction.atomic():
            starter.load(starter.starter_kinds, self.stdout.write)
        spelling.gather()
