"""Bring in articles as a publisher delivers them: see `manage.py import_jats --help`."""

import re
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from membership.journal.domain.imports import ImportedArticle, import_package
from membership.journal.domain.packages import PackageRefused
from membership.journal.jats.completeness import Completeness
from membership.journal.models import Issue

ABOUT = """Bring in articles of the journal as a publisher delivers them: JATS or NLM, as single files or as ZIPs with
figures, supplements and PDFs.

An article is known by its DOI: what is delivered again takes the place of what was there, and what is the same changes
nothing. Begin with --dry-run: it says exactly what would happen and keeps nothing. Each article is counted against its
source; what needs a look is marked with an exclamation mark."""
MARKS = {"new": "+", "updated": "~", "unchanged": "=", "refused": "!"}
_issue = re.compile(r"(\d{1,4})[-/:](\d{1,4})")


class Command(BaseCommand):
    help = ABOUT

    def create_parser(self, *args: Any, **kwargs: Any) -> Any:
        return super().create_parser(*args, formatter_class=RawDescriptionHelpFormatter, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="an .xml file or a .zip package")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen; keep nothing")
        parser.add_argument(
            "--replace", action="store_true", help="also where a DOI is that of an article with another title by others"
        )
        parser.add_argument("--issue", metavar="27-11", help="where articles go that name no issue of ours")

    def handle(self, *args: Any, **options: Any) -> None:
        issue = self._issue(options["issue"])
        counts = dict.fromkeys(MARKS, 0)
        for file in options["files"]:
            for told in self._import(file, issue, dry_run=options["dry_run"], may_replace=options["replace"]):
                counts[told.outcome] += 1
                self._tell(told)
        words = ", ".join(f"{count} {outcome}" for outcome, count in counts.items() if count) or "nothing"
        self.stdout.write(f"{'A dry run, nothing is kept' if options['dry_run'] else 'Done'}: {words}.")
        if counts["refused"]:
            raise CommandError("Some articles were refused; the lines above say why.")

    def _issue(self, said: str | None) -> Issue | None:
        if said is None:
            return None
        found = _issue.fullmatch(said)
        issue = Issue.objects.filter(volume=int(found[1]), number=int(found[2])).first() if found else None
        if issue is None:
            raise CommandError(f"There is no issue {said} here. Give volume and number, such as 27-11.")
        return issue

    def _import(self, file: Path, issue: Issue | None, **how: bool) -> Any:
        try:
            yield from import_package(file.read_bytes(), file.name, by=None, issue=issue, **how)
        except OSError as wrong:
            raise CommandError(f"{file} cannot be read: {wrong.strerror}.") from wrong
        except PackageRefused as refused:
            raise CommandError(f"{file.name}: {refused}") from refused

    def _tell(self, told: ImportedArticle) -> None:
        mark = "!" if told.needs_a_look else MARKS[told.outcome]
        self.stdout.write(f"{mark} {told.name}: {told.outcome}, {told.doi or 'no DOI'} {told.title}".rstrip())
        if told.completeness:
            self.stdout.write(f"    {_counts(told.completeness)}")
        for note in told.notes:
            self.stdout.write(f"    {note}")


def _counts(found: Completeness) -> str:
    counted = {name: getattr(found, name) for name in ("links", "formulas", "figures", "tables")}
    words = [f"letters {found.letters.said}", f"words of references {found.reference_words.said}"]
    return ", ".join([*words, *(f"{what} {count.kept} of {count.of}" for what, count in counted.items())])
