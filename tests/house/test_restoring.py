"""A test that commits leaves nothing behind, in any table, and takes nothing away."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase

from tests.house import observe, world


def everything() -> dict[str, str]:
    """All tables, those that any visit writes as well."""
    with connection.cursor() as cursor:
        return observe.hashes(connection.introspection.table_names(cursor))


@pytest.mark.django_db(transaction=True)
def test_what_was_committed_is_taken_back(django_db_setup):
    before = everything()
    world.build()
    Group.objects.first().delete()
    Permission.objects.filter(codename="view_page").update(name="Another name")
    cache.set("kept", "for long")
    assert len(observe.changed(before, everything())) > 60

    django_db_setup.bring_back()

    assert observe.changed(before, everything()) == []
    assert Group.objects.count() == len(world.STAFF)


def test_it_is_done_after_each_test_that_commits(django_db_setup, monkeypatch):
    done = []
    monkeypatch.setattr(django_db_setup, "bring_back", lambda: done.append(True))
    case = TransactionTestCase()
    case._fixture_teardown()
    assert done == [True]
