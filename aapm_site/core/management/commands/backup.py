"""A copy of the whole site."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from aapm_site.core.runtime.backup import CannotCopy, back_up


class Command(BaseCommand):
    help = "Copy the database and all files into a folder that is not there yet."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = back_up(options["folder"])
        except CannotCopy as refused:
            raise CommandError(str(refused)) from refused
        rows, files = sum(made["rows"].values()), len(made["files"]) - 1
        self.stdout.write(f"{options['folder']} holds {rows:,} rows and {files:,} files.")
