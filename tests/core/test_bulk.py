"""Writing many rows at once: their history says who and why, and nothing is caught for each row."""

import pghistory
import pytest
from django.apps import apps
from django.db import DataError, IntegrityError, connection, transaction

from aapm_site.accounts.models import User
from aapm_site.core.bulk import CONTEXT, IGNORED, METADATA, TIMEOUT, in_bulk
from membership.models import Membership
from tests.membership.factories import make_member, make_user

pytestmark = pytest.mark.django_db

# What the triggers do for each row; where it fails they catch the error, and that is the price which grows.
READ_FOR_EACH_ROW = (
    f"SELECT current_setting('{IGNORED}')::text[]",
    f"SELECT current_setting('{CONTEXT}')::uuid",
    f"SELECT current_setting('{METADATA}')::jsonb",
)
MANY = "UPDATE membership_membership SET joined_on = joined_on - 1"


def events():
    return apps.get_model("membership", "MembershipEvent").objects.filter(pgh_label="update")


def how_many_fail() -> int:
    failed = 0
    for statement in READ_FOR_EACH_ROW:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
        except DataError:
            failed += 1
    return failed


def settings_now() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting(name, true) FROM unnest(%s::text[]) AS name", [[CONTEXT, METADATA, TIMEOUT]]
        )
        return [value for (value,) in cursor.fetchall()]


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_nothing_is_caught_for_a_row():
    with in_bulk(by=None, why="A test"):
        assert how_many_fail() == 0
    assert how_many_fail() == 3


def test_all_rows_have_one_context_with_the_person_and_the_reason():
    for _ in range(5):
        make_member((-10, 100))
    by = make_user()

    with in_bulk(by=by, why="Last year's list"):
        run(MANY)

    contexts = pghistory.models.Context.objects.filter(pk__in=events().values("pgh_context"))
    assert [(one.metadata["user"], one.metadata["reason"]) for one in contexts] == [(by.pk, "Last year's list")]
    assert events().count() == Membership.objects.count() == 5


def test_a_query_that_begins_with_a_word_of_reading_has_the_context_too():
    make_member((-10, 100))
    with in_bulk(by=None, why="A test"), connection.cursor() as cursor:
        cursor.execute(f"WITH changed AS ({MANY} RETURNING 1) SELECT count(*) FROM changed")
    assert events().get().pgh_context.metadata == {"user": None, "reason": "A test"}


def _write_the_same_twice():
    with in_bulk(by=None, why="A test"):
        User.objects.create(email="nobody@example.org")
        User.objects.create(email="nobody@example.org")


def test_the_settings_end_with_it_and_an_error_takes_them_back():
    before = settings_now()
    with in_bulk(by=None, why="A test", minutes=3):
        assert settings_now()[2] == "3min"
    assert settings_now()[2] == before[2]
    assert settings_now()[:2] == ["", ""]

    with pytest.raises(IntegrityError):
        _write_the_same_twice()
    assert settings_now()[:2] == ["", ""]
    assert not User.objects.filter(email="nobody@example.org").exists()


def test_a_context_that_stands_already_is_used():
    make_member((-10, 100))
    with pghistory.context(url="/admin/") as outer, in_bulk(by=None, why="A test"):
        run(MANY)
    event = events().get()
    assert (event.pgh_context_id, event.pgh_context.metadata["url"]) == (outer.id, "/admin/")


def test_how_many_statements_it_takes_does_not_depend_on_the_rows(django_assert_num_queries):
    for _ in range(3):
        make_member((-10, 100))
    with (
        django_assert_num_queries(6),
        in_bulk(by=None, why="A test"),
    ):  # two for the savepoint
        run(MANY)
