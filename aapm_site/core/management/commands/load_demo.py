"""Load the demonstration content of every app; running it again changes nothing that staff have not."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from aapm_site.core.demo import demo_loaders
from aapm_site.core.search import spelling


class Command(BaseCommand):
    help = "Load the demonstration content (embedded database only). Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "Demonstration content has known passwords, so it is loaded into the embedded database only. "
                "Unset DATABASE_URL to try the site out."
            )
        for loader in demo_loaders:
            with transaction.atomic():
                loader.load(self.stdout.write)
        with connection.cursor() as cursor:  # thousands of rows are new, which the planner takes for none
            cursor.execute("ANALYZE")
        spelling.gather()
