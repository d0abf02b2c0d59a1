"""The list of sessions says when each was last used; asking for pages does not write it anew each time."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import client_of, user

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 18, tzinfo=UTC)


def writes(client) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/account/").status_code == 200
    return [query["sql"] for query in asked if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]


def test_a_page_within_five_minutes_writes_nothing():
    with time_machine.travel(NOON, tick=False):
        client = client_of(user())
        client.get("/account/")

    with time_machine.travel(NOON + timedelta(minutes=4, seconds=59), tick=False):
        assert writes(client) == []

    assert UserSession.objects.get().last_seen_at == NOON


def test_a_later_page_is_noted_once():
    with time_machine.travel(NOON, tick=False):
        client = client_of(user())
        client.get("/account/")

    with time_machine.travel(NOON + timedelta(minutes=5), tick=False):
        assert [sql.split()[1] for sql in writes(client)] == ['"usersessions_usersession"']
        assert writes(client) == []

    assert UserSession.objects.get().last_seen_at == NOON + timedelta(minutes=5)
