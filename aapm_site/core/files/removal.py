"""Files whose rows are gone: removed after the commit, and later when their place is away just then."""

from collections.abc import Iterable
from functools import partial

import structlog
from django.core.files.storage import storages
from django.db import transaction

from ..background.queue import defer
from ..tasks import remove_file
from .away import FilesAway

log = structlog.get_logger(__name__)


def remove_after_commit(storage: str, names: Iterable[str]) -> None:
    """Remove files of the storage of this name once the present transaction is committed."""
    for name in names:
        transaction.on_commit(partial(_remove, storage, name))


def _remove(storage: str, name: str) -> None:
    try:
        storages[storage].delete(name)
    except FilesAway as away:
        log.warning("files.removed_later", storage=storage, reason=str(away))
        defer(remove_file, storage=storage, name=name)
