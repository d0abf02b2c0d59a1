"""The schema: nothing pending, everything named, every step can be taken back; and who may do what from the start."""

import re

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from aapm_site.core import roles
from tests.house.source import PACKAGES

NAME = re.compile(r"^\d{4}_(?!auto_)[a-z0-9]+(_[a-z0-9]+)*$")


def our_apps() -> list[str]:
    return [config.label for config in apps.get_app_configs() if config.name.split(".")[0] in PACKAGES]


def our_migrations() -> list[tuple[str, str]]:
    return [key for key in MigrationLoader(None).disk_migrations if key[0] in our_apps()]


@pytest.mark.django_db
def test_no_migration_is_pending(capsys):
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)
    assert capsys.readouterr().out.strip() == "No changes detected"


def test_migrations_are_named_for_what_they_do():
    assert len(our_migrations()) >= 12
    assert [f"{app}.{name}" for app, name in our_migrations() if not NAME.match(name)] == []


@pytest.mark.parametrize(("name", "good"), [("0002_role_permissions", True), ("0002_auto_20261123_0345", False)])
def test_an_automatic_name_is_noticed(name, good):
    assert bool(NAME.match(name)) is good


def test_every_step_can_be_taken_back():
    loader = MigrationLoader(None)
    steps = [
        (f"{app}.{name}", operation)
        for app, name in our_migrations()
        for operation in loader.disk_migrations[app, name].operations
    ]
    assert [f"{place}: {operation}" for place, operation in steps if not operation.reversible] == []


def schema() -> dict[str, set[str]]:
    """Everything that migrations make: columns, constraints, indexes, triggers."""
    questions = {
        "columns": "SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable "
        "FROM information_schema.columns WHERE table_schema = 'public'",
        "constraints": "SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) "
        "FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
        "indexes": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
        "triggers": "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    }
    found = {}
    with connection.cursor() as cursor:
        for name, sql in questions.items():
            cursor.execute(sql)
            found[name] = {_without_generated_names(row) for (row,) in cursor.fetchall()}
    return found


def _without_generated_names(text: str) -> str:
    """Django adds eight hexadecimal digits, and PostgreSQL counts not-null constraints by oid."""
    return re.sub(r"_[0-9a-f]{8}(?=\b|_)|\d+_\d+_\d+_not_null", "_", text)


def rights() -> dict[str, set[str]]:
    return {
        group.name: {
            f"{label}.{code}" for label, code in group.permissions.values_list("content_type__app_label", "codename")
        }
        for group in Group.objects.all()
    }


@pytest.fixture
def _in_one_transaction(monkeypatch):
    """What is built while the site runs is built in the plain way here: a transaction allows no other."""
    for operation in (AddIndexConcurrently, RemoveIndexConcurrently):
        for direction in ("database_forwards", "database_backwards"):
            monkeypatch.setattr(operation, direction, getattr(operation.__mro__[2], direction))


@pytest.mark.django_db
@pytest.mark.usefixtures("_in_one_transaction")
def test_back_to_nothing_and_forward_again():
    """In one transaction that is rolled back: what comes out is what was there, rights included."""
    labels = ["content", "careers", "membership", "mail"]
    before, rights_before = schema(), rights()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        MigrationExecutor(connection).migrate([(label, None) for label in labels])
        gone = schema()
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())
        after, rights_after = schema(), rights()
        transaction.set_rollback(True)
    assert not [line for line in gone["columns"] if line.startswith(tuple(f"{label}_" for label in labels))]
    assert after == before
    assert rights_after == rights_before


@pytest.mark.django_db
def test_every_role_stands_and_the_administrator_may_do_what_any_of_them_may():
    found = rights()
    assert set(found) == set(roles.ROLES)
    assert found[roles.ADMINISTRATOR] >= set().union(*found.values())
