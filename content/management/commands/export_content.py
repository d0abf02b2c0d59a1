"""Write everything back: see `manage.py export_content --help`."""

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from content.export import bundle, tables

ABOUT = """Write everything that the pages are made of into one zip: content.json and the files that it names.

Pages with all their versions, news and statements, published answers, authors, categories, topics, the glossary,
menus, redirects, pictures and documents. The file explains itself, names rows by their words instead of database
numbers, and can be read by any program: nobody is locked in here.

What people asked privately stays out, with their names and addresses, unless you ask for it."""


class Command(BaseCommand):
    help = ABOUT

    def create_parser(self, *args: Any, **kwargs: Any) -> Any:
        return super().create_parser(*args, formatter_class=RawDescriptionHelpFormatter, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE.zip", type=Path, help="where to write it")
        parser.add_argument("--force", action="store_true", help="replace the file if it exists")
        parser.add_argument(
            "--with-questions", action="store_true", help="people's questions too, with names and e-mail addresses"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        place: Path = options["file"]
        if place.suffix.lower() != ".zip":
            raise CommandError(f"Give a name that ends in .zip instead of {place.name}.")
        if place.is_dir():
            raise CommandError(f"{place} is a folder.")
        if place.exists() and not options["force"]:
            raise CommandError(f"{place} exists already. Choose another name, or add --force to replace it.")
        if not place.resolve().parent.is_dir():
            raise CommandError(f"The folder {place.parent} is not there.")
        for name in tables.unknown():
            self.stderr.write(f"The table {name} is new and not part of exports yet.")
        try:
            counts = bundle.write(place, with_questions=options["with_questions"], say=self.stderr.write)
        except OSError as wrong:
            raise CommandError(f"{place} cannot be written: {wrong.strerror or wrong}.") from wrong
        for name, number in counts.items():
            self.stdout.write(f"{number:>8}  {name.replace('_', ' ')}")
        self.stdout.write(f"Written to {place}, {place.stat().st_size / 1024:,.0f} kB.")
