"""The zip: written beside its place, put there when it is whole, so that nobody ever finds half of one."""

import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.core.files.storage import Storage
from django.db import connection, transaction
from django.utils import timezone

from content.export import tables
from content.export.rows import Rows

FORMAT, VERSION = "aapm-content", 1
NAME = "content.json"
ABOUT = (
    "Everything that this site's pages are made of. Each list names its rows by one field, told under “keys”; where a "
    "row points at another, that word stands. Instants carry their zone (UTC), dates are the association's own. HTML "
    "is sanitized; {loadposition …} marks a block that the site fills. Files are named by their place in this zip."
)

Say = Callable[[str], Any]


def write(place: Path, *, with_questions: bool, say: Say) -> dict[str, int]:
    """Write the export; returns how many rows of each list and how many files it holds.

    Reads at one instant, whatever editors do meanwhile. Whatever was at the place stays until the new file is whole.
    Raises OSError when it cannot be written.
    """
    handle, name = tempfile.mkstemp(prefix=f".{place.name}.", suffix=".part", dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as opened:
            counts = _fill(opened, with_questions=with_questions, say=say)
            opened.flush()
            os.fsync(opened.fileno())
        os.replace(name, place)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return counts


def _fill(opened: BinaryIO, *, with_questions: bool, say: Say) -> dict[str, int]:
    alone = not connection.in_atomic_block
    with zipfile.ZipFile(opened, "w", zipfile.ZIP_DEFLATED) as bundle, transaction.atomic():
        if alone:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        rows = Rows()
        with bundle.open(NAME, "w", force_zip64=True) as written:
            counts = _json(written, rows, with_questions=with_questions)
        counts["files"] = sum(_file(bundle, place, *stored, say) for place, stored in rows.files.items())
    return counts


def _json(written: Any, rows: Rows, *, with_questions: bool) -> dict[str, int]:
    """The document, row by row: a large site does not have to fit into memory."""
    chosen = list(tables.tables(with_questions=with_questions))
    head = {
        "format": FORMAT,
        "version": VERSION,
        "about": ABOUT,
        "site": settings.SITE_ORIGIN,
        "time_zone": settings.TIME_ZONE,
        "exported_at": timezone.now().isoformat(),
        "keys": {table.section: table.key for table in chosen},
        "left_out": {**tables.LEFT_OUT, "accounts": "people's accounts are not content"},
    }
    written.write(json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}").encode())
    counts = {}
    for table in chosen:
        written.write(f',\n "{table.section}": ['.encode())
        number = 0
        for number, row in enumerate(rows.of(table), start=1):
            text = json.dumps(row, ensure_ascii=False, sort_keys=False)
            written.write(f"{',' if number > 1 else ''}\n  {text}".encode())
        written.write(b"\n ]")
        counts[table.section] = number
    written.write(b"\n}\n")
    return counts


def _file(bundle: zipfile.ZipFile, place: str, storage: Storage, name: str, say: Say) -> int:
    """Copy one stored file; one that is missing is told, and the export goes on."""
    try:
        with storage.open(name, "rb") as source:
            info = zipfile.ZipInfo(place, date_time=timezone.localtime().timetuple()[:6])
            with bundle.open(info, "w", force_zip64=True) as target:
                shutil.copyfileobj(source, target, 1 << 20)
    except FileNotFoundError:
        say(f"The file {name} is missing in the storage; its row is exported without it.")
        return 0
    return 1
