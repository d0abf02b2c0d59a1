"""Whether this process can serve: the answer behind /readyz."""

from functools import cache

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from psycopg_pool import PoolTimeout

from ..background import silence


def not_ready() -> str:
    """Why the site cannot serve now; empty when it can."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        if not _migrated():
            return "migrations are pending"
    except (DatabaseError, PoolTimeout):
        return "the database does not answer"
    if not settings.VAR_DIR.exists():
        return "the data directory is missing"
    return ""


def worker_is_heard() -> bool:
    """Whether a worker gave a sign lately. Apart from not_ready(): a web server without a worker still serves."""
    now = timezone.now()
    try:
        return silence.is_working(silence.last_heard(), now)
    except (DatabaseError, PoolTimeout):
        return False


@cache
def _known() -> dict[str, bool]:
    return {}


def _migrated() -> bool:
    """Whether every migration of this release is applied; once true it stays true for the process."""
    if not _known().get("migrated"):
        executor = MigrationExecutor(connection)
        _known()["migrated"] = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _known()["migrated"]
