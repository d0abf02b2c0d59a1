"""The commands as a person meets them: help, progress, exit code, and the document that explains them."""

import io
import re
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from content.management.commands import export_content
from content.wordpress.management.commands import import_wordpress
from tests.content.wordpress import wxr
from tests.house.source import ROOT

OPERATIONS = (ROOT / "docs" / "operations.md").read_text()
SECTION = OPERATIONS.split("## Moving in, moving out")[1].split("\n## ")[0]
DJANGO = {
    "--help", "--version", "--verbosity", "--settings", "--pythonpath", "--traceback", "--no-color", "--force-color",
    "--skip-checks",
}  # fmt: skip


def options(module):
    parser = module.Command().create_parser("manage.py", module.__name__.rsplit(".", 1)[-1])
    return {name for action in parser._actions for name in action.option_strings if name.startswith("--")} - DJANGO


def test_every_option_is_in_the_document_and_every_one_in_the_document_exists():
    named = set(re.findall(r"--[a-z][a-z-]+", SECTION))

    assert named == options(import_wordpress) | options(export_content)


@pytest.mark.parametrize("line", re.findall(r"^    python manage\.py (.+)$", SECTION, re.MULTILINE))
def test_the_commands_of_the_document_are_understood(line):
    name, *given = line.split()
    module = {"import_wordpress": import_wordpress, "export_content": export_content}[name]

    assert module.Command().create_parser("manage.py", name).parse_args(given)


@pytest.mark.parametrize("module", [import_wordpress, export_content])
def test_the_help_says_what_it_does_in_lines_that_fit(module):
    shown = module.Command().create_parser("manage.py", "x").format_help()

    assert module.ABOUT.splitlines()[0] in shown
    assert max(map(len, module.ABOUT.splitlines())) <= 120


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.django_db
def test_a_person_at_a_terminal_sees_a_bar_and_a_file_gets_plain_lines(tmp_path, monkeypatch):
    file = tmp_path / "export.xml"
    file.write_bytes(wxr.export(wxr.item(1, "A", "x", slug="a"), wxr.item(2, "B", "x", slug="b")))
    shown, out = Terminal(), io.StringIO()
    monkeypatch.setattr(sys, "stderr", shown)

    call_command("import_wordpress", str(file), stdout=out)

    assert "] 2 of 2" in shown.getvalue()
    assert shown.getvalue().endswith("\r\033[K")
    assert "\r" not in out.getvalue()

    monkeypatch.setattr(sys, "stderr", io.StringIO())
    call_command("import_wordpress", str(file), stdout=out)
    assert sys.stderr.getvalue() == ""


@pytest.mark.django_db
def test_a_stranger_s_words_do_not_steer_the_terminal(tmp_path):
    file, out = tmp_path / "export.xml", io.StringIO()
    file.write_bytes(wxr.export(wxr.item(1, "A\x9b31mred \u202eback", "[x\u2028_y]", slug="a", status="trash")))

    call_command("import_wordpress", str(file), stdout=out)

    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2028]", out.getvalue())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (["--menu", "main"], "--menu: write the old menu's name"),
        (["--report", "/nowhere/report.csv"], "The folder for the report, /nowhere, is not there."),
        (["--only", "everything"], "invalid choice: 'everything'"),
    ],
)
def test_a_wrong_option_is_told_before_anything_is_read(tmp_path, given, sentence):
    with pytest.raises(CommandError, match=re.escape(sentence)):
        call_command("import_wordpress", str(tmp_path / "missing.xml"), *given)


def test_an_error_is_one_line_without_a_traceback_and_an_exit_code():
    done = subprocess.run(
        [sys.executable, "manage.py", "import_wordpress", "missing.xml"],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip

    assert done.returncode == 1
    assert done.stderr.strip() == "CommandError: missing.xml cannot be read: No such file or directory."
