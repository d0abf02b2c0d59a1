"""Two editors at one page: nobody's text is overwritten unseen, and each knows of the other."""

import json
import re
from functools import partial

import pytest
from django.core.cache import cache
from django.utils import timezone

from content.domain import pages, presence
from content.forms.page import PageForm
from content.models import Category, Page
from tests.content.makers import page
from tests.content.test_admin import fields
from tests.factories import staff_client, staff_user
from tests.racing import at_once


def change(made):
    return f"/admin/content/page/{made.pk}/change/"


def typed(made, **given):
    at = timezone.localtime(made.published_at)
    dates = {"published_at_0": f"{at:%Y-%m-%d}", "published_at_1": f"{at:%H:%M:%S}"}
    return fields(**{"slug": made.slug, "title": made.title, "summary": made.summary, **dates, **given})


@pytest.fixture
def editor(db):
    return staff_client("Content editor")


@pytest.fixture
def overtaken(editor):
    """A page that Ida has saved after this editor had opened it."""
    made = page("about", body="<p>Five days.</p>")
    made.body = "<p>Six days.</p>"
    ida = staff_user("Content editor", first_name="Ida", last_name="Vale")
    pages.save_page(made, by=ida)
    return made


def test_a_save_over_a_newer_version_is_refused_and_keeps_what_was_typed(editor, overtaken):
    response = editor.post(change(overtaken), typed(overtaken, body="<p>Seven days.</p>", read_version="1"))

    assert response.status_code == 200
    assert "Ida Vale has saved version 2" in str(response.context["adminform"].form.non_field_errors())
    assert "Ida Vale</strong>" in response.text
    assert "Six</del>" in response.text
    assert "Seven</ins>" in response.text
    assert response.context["adminform"].form["body"].value() == "<p>Seven days.</p>"
    assert 'name="save_over" value="2"' in response.text
    first = re.search(r"<button[^>]*>", response.text.split('id="page_form"')[1])[0]
    assert "save_over" not in first  # the Enter key presses the first one
    overtaken.refresh_from_db()
    assert (overtaken.body, overtaken.version) == ("<p>Six days.</p>", 2)


def test_the_second_button_saves_on_top_and_the_other_text_stays_a_version(editor, overtaken):
    editor.post(change(overtaken), typed(overtaken, body="<p>Seven days.</p>", read_version="1", save_over="2"))

    overtaken.refresh_from_db()
    assert (overtaken.body, overtaken.version) == ("<p>Seven days.</p>", 3)
    newest, second, _ = overtaken.versions.all()
    assert (newest.by, newest.note) == (editor.user, "Saved on top of version 2")
    assert second.fields["body"] == "<p>Six days.</p>"


def test_saving_on_top_of_what_one_has_not_seen_is_refused_again(editor, overtaken):
    overtaken.body = "<p>A third text.</p>"
    pages.save_page(overtaken)

    response = editor.post(
        change(overtaken), typed(overtaken, body="<p>Seven days.</p>", read_version="1", save_over="2")
    )

    assert 'name="save_over" value="3"' in response.text
    assert Page.objects.get().body == "<p>A third text.</p>"


@pytest.mark.parametrize("read", ["", "0", "-1", "x", "9" * 50, "1.5", "\x00", "3"])
def test_a_form_that_cannot_tell_what_was_read_saves_nothing(editor, overtaken, read):
    response = editor.post(change(overtaken), typed(overtaken, body="<p>Seven days.</p>", read_version=read))

    assert response.status_code == 200
    assert Page.objects.get().body == "<p>Six days.</p>"
    assert response.context["adminform"].form["body"].value() == "<p>Seven days.</p>"


def test_a_save_of_the_newest_version_passes(editor, overtaken):
    response = editor.post(change(overtaken), typed(overtaken, body="<p>Seven days.</p>", read_version="2"))

    assert response.status_code == 302
    assert Page.objects.get().version == 3


