"""Statements show how they read before; nothing that readers never saw is shown."""

from datetime import timedelta

import pytest
from django.utils import timezone

from content.domain import pages
from content.models import PageVersion
from tests.content.makers import news
from tests.factories import staff_client

pytestmark = pytest.mark.django_db


@pytest.fixture
def statement():
    return news(
        "limits", timezone.now() - timedelta(days=40), kind="statement", title="Limits", body="<p>Five days.</p>"
    )


def edit(made, **fields):
    for name, value in fields.items():
        setattr(made, name, value)
    return pages.save_page(made)


def test_a_statement_that_never_changed_says_nothing(client, statement):
    assert "as it read on" not in client.get("/news/limits/").text
    assert "It has not changed since" in client.get("/news/limits/history/").text


def test_a_changed_statement_links_to_what_it_said(client, statement):
    edit(statement, body="<p>Seven days.</p>")

    shown = client.get("/news/limits/").text
    before = client.get("/news/limits/history/1/")

    assert 'href="/news/limits/history/1/"' in shown
    assert "Five</del>" in before.text
    assert "Seven</ins>" in before.text
    assert '<meta name="robots" content="noindex">' in before.text


def test_the_newest_text_stands_at_its_own_address(client, statement):
    edit(statement, body="<p>Seven days.</p>")

    assert client.get("/news/limits/history/2/").headers["Location"] == "/news/limits/"


def test_what_nobody_saw_is_not_shown(client, statement):
    pages.withdraw_page(statement, by=None)
    statement.refresh_from_db()
    edit(statement, body="<p>SECRET draft words.</p>")
    edit(statement, body="<p>Seven days.</p>")
    pages.publish_page(statement, by=None)

    assert client.get("/news/limits/history/2/").status_code == 404
    assert "/history/2/" not in client.get("/news/limits/history/").text
    assert "SECRET" not in client.get("/news/limits/history/1/").text
    assert client.get("/news/limits/history/1/").status_code == 200


def test_a_change_that_nobody_reads_is_no_change(client, statement):
    edit(statement, description="For search engines.")

    assert "as it read on" not in client.get("/news/limits/").text
    assert client.get("/news/limits/history/2/").status_code == 404


def test_what_was_for_members_stays_with_them(client):
    made = news("inner", kind="statement", audience="members", body="<p>SECRET for members.</p>")
    edit(made, audience="public", body="<p>For all.</p>")
    edit(made, body="<p>For everybody.</p>")

    assert client.get("/news/inner/history/1/").status_code == 404
    assert client.get("/news/inner/history/2/").status_code == 200
    assert "SECRET" not in client.get("/news/inner/history/").text


def test_a_members_statement_shows_its_gate(client):
    made = news("inner", kind="statement", audience="members", body="<p>SECRET one.</p>")
    edit(made, body="<p>SECRET two.</p>")

    for address in ("/news/inner/history/", "/news/inner/history/1/"):
        response = client.get(address)
        assert response.status_code == 200
        assert "SECRET" not in response.text
        assert "Join now" in response.text
    assert "SECRET" in staff_client().get("/news/inner/history/1/").text


@pytest.mark.parametrize("kind", ["news"])
def test_only_statements_keep_a_public_history(client, kind):
    edit(news("entry", kind=kind), body="<p>Else.</p>")

    assert client.get("/news/entry/history/").status_code == 404
    assert client.get("/news/entry/history/1/").status_code == 404


def test_a_withdrawn_statement_has_no_history_for_readers(client, statement):
    edit(statement, body="<p>Seven days.</p>")
    pages.withdraw_page(statement, by=None)

    assert client.get("/news/limits/history/").status_code == 404
    assert client.get("/news/limits/history/1/").status_code == 404


def test_hostile_words_of_a_version_stay_words(client, statement):
    PageVersion.objects.filter(page=statement).update(
        fields={"audience": "public", "title": "<script>x()</script>", "summary": "<b>", "body": "<p>a</p><script>"}
    )
    edit(statement, body="<p>Seven days.</p>")

    shown = client.get("/news/limits/history/1/").text
    assert "<script>x()" not in shown
    assert "&lt;script&gt;" in shown


def test_numbers_out_of_range_are_not_found(client, statement):
    for number in ("0", "99", "99999999999999999999"):
        assert client.get(f"/news/limits/history/{number}/").status_code == 404


def test_the_pages_ask_the_same_at_one_and_many_versions(client, statement, django_assert_num_queries):
    edit(statement, body="<p>Seven days.</p>")
    client.get("/news/limits/history/1/")
    with django_assert_num_queries(4):
        client.get("/news/limits/history/1/")
    with django_assert_num_queries(3):
        client.get("/news/limits/history/")
    for number in range(50):
        edit(statement, body=f"<p>{number} days.</p>")
    with django_assert_num_queries(4):
        client.get("/news/limits/history/1/")
    with django_assert_num_queries(3):
        client.get("/news/limits/history/")


def test_the_history_is_a_public_page(client, statement):
    assert client.get("/news/limits/history/").public_keys == ()
