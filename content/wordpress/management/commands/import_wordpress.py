"""Bring over what a WordPress site exported: see `manage.py import_wordpress --help`."""

import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from content.wordpress import run, wxr
from content.wordpress.report import MADE, OUTCOMES, PROBLEM, UNCHANGED, ImportReport, ReportLine

ABOUT = """Bring over the pages, posts, categories, authors, menus and files of a WordPress site.

On the old site choose Tools, Export, All content; give the file that you get, or all of its files at once. Begin with
--dry-run: it prints exactly what would happen and changes nothing. Run it without --dry-run then, and again whenever
you like: what is here already stays as it is, a newer export updates only what nobody has changed here since, and
nobody gets a mail.

The export names pictures and documents but does not hold them: copy the old site's folder wp-content/uploads and give
it with --media. Without it they are listed, and the texts are made to read well without them."""
WIDTH = 30


class Command(BaseCommand):
    help = ABOUT

    def create_parser(self, *args: Any, **kwargs: Any) -> Any:
        return super().create_parser(*args, formatter_class=RawDescriptionHelpFormatter, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "files", metavar="FILE", nargs="+", type=Path, help="the export, an XML file (WXR 1.2), or all files of it"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would happen; change nothing")
        parser.add_argument("--media", metavar="DIR", type=Path, help="a copy of the old site's wp-content/uploads")
        parser.add_argument(
            "--only", metavar="PART", nargs="+", choices=run.PARTS, help=f"some parts only: {', '.join(run.PARTS)}"
        )
        parser.add_argument(
            "--statements",
            metavar="CATEGORY",
            nargs="+",
            default=(),
            help="posts of these categories are statements (else those of a category named like “Statements”)",
        )
        parser.add_argument(
            "--menu",
            metavar="OLD=OURS",
            nargs="+",
            default=(),
            help="which menu of ours an old one fills, for example sidebar=footer; menus with entries are not touched",
        )
        parser.add_argument("--tags-as-categories", action="store_true", help="make the old site's tags categories too")
        parser.add_argument("--page-authors", action="store_true", help="name the author under pages, not only posts")
        parser.add_argument(
            "--drafts", action="store_true", help="bring everything in as drafts; a run without it publishes them"
        )
        parser.add_argument(
            "--report", metavar="FILE", type=Path, help="keep every line in a file: .csv for a spreadsheet, else JSON"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.bar = sys.stderr.isatty()
        self.is_drawn = False
        self.is_quiet = options["verbosity"] == 0
        self.tells_all = options["verbosity"] > 1 or options["dry_run"]
        report = ImportReport(self._hear)
        asked = self._options(options)
        kept = options["report"]
        if kept and not kept.resolve().parent.is_dir():
            raise CommandError(f"The folder for the report, {kept.parent}, is not there.")
        try:
            with ExitStack() as opened:
                streams = [opened.enter_context(file.open("rb")) for file in options["files"]]
                run.run(streams, asked, report, self._progress)
        except OSError as wrong:
            raise CommandError(f"{wrong.filename or options['files'][0]} cannot be read: {wrong.strerror}.") from wrong
        except (wxr.NotAnExport, run.Busy) as wrong:
            raise CommandError(str(wrong)) from wrong
        finally:
            self._wipe()
        self._end(report, kept, rehearsal=asked.rehearsal)

    def _options(self, options: dict[str, Any]) -> run.Options:
        folder = options["media"]
        if folder and not folder.is_dir():
            raise CommandError(f"--media: {folder} is not a folder.")
        if wrong := next((pair for pair in options["menu"] if "=" not in pair), None):
            raise CommandError(f"--menu: write the old menu's name, =, and ours, instead of “{wrong}”.")
        return run.Options(
            rehearsal=options["dry_run"],
            folder=folder,
            only=frozenset(options["only"] or run.PARTS),
            statements=tuple(options["statements"]),
            menus=dict(pair.split("=", 1) for pair in options["menu"]),
            tags=options["tags_as_categories"],
            page_authors=options["page_authors"],
            drafts=options["drafts"],
        )

    def _hear(self, line: ReportLine) -> None:
        if self.is_quiet:
            return
        if self.tells_all or (line.outcome != UNCHANGED and (line.what, line.outcome) != ("redirect", MADE)):
            self._wipe()
            self.stdout.write(str(line))

    def _progress(self, done: int, total: int) -> None:
        """A bar for a person who watches; nothing into a file."""
        if self.bar and total:
            full = WIDTH * done // total
            sys.stderr.write(f"\r[{'=' * full}{' ' * (WIDTH - full)}] {done} of {total} ")
            sys.stderr.flush()
            self.is_drawn = True

    def _wipe(self) -> None:
        if self.is_drawn:
            sys.stderr.write("\r\033[K")
            self.is_drawn = False

    def _end(self, report: ImportReport, kept: Path | None, *, rehearsal: bool) -> None:
        self.stdout.write("\n".join(["", *report.summary()]))
        if kept:
            try:
                report.write(kept)
            except OSError as wrong:
                raise CommandError(f"The report {kept} cannot be written: {wrong.strerror}.") from wrong
        if rehearsal:
            self.stdout.write("\nThis was a rehearsal: nothing was changed.")
        elif not any(report.count(outcome) for outcome in OUTCOMES[:2]):
            self.stdout.write("\nNothing was changed.")
        if problems := report.count(PROBLEM):
            noun = "problem is" if problems == 1 else "problems are"
            raise CommandError(f"{problems} {noun} listed above; everything else is as the table says.", returncode=2)
