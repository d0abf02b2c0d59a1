"""A copy of the whole site, and a site made of it again: the same rows, the same files, and it serves."""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests import prepared
from tests.bucket import Bucket
from tests.house.source import ROOT
from tests.journeys.conftest import environment, running_site


def manage(home: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess:
    command, settings = [sys.executable, "manage.py", *arguments], environment(home, 1) | more
    return subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True, check=False)


def refusal(home: Path, *arguments: str, **more: str) -> str:
    done = manage(home, *arguments, **more)
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stderr.strip().splitlines()[-1]


@pytest.fixture(scope="module")
def folder():
    """Where root's database, which runs as nobody, can pass."""
    made = Path(tempfile.mkdtemp(prefix="backup-", dir="/tmp"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture(scope="module")
def home(folder) -> Path:
    made = folder / "site"
    made.mkdir(mode=0o755)
    prepared.copy_demonstration(made)
    (made / "media" / "pictures").mkdir(parents=True, exist_ok=True)
    (made / "media" / "pictures" / "a.webp").write_bytes(b"a picture")
    return made


@pytest.fixture(scope="module")
def copy(folder, home) -> Path:
    target = folder / "copies" / "2026-11-28"
    done = manage(home, "backup", str(target))
    assert done.returncode == 0, done.stderr
    assert re.fullmatch(rf"{target} holds [\d,]{{5,}} rows and [\d,]+ files.\n", done.stdout)
    return target


@pytest.fixture
def elsewhere(folder):
    made = Path(tempfile.mkdtemp(dir=folder))
    made.chmod(0o755)
    return made


def files_of(home: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(home)): path.read_bytes()
        for part in ("media", "private")
        for path in (home / part).rglob("*")
        if path.is_file()
    }


def rows_of(copied: Path) -> dict[str, int]:
    return json.loads((copied / "manifest.json").read_text())["rows"]


def hashes_of(copied: Path) -> dict[str, str]:
    """Of the site's files; a dump of the same rows differs by when it was made."""
    files = json.loads((copied / "manifest.json").read_text())["files"]
    return {name: digest for name, digest in files.items() if name != "database.dump"}


def test_a_site_made_of_a_copy_has_all_rows_and_files_and_serves(home, copy, elsewhere):
    done = manage(elsewhere, "restore", str(copy))
    assert done.returncode == 0, done.stderr
    assert re.fullmatch(r"Restored as it was at 20[-0-9T:.+]+. Now start the site.\n", done.stdout)
    assert files_of(elsewhere) == files_of(home)
    assert {name.partition("/")[0] for name in files_of(home)} == {"media", "private"}

    again = manage(elsewhere, "backup", str(elsewhere / "again"))
    assert again.returncode == 0, again.stderr
    assert rows_of(elsewhere / "again") == rows_of(copy)
    assert rows_of(copy)["content_page"] > 20

    with running_site(elsewhere) as site:
        pages = {path: site.look(path) for path in ("/", "/what-is-pain-medicine/", "/career-center/jobs/")}
    assert {status for status, _ in pages.values()} == {200}
    assert "Interventional pain physician" in pages["/career-center/jobs/"][1]


@pytest.fixture
def bucket():
    made = Bucket()
    yield made
    made.stop()


def test_a_copy_goes_into_a_bucket_and_comes_out_of_it_the_same(home, copy, elsewhere, bucket):
    done = manage(elsewhere, "restore", str(copy), **bucket.environment)
    assert done.returncode == 0, done.stderr
    assert bucket.files() == files_of(home)
    assert files_of(elsewhere) == {}

    again = manage(elsewhere, "backup", str(elsewhere / "again"), **bucket.environment)
    assert again.returncode == 0, again.stderr
    assert rows_of(elsewhere / "again") == rows_of(copy)
    assert hashes_of(elsewhere / "again") == hashes_of(copy)

    fresh = elsewhere / "fresh"
    fresh.mkdir(mode=0o755)
    said = refusal(fresh, "restore", str(copy), **bucket.environment)
    assert "media/ in the bucket aapm-files is not empty." in said
    with bucket.away():
        said = refusal(fresh, "backup", str(fresh / "copy"), **bucket.environment)
    assert said.endswith("The files cannot be read. The bucket aapm-files does not answer: EndpointConnectionError.")
    assert not (fresh / "copy").exists()


def test_a_copy_is_readable_by_its_owner_alone_and_leaves_nothing_unfinished(copy):
    assert copy.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in copy.parent.iterdir()] == [copy.name]


def test_nothing_is_written_over(home, copy):
    assert "is there already" in refusal(home, "backup", str(copy))
    assert "The database is not empty" in refusal(home, "restore", str(copy))


def test_files_that_are_there_are_not_written_over(copy, elsewhere):
    (elsewhere / "media").mkdir()
    (elsewhere / "media" / "mine.txt").write_text("mine")
    assert "is not empty" in refusal(elsewhere, "restore", str(copy))
    assert (elsewhere / "media" / "mine.txt").read_text() == "mine"


def spoil(copied: Path, harm: str) -> None:
    if harm == "changed":
        with (copied / "database.dump").open("ab") as dump:
            dump.write(b"x")
    elif harm == "added":
        (copied / "media" / "added.txt").write_text("x")
    elif harm == "missing":
        next(path for path in (copied / "media").rglob("*") if path.is_file()).unlink()
    else:
        (copied / "manifest.json").write_text("{" if harm == "no manifest" else '{"format": 99}')


@pytest.mark.parametrize(
    ("harm", "why"),
    [
        ("changed", "is not as it was made; missing, changed or added: database.dump."),
        ("added", "is not as it was made; missing, changed or added: media/added.txt."),
        ("missing", "is not as it was made; missing, changed or added: media/"),
        ("no manifest", "is no copy of a site"),
        ("another release", "made by another release"),
    ],
)
def test_a_copy_that_is_not_whole_is_refused_before_anything_is_written(copy, elsewhere, harm, why):
    spoiled = elsewhere / "spoiled"
    shutil.copytree(copy, spoiled)
    spoil(spoiled, harm)
    assert why in refusal(elsewhere, "restore", str(spoiled))
    assert not (elsewhere / "media").exists()


def test_a_place_that_cannot_be_written_is_said(home):
    assert "cannot be written" in refusal(home, "backup", "/proc/nowhere/copy")
