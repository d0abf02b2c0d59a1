"""What the documents name exists, and what a person may set or run is in them."""

import re
import subprocess

import pytest

from tests.house.source import PACKAGES, ROOT

OPERATIONS = (ROOT / "docs" / "operations.md").read_text()
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
EXAMPLE = re.findall(r"^# ([A-Z0-9_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
TARGETS = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE)
COMMANDS = sorted(
    path.stem
    for package in PACKAGES
    for path in (ROOT / package).rglob("management/commands/*.py")
    if path.stem != "__init__"
)


def test_there_is_something_to_look_for():
    assert len(EXAMPLE) > 20
    assert {"run", "test", "check", "lock", "help"} <= set(TARGETS)
    assert {"serve", "load_demo"} <= set(COMMANDS)


@pytest.mark.parametrize("variable", EXAMPLE)
def test_every_variable_is_explained(variable):
    assert re.search(rf"\b{variable}\b", OPERATIONS)


@pytest.mark.parametrize("target", TARGETS)
def test_every_target_is_explained(target):
    assert f"| `make {target}` |" in OPERATIONS


@pytest.mark.parametrize("command", COMMANDS)
def test_every_management_command_is_explained(command):
    assert f"| `manage.py {command}` |" in OPERATIONS


def test_no_target_is_invented():
    named = {name for path in DOCUMENTS for name in re.findall(r"`(?:PORT=\d+ )?make ([a-z]+)", path.read_text())}

    assert named <= set(TARGETS)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_and_pictures_lead_to_a_file(document):
    targets = re.findall(r"\]\(([^)#:]+)\)", document.read_text())

    assert [target for target in targets if not (document.parent / target).exists()] == []


def test_make_help_lists_every_target():
    listed = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, timeout=30, check=True).stdout

    assert re.findall(r"^  make ([a-z]+)", listed, re.MULTILINE) == TARGETS
