"""Import members from a file without the staff's pages, by the same functions."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from aapm_site.core.files.upload_checks import FileRefused
from membership.domain import member_imports
from membership.import_columns import DateOrder, Outcome
from membership.models import MemberImport


class Command(BaseCommand):
    help = "Import members from a CSV or .xlsx file: says what would follow, and does it with --apply."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dates", choices=DateOrder.values, help="How dates are written, if they are misread.")
        parser.add_argument("--apply", action="store_true", help="Apply what is right; wrong lines are left out.")

    def handle(self, *args: Any, file: Path, dates: str | None, apply: bool, **options: Any) -> None:
        try:
            made = member_imports.upload_members(file.read_bytes(), file.name, by=None)
        except (OSError, FileRefused) as refused:
            raise CommandError(str(refused)) from refused
        if not made.columns.keys() & {"number", "email"}:
            raise CommandError("No heading is “Member number” or “E-mail”. Choose the columns on the staff's pages.")
        made = member_imports.choose_columns(made, made.columns, dates or made.date_order)
        for value, label in Outcome.choices:
            self.stdout.write(f"{label}: {made.count(value)}")
        for line in member_imports.wrong_lines(made):
            self.stderr.write(f"Line {line.line}: {' '.join(line.reasons)}")
        if apply:
            self._apply(made)

    def _apply(self, made: MemberImport) -> None:
        if refusal := member_imports.refusal_to_apply(made):
            self.stdout.write(refusal)
        elif member_imports.apply_members(made):
            self.stdout.write("Applied.")
        else:
            made.refresh_from_db()
            raise CommandError(made.progress)
