"""Load the gazetteer; `manage.py serve` does it at each start."""

import time
from typing import Any

from django.core.management.base import BaseCommand

from aapm_site.accounts.domain import gazetteer


class Command(BaseCommand):
    help = "Load the towns and ZIP codes that are shipped, unless they are there already. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        begun = time.perf_counter()
        report = gazetteer.load_gazetteer()
        if report is None:
            if options["verbosity"]:
                self.stdout.write("The gazetteer is loaded already.")
            return
        self.stdout.write(
            f"Gazetteer: {report.towns:,} towns and {report.zip_codes:,} ZIP codes loaded in "
            f"{time.perf_counter() - begun:.1f} seconds; {report.adopted} places from before are towns of it now, "
            f"{report.linked} places of positions were linked."
        )