def test_the_form_carries_the_version_that_was_read(editor, overtaken):
    assert 'name="read_version" value="2"' in editor.get(change(overtaken)).text


def test_categories_and_related_pages_make_one_version_with_the_text(editor):
    made, other = page("about"), page("other")
    category = Category.objects.create(name="Advocacy", slug="advocacy")
    rows = {"related_links-TOTAL_FORMS": "1", "related_links-0-to": other.pk, "related_links-0-order": "1"}

    response = editor.post(change(made), typed(made, title="About us", categories=[category.pk], **rows))

    assert response.status_code == 302
    newest = made.versions.first()
    assert (newest.number, newest.by) == (2, editor.user)
    assert {"title", "categories", "related"} <= set(newest.changed)


def test_hostile_text_in_a_conflict_stays_text(editor, overtaken):
    overtaken.title = "<img src=x onerror=alert(1)>"
    pages.save_page(overtaken)

    response = editor.post(
        change(overtaken), typed(overtaken, title='"><script>alert(2)</script>', body="<script>x()</script>")
    )

    assert "<img src=x" not in response.text
    assert "<script>alert(2)" not in response.text
    assert "<script>x()" not in response.text


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("guarded", [True, False], ids=["guarded", "without the guard"])
def test_of_two_who_save_the_same_version_at_once_one_is_told(guarded, monkeypatch):
    made = page("about")
    if not guarded:  # the negative control: without the look at the version both are let through
        monkeypatch.setattr(PageForm, "_check_read", lambda form: None)
        monkeypatch.setattr(pages, "check_read_version", lambda stored, read: None)
    clients = [staff_client() for _ in range(2)]
    asked = zip(clients, ("One", "Two"), strict=True)

    answers = at_once(
        *[
            partial(client.post, change(made), typed(made, body=f"<p>{text}</p>", read_version="1"))
            for client, text in asked
        ]
    )

    assert sorted(answer.status_code for answer in answers) == ([200, 302] if guarded else [302, 302])
    assert Page.objects.get().version == (2 if guarded else 3)


@pytest.mark.django_db(transaction=True)
def test_two_saves_in_the_domain_at_once_number_their_versions_apart():
    made = page("about")

    def write(number):
        mine = Page.objects.get(pk=made.pk)
        mine.title = f"Title {number}"
        return pages.save_page(mine).pk

    assert at_once(*[partial(write, number) for number in range(4)]) == [made.pk] * 4

    assert list(made.versions.values_list("number", flat=True)) == [5, 4, 3, 2, 1]
    assert Page.objects.get().version == 5


def editing(made):
    return f"/admin/content/page/{made.pk}/editing/"


def test_an_editor_learns_that_somebody_else_has_the_page_open(editor):
    cache.clear()
    made = page("about")
    ida = staff_client(person=staff_user("Content editor", first_name="Ida", last_name="Vale"))
    assert "has this page open too" not in ida.get(change(made)).text

    assert "Ida Vale has this page open too" in " ".join(editor.get(change(made)).text.split())
    answer = json.loads(editor.post(editing(made)).text)
    assert answer == {"others": ["Ida Vale"], "newest": {"number": 1, "who": "The site"}}

    ida.post(editing(made), {"leave": "1"})
    assert json.loads(editor.post(editing(made)).text)["others"] == []


def test_who_has_not_been_heard_of_for_a_while_is_forgotten(db, monkeypatch):
    cache.clear()
    now = [1_000.0]
    monkeypatch.setattr(presence.time, "time", lambda: now[0])
    presence.mark_present(1, 7)
    now[0] += presence.LASTS + 1

    assert presence.mark_present(1, 8) == []


def test_only_those_who_may_change_the_page_say_that_they_do(editor, client):
    made = page("about")

    assert editor.get(editing(made)).status_code == 405
    assert staff_client("Careers staff").post(editing(made)).status_code == 403
    assert client.post(editing(made)).status_code == 302
    assert editor.post("/admin/content/page/999999/editing/").status_code == 404
