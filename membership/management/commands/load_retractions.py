"""Load a list of retracted works: see `manage.py load_retractions --help`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from aapm_site.core.files.upload_checks import FileRefused
from membership.journal.domain.retractions import load_retractions


class Command(BaseCommand):
    help = (
        "Load a list of retracted works, CSV or Excel with the headings of Retraction Watch's data, in place of the "
        "one that stands. Articles that cite one of them say so to whoever may read them."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="a .csv in UTF-8 or an .xlsx")
        parser.add_argument("--shorter", action="store_true", help="the list may be much shorter than what stands")

    def handle(self, *args: Any, **options: Any) -> None:
        file = options["file"]
        try:
            loaded = load_retractions(file.read_bytes(), file.name, may_be_shorter=options["shorter"])
        except OSError as wrong:
            raise CommandError(f"{file} cannot be read: {wrong.strerror}.") from wrong
        except FileRefused as refused:
            raise CommandError(f"{file.name}: {refused}") from refused
        self.stdout.write(f"Done: {loaded.works:,} works, {loaded.passed_over:,} rows without a number passed over.")
