"""The site again, of a copy."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from aapm_site.core.runtime.backup import CannotCopy, restore


class Command(BaseCommand):
    help = "Make the site of a copy that `backup` has made, in an empty database and an empty VAR_DIR."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = restore(options["folder"])
        except CannotCopy as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"Restored as it was at {made['made_at']}. Now start the site.")
