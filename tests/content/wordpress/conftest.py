"""The command as an administrator runs it."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from tests.content.wordpress import wxr


class Outcome:
    """What one run said: its words, and every line of its report."""

    def __init__(self, text, lines, error):
        self.text, self.lines, self.error = text, lines, error

    def of(self, outcome, what=None):
        """(place, detail) of the lines with this outcome."""
        found = [line for line in self.lines if line["outcome"] == outcome and what in (None, line["what"])]
        return [(line["place"], line["detail"]) for line in found]

    def said(self, words):
        return any(words in f"{line['place']} {line['detail']}" for line in self.lines)


@pytest.fixture
def bring(tmp_path):
    """Import an export, given as bytes or as entries; a CommandError is part of the outcome.

    `further` are its other files.
    """

    def run(data, *options, further=()):
        file, kept = tmp_path / "export.xml", tmp_path / "report.json"
        file.write_bytes(data if isinstance(data, bytes) else wxr.export(*data))
        kept.unlink(missing_ok=True)
        out, error = StringIO(), None
        try:
            call_command("import_wordpress", str(file), *map(str, further), "--report", str(kept), *options, stdout=out)
        except Exception as raised:  # noqa: BLE001 - whatever it is, the test says what it must be
            error = raised
        lines = json.loads(kept.read_text())["lines"] if kept.exists() else []
        return Outcome(out.getvalue(), lines, error)

    return run
