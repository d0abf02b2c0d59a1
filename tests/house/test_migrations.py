"""The schema: nothing pending, everything named, every step can be taken back; and who may do what from the start."""

import re

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState

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


def squashed() -> list[tuple[str, str]]:
    disk = MigrationLoader(None).disk_migrations
    return [key for key in our_migrations() if disk[key].replaces]


def models(state: ProjectState) -> dict[tuple[str, str], str]:
    """What a migration's state knows of each model, as text: fields in the order of their columns."""
    deep = MigrationAutodetector(state, state).deep_deconstruct
    return {
        key: repr(
            (
                [(name, deep(field)) for name, field in model.fields.items()],
                sorted((name, repr(deep(value))) for name, value in model.options.items()),
                model.bases,
            )
        )
        for key, model in state.models.items()
    }


def test_a_squashed_migration_leads_to_the_models_of_those_that_it_replaces():
    step_by_step, known = MigrationLoader(None, replace_migrations=False), squashed()
    single = [key for key in step_by_step.disk_migrations if key not in known]
    assert len(known) == 8

    assert models(MigrationLoader(None).project_state()) == models(step_by_step.project_state(single))


def test_a_squashed_migration_replaces_what_stands_in_one_row():
    disk = MigrationLoader(None, replace_migrations=False).disk_migrations
    for app, name in squashed():
        first, last = name.split("_")[0], name.split("_squashed_")[1]
        row = sorted(one for label, one in disk if label == app and not disk[label, one].replaces)
        assert disk[app, name].replaces == [(app, one) for one in row if first <= one <= last]


# Whatever depends on the steps that are missing is missing, too.
STOPPED = [("careers", "0001"), ("careers", "0050"), ("accounts", "0011"), ("core", "0004"), ("mail", "0005")]


@pytest.mark.parametrize(("app", "number"), STOPPED)
def test_a_database_on_its_way_goes_on_step_by_step(monkeypatch, app, number):
    """Where some of the replaced ones are applied, the others follow one by one; where all are, nothing is done."""
    graph = MigrationLoader(None, replace_migrations=False).graph
    disk = MigrationLoader(None).disk_migrations
    single = [key for key in disk if not disk[key].replaces]
    waiting = {key for key in single if key[0] == app and key[1][:4] > number}
    waiting |= {key for key in single if waiting & set(graph.forwards_plan(key))}
    applied = {key: None for key in single if key not in waiting}
    monkeypatch.setattr(MigrationRecorder, "applied_migrations", lambda recorder: applied)

    executor = MigrationExecutor(connection)
    executor.loader.check_consistent_history(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())

    assert {key for one, _ in plan for key in one.replaces or [(one.app_label, one.name)]} == waiting
    assert [one for one, _ in plan if one.replaces and set(one.replaces) & set(applied)] == []


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
