"""What all tests of one file look at is made once, in a transaction around theirs that is never committed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.db import transaction
from django.test import override_settings

from tests.conftest import QUICK_PASSWORDS, ask_for_private_storage, files_below


class Made(NamedTuple):
    """What was given back, and where its files lie: a test that reads them says `keep_files` of the folder."""

    value: Any
    folder: Path


def once_a_file(make: Callable[[], Any]) -> Callable[..., Iterator[Made]]:
    """A fixture for a whole file: the rows that `make` writes, which each of its tests finds as they were written.

    Every test of the file sees them from the first one on that asks, so a file is for tests with them or without.
    """

    @pytest.fixture(scope="module")
    def made(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Made]:
        folder = tmp_path_factory.mktemp("once")
        with django_db_blocker.unblock(), _never_committed():
            with _before_the_first_test(folder):
                value = make()
            yield Made(value, folder)

    return made


@contextmanager
def _before_the_first_test(folder: Path) -> Iterator[None]:
    """Settings as each test has them, but for files that stay where all tests of one file find them."""
    usual = {"PASSWORD_HASHERS": QUICK_PASSWORDS, **files_below(folder)}
    with override_settings(**usual), pytest.MonkeyPatch.context() as patch:
        ask_for_private_storage(patch)
        yield


@contextmanager
def _never_committed() -> Iterator[None]:
    """A transaction like the one that Django puts around a test, and marked as it marks that one."""
    block = transaction.atomic()
    block._from_testcase = True
    with block:
        yield
        transaction.set_rollback(True)
