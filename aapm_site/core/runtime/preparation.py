"""Before the site is served: the database answers and is migrated, static files are in place, the demo has content."""

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import OperationalError, connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.migrations.executor import MigrationExecutor

from ..files.away import FilesAway

Say = Callable[[str], None]

MIGRATION_LOCK = 1_983_0914  # any number of our own; the same in every release
FINGERPRINT = ".made-from"


class NotPrepared(Exception):
    """The site cannot be served; the text is one sentence for the person who started it."""


def wait_for_database(seconds: float, say: Say) -> None:
    """Return when the database takes a connection. Raises NotPrepared when it does not within `seconds`."""
    deadline = time.monotonic() + seconds
    told = False
    while True:
        try:
            connection.ensure_connection()
            return
        except OperationalError as error:
            connection.close()
            if time.monotonic() >= deadline:
                reason = " ".join(str(error).split())
                raise NotPrepared(f"DATABASE_URL names a database that cannot be reached: {reason}") from error
        if not told:
            say(f"Waiting up to {seconds:g} seconds for the database …")
            told = True
        time.sleep(0.5)


def check_files(say: Say) -> None:
    """Try the bucket, if there is one. Raises NotPrepared when it refuses; one that is silent may come back."""
    for name in ("default", "private") if settings.S3_BUCKET else ():
        try:
            storages[name].check()  # type: ignore[attr-defined]  # those of a bucket have it
        except FilesAway as away:
            if away.is_refused:
                raise NotPrepared(f"S3_BUCKET names a bucket that cannot be used. {away}") from away
            say(f"{away} The site starts without its pictures and documents, and shows them once it does.")
            return


@contextmanager
def migration_lock() -> Iterator[None]:
    """Held by one process of all that share the database; the others wait. Raising or dying gives it back.

    They wait outside of any statement: building an index beside a running site waits for every statement to end.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        while not _taken(cursor):
            time.sleep(0.2)
    try:
        yield
    finally:
        connection.close()


def _taken(cursor: CursorWrapper) -> bool:
    cursor.execute("SELECT pg_try_advisory_lock(%s)", [MIGRATION_LOCK])
    return cursor.fetchone()[0]


def migrate(say: Say) -> None:
    """Apply pending migrations, and write down those that only replace applied ones; quick when there are none."""
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if pending:
        say("Preparing the database …")
        call_command("migrate", interactive=False, verbosity=0)
    else:
        executor.check_replacements()


def load_gazetteer(say: Say) -> None:
    """Bring towns and ZIP codes up to what this release ships; quick when they are."""
    told = StringIO()
    call_command("load_gazetteer", verbosity=0, stdout=told)
    if told.getvalue():
        say(told.getvalue().rstrip())


def load_demo(say: Say) -> None:
    """Fill an empty demonstration database, all or nothing."""
    if settings.DEMO and not get_user_model().objects.exists():
        say("Loading the demonstration content …")
        with transaction.atomic():
            call_command("load_demo", verbosity=0)


def collect_static(say: Say) -> None:
    """Collect and compress the static files, unless they were made from just these sources."""
    mark = Path(settings.STATIC_ROOT) / FINGERPRINT
    now = _fingerprint()
    if mark.is_file() and mark.read_text() == now:
        return
    say("Collecting the static files …")
    call_command("collectstatic", interactive=False, verbosity=0)
    mark.write_text(now)


def _fingerprint() -> str:
    """A hash of every source's name and content: times differ between a machine and the image built from it."""
    lines = []
    for place, finder in enumerate(get_finders()):
        for name, storage in finder.list([]):
            with storage.open(name) as file:
                lines.append(f"{place} {name} {hashlib.sha256(file.read()).hexdigest()}")
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()
