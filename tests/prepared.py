"""What the suite makes once and copies: a migrated database, and a site that holds the demonstration.

Migrating from nothing takes one core half a minute, a copy takes a second. Both are made under a lock, kept in the
embedded server and in VAR_DIR, and made anew when anything has changed that may go into them.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
import grimp
import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from aapm_site.core.runtime import embedded, preparation
from tests.house.source import PACKAGES, ROOT

LOCK = ROOT / "requirements.lock"
MODULE = [sys.executable, "-m", "tests.prepared"]
PREFIX, UNFINISHED = "template_", "unfinished_template"
# The demonstration's dates and times count from the moment in which it was loaded.
FRESH_SECONDS = 3 * 60 * 60


def template() -> str:
    """The name of a migrated database in the embedded server; made now when this state of the code has none."""
    name = PREFIX + fingerprint(of_the_schema())
    with _locked("template"):
        if name not in _databases():
            _in_a_process("template", name)
    return name


def template_ahead() -> subprocess.Popen:
    """Have the same done by a process of its own. Whatever goes wrong is told by the one who needs the database."""
    return subprocess.Popen(
        MODULE, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def copy_demonstration(home: Path) -> None:
    """Fill `home` as the VAR_DIR, static files included, of a site that was started once and stopped."""
    migrated = template()
    kept = settings.VAR_DIR / "demonstration" / f"{timezone.localdate()}-{fingerprint(of_the_demonstration())}"
    with _locked("demonstration"):
        if not kept.exists() or time.time() - kept.stat().st_mtime > FRESH_SECONDS:
            _make_demonstration(kept, migrated)
        _copy(kept, home)


def of_the_schema() -> set[Path]:
    """What can change a migrated database: migrations, models, settings, and every module that these import.

    A page or a form cannot, so a test is quick to run again after a change to one of them.
    """
    graph = grimp.build_graph(*PACKAGES, cache_dir=None)
    roots = {name for name in graph.modules if {"migrations", "models", "apps"} & set(name.split("."))}
    needed = roots | {"aapm_site.settings"}
    for name in [one for one in needed if not one.endswith(".apps")]:  # what an app registers is no part of its rows
        needed |= graph.find_upstream_modules(name)
    data = [path for package in PACKAGES for path in (ROOT / package).rglob("migrations/*") if path.is_file()]
    return {source_of(module) for name in needed for module in _with_parents(name)} | {*data, LOCK}


def _with_parents(name: str) -> list[str]:
    """A module and the packages that are imported before it."""
    parts = name.split(".")
    return [".".join(parts[:count]) for count in range(1, len(parts) + 1)]


def source_of(module: str) -> Path:
    path = ROOT.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def of_the_demonstration() -> set[Path]:
    """Texts and pictures are written by the site's own functions, and mail by its templates: all of it."""
    folders = [ROOT / name for name in (*PACKAGES, "templates")]
    return {path for folder in folders for path in folder.rglob("*") if path.is_file()} | {LOCK}


def fingerprint(paths: set[Path]) -> str:
    """A hash over the names and the contents of files, but for what Python has compiled."""
    found = hashlib.sha256()
    for path in sorted(path for path in paths if path.suffix != ".pyc"):
        found.update(f"{os.path.relpath(path, ROOT)} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return found.hexdigest()[:16]


@contextmanager
def _locked(name: str) -> Iterator[None]:
    """Held by one process of all that share VAR_DIR; the kernel takes it back however that process ends."""
    with (settings.VAR_DIR / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _in_a_process(*arguments: str, **environment: str) -> None:
    """Run this module by itself, so that the connection and the settings here stay as they are."""
    command = [*MODULE, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}{done.stderr}"


# The database ---------------------------------------------------------------------------------------------------------


@contextmanager
def _server() -> Iterator[psycopg.Connection]:
    """The suite's server, by a connection that pytest's guard over Django's does not mind."""
    known = settings.DATABASES["default"]
    with psycopg.connect(host=known["HOST"], user=known["USER"], dbname="postgres", autocommit=True) as server:
        yield server


def _databases() -> list[str]:
    with _server() as server:
        return [name for (name,) in server.execute("SELECT datname FROM pg_database")]


def _make_template(name: str) -> None:
    """Drop those of earlier code, migrate under another name, then rename: what was interrupted is never copied."""
    with _server() as server:
        for old in _databases():
            if old.startswith(PREFIX) or old == UNFINISHED:
                server.execute(f'DROP DATABASE "{old}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{UNFINISHED}"')
        connection.settings_dict["NAME"] = UNFINISHED
        call_command("migrate", interactive=False, verbosity=0)
        connection.close()
        server.execute(f'ALTER DATABASE "{UNFINISHED}" RENAME TO "{name}"')


# The demonstration ----------------------------------------------------------------------------------------------------


def _make_demonstration(kept: Path, migrated: str) -> None:
    """Drop those of earlier code or an earlier day, fill a folder aside, then rename.

    Root's database runs as nobody, who must be able to pass: that may not be so where the suite's own files lie.
    """
    shutil.rmtree(kept.parent, ignore_errors=True)
    home = Path(tempfile.mkdtemp(prefix="demonstration-", dir="/tmp"))
    home.chmod(0o755)
    try:
        own_server = settings.DATABASES["default"]["HOST"]
        _in_a_process("demonstration", own_server, migrated, VAR_DIR=str(home), STATIC_ROOT=str(home / "static"))
        while embedded.is_guarded(home / "pg"):  # until it has stopped its server
            time.sleep(0.1)
        _copy(home, kept.with_name("unfinished"))
        kept.with_name("unfinished").rename(kept)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _copy(folder: Path, to: Path) -> None:
    """A copy whose files belong to whom they belonged: the cluster's to the server's user."""
    to.mkdir(parents=True, exist_ok=True)
    subprocess.run(["cp", "-a", f"{folder}/.", str(to)], check=True)


def _fill_demonstration(server: str, migrated: str) -> None:
    """In a process with a VAR_DIR of its own: the migrated database from a dump, then what `manage.py serve` does."""
    known, tools = settings.DATABASES["default"], embedded._package() / "pginstall" / "bin"
    dump = subprocess.Popen([tools / "pg_dump", "-h", server, "-U", embedded.OWNER, migrated], stdout=subprocess.PIPE)
    load = [tools / "psql", "-h", known["HOST"], "-U", known["USER"], "-d", known["NAME"]]
    quietly = ["--no-psqlrc", "--quiet", "--output=/dev/null", "--set=ON_ERROR_STOP=1", "--single-transaction"]
    subprocess.run([*load, *quietly], stdin=dump.stdout, check=True)
    assert dump.wait() == 0
    preparation.load_gazetteer(print)
    preparation.load_demo(print)
    preparation.collect_static(print)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "aapm_site.settings"
    django.setup()
    match sys.argv[1:]:
        case ["template", name]:
            _make_template(name)
        case ["demonstration", server, migrated]:
            _fill_demonstration(server, migrated)
        case []:
            template()
