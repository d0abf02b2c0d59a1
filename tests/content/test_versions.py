"""Every save is kept: who, when, what changed, and from when on readers could see it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from content.domain import pages, versions
from content.models import Category, Contributor, Page, PageVersion
from tests.content.makers import chicago, page
from tests.factories import staff_client, staff_user

pytestmark = pytest.mark.django_db


def numbers(made):
    return list(made.versions.values_list("number", flat=True))


def last(made):
    return made.versions.order_by("-number").first()


def test_a_save_writes_one_version_with_who_and_what():
    editor = staff_user("Content editor")
    made = pages.save_page(Page(slug="about", title="About", summary="Who."), by=editor)
    made.title, made.body = "About us", "<p>Text</p><script>x()</script>"

    pages.save_page(made, by=editor)

    version = last(made)
    assert (version.number, version.by, version.changed) == (2, editor, ["title", "body"])
    assert version.fields["body"] == "<p>Text</p>"
    assert Page.objects.get().version == made.version == 2


def test_a_save_that_changes_nothing_writes_nothing():
    made = page("about", starts_on="2026-09-01", ends_on=date(2026, 9, 30))

    pages.save_page(Page.objects.get(pk=made.pk))

    assert numbers(made) == [1]
    assert Page.objects.get().version == 1


@pytest.mark.parametrize(
    ("said", "moves_it"),
    [({"title": "B"}, True), ({"body": "<p>B</p>"}, True), ({"ends_on": date(2026, 9, 29)}, True)]
    + [({"order": 3}, False), ({"slug": "us"}, False), ({"body": "<p>A</p><script>x()</script>"}, False)],
)
def test_the_day_of_the_last_change_follows_the_words_alone(said, moves_it):
    then = chicago(2026, 3, 4, 12, 0)
    made = page("about", body="<p>A</p>", ends_on=date(2026, 9, 30))
    pages.date_words(made, then)

    for name, value in said.items():
        setattr(made, name, value)
    pages.save_page(made)

    assert (Page.objects.get().updated_at != then) is moves_it


def test_a_check_a_decision_and_a_move_of_the_page_above_are_no_change():
    then = chicago(2026, 3, 4, 12, 0)
    top = page("top")
    made = page("below", parent=top)
    pages.date_words(made, then)

    made.reviewer = Contributor.objects.create(name="Ida", slug="ida")
    made.reviewed_on = date(2026, 3, 10)
    pages.save_page(made)
    pages.publish_page(pages.withdraw_page(made, by=None), by=None)
    top.slug = "higher"
    pages.save_page(top)

    now = Page.objects.get(pk=made.pk)
    assert (now.path, now.status, now.reviewed_on, now.updated_at) == (
        "/higher/below/", "published", date(2026, 3, 10), then,
    )  # fmt: skip


def test_other_rows_stand_by_their_names():
    ida = Contributor.objects.create(name="Ida", slug="ida")
    category = Category.objects.create(name="Advocacy", slug="advocacy")
    top, other = page("top"), page("other")
    made = page("below", parent=top, author=ida)

    pages.save_page(made, categories=[category], related=[other])

    said = last(made).fields
    assert (said["parent"], said["author"], said["categories"], said["related"]) == (
        "/top/",
        "ida",
        ["advocacy"],
        ["/other/"],
    )
    assert last(made).changed == ["categories", "related"]


def test_what_a_page_said_before_its_first_recorded_save_is_kept():
    made = page("about")
    PageVersion.objects.all().delete()
    made.title = "Else"

    pages.save_page(made)

    assert [(version.number, version.fields["title"]) for version in made.versions.order_by("number")] == [
        (1, "About"),
        (2, "Else"),
    ]


def test_a_page_published_at_once_is_public_from_its_date():
    made = page("about")

    assert last(made).public_from == made.published_at


def test_an_edit_of_a_public_page_is_public_now_and_of_a_draft_never():
    made, draft = page("about"), page("draft", status="draft", published_at=None)
    begun = timezone.now()
    for edited in (made, draft):
        edited.title = "Changed"
        pages.save_page(edited)

    assert begun <= last(made).public_from <= timezone.now()
    assert last(draft).public_from is None


def test_publishing_makes_the_last_version_public():
    made = page("about", status="draft", published_at=None)
    made.title = "Better"
    pages.save_page(made)

    done = pages.publish_page(made, by=None)

    first, second = made.versions.order_by("number")
    assert (first.public_from, second.public_from) == (None, done.published_at)
    pages.save_page(Page.objects.get(pk=made.pk))
    assert numbers(made) == [2, 1]  # the date that publishing gave is no change of an editor's


def test_what_was_scheduled_and_written_over_was_never_public():
    ahead = timezone.now() + timedelta(days=3)
    made = pages.schedule_page(page("about", status="draft", published_at=ahead), by=None)
    assert last(made).public_from == ahead
    made.title = "Better"

    pages.save_page(made)

    first, second = made.versions.order_by("number")
    assert (first.public_from, second.public_from) == (None, ahead)


def test_back_to_draft_before_its_date_it_was_never_public_and_after_it_stays_told():
    ahead = pages.schedule_page(page("ahead", status="draft", published_at=timezone.now() + timedelta(days=3)), by=None)
    public = page("public")
    since = last(public).public_from

    pages.withdraw_page(ahead, by=None)
    pages.withdraw_page(public, by=None)

    assert last(ahead).public_from is None
    assert last(public).public_from == since


def test_a_page_published_again_keeps_its_first_day():
    made = page("about")
    since = last(made).public_from

    pages.publish_page(pages.withdraw_page(made, by=None), by=None)

    assert last(made).public_from == since


def test_a_page_whose_end_has_passed_shows_no_edit():
    now = timezone.now()
    made = page("about", published_at=now - timedelta(days=9), unpublish_at=now - timedelta(days=1))
    made.title = "Late"

    pages.save_page(made)

    assert last(made).public_from is None


def test_restore_brings_words_back_as_a_new_version_and_leaves_address_and_dates():
    editor = staff_user("Content editor")
    ida = Contributor.objects.create(name="Ida", slug="ida")
    category = Category.objects.create(name="Advocacy", slug="advocacy")
    other = page("other")
    made = page("about", title="First", body="<p>One</p>", audience="members", author=ida)
    pages.save_page(made, categories=[category], related=[other])
    first = last(made)
    made.title, made.body, made.slug, made.audience, made.author = "Second", "<p>Two</p>", "moved", "public", None
    pages.save_page(made, categories=[], related=[])

    back = pages.restore_version(made, first, by=editor, read_version=3)

    assert (back.title, back.body, back.path, back.audience, back.author) == (
        "First",
        "<p>One</p>",
        "/moved/",
        "members",
        ida,
    )
    assert [row.to for row in back.related_links.all()] == [other]
    assert list(back.categories.all()) == [category]
    assert (last(made).number, last(made).by, last(made).note) == (4, editor, "Version 2 restored")


def test_restore_leaves_out_what_is_not_there_any_more():
    ida = Contributor.objects.create(name="Ida", slug="ida")
    made = page("about", reviewer=ida, reviewed_on=date(2026, 1, 5))
    first = last(made)
    made.reviewer = made.reviewed_on = None
    pages.save_page(made)
    ida.delete()

    back = pages.restore_version(made, first, by=None)

    assert (back.reviewer, back.reviewed_on) == (None, None)


def test_restore_obeys_the_lock():
    made = page("about")
    first = last(made)
    made.title = "Second"
    pages.save_page(made)

    with pytest.raises(ValidationError):
        pages.restore_version(made, first, by=None, read_version=1)
    assert numbers(made) == [2, 1]


def test_a_version_survives_its_author():
    editor = staff_user("Content editor")
    made = pages.save_page(Page(slug="about", title="About", summary="Who."), by=editor)

    editor.delete()

    assert last(made).who == "The site"


def test_a_version_of_the_largest_text_is_kept_whole():
    body = "<p>" + "word " * 70_000 + "</p>"
    made = page("about", body=body)

    assert len(last(made).fields["body"]) > 340_000
    assert versions.record_version(made).number == 1


def test_a_save_costs_the_same_at_many_versions(django_assert_max_num_queries):
    made = page("about")
    for number in range(12):
        made.title = f"Title {number}"
        pages.save_page(made)

    made.title = "The last"
    with django_assert_max_num_queries(34):
        pages.save_page(made)


def admin_page(made, rest=""):
    return f"/admin/content/page/{made.pk}/versions/{rest}"


@pytest.fixture
def editor():
    return staff_client("Content editor")


@pytest.fixture
def edited(editor):
    made = page("about", title="First title", body="<p>Five days.</p>")
    made.title, made.body, made.for_patients = "Second title", "<p>Seven days.</p>", True
    return pages.save_page(made, by=editor.user)


def test_the_list_says_who_changed_what(editor, edited):
    shown = editor.get(admin_page(edited)).text

    assert "Title, Text, Written for patients" in shown
    assert editor.user.display_name in shown


def test_any_two_are_compared_the_older_one_first(editor, edited):
    one = editor.get(admin_page(edited, "compare/?old=1&new=2")).text
    other = editor.get(admin_page(edited, "compare/?old=2&new=1")).text

    for shown in (one, other):
        assert '<del><span class="vh">removed: </span>First</del>' in shown
        assert '<ins><span class="vh">added: </span>Seven</ins>' in shown
        assert '<del><span class="vh">removed: </span>no</del>' in shown


@pytest.mark.parametrize(
    "query", ["", "?old=1&new=1", "?old=x&new=2", "?old=99&new=98", "?old=" + "9" * 99, "?old=%00"]
)
def test_a_choice_that_is_none_leads_somewhere_kind(editor, edited, query):
    assert editor.get(admin_page(edited, f"compare/{query}"), follow=True).status_code == 200


def test_restore_asks_first_and_makes_a_version(editor, edited, client):
    ask = editor.get(admin_page(edited, "1/restore/"))
    assert "Readers see the change at once" in " ".join(ask.text.split())
    assert Page.objects.get().title == "Second title"

    editor.post(admin_page(edited, "1/restore/"), {"read_version": "2"})

    assert (Page.objects.get().title, last(edited).note, last(edited).by) == (
        "First title",
        "Version 1 restored",
        editor.user,
    )
    assert "Five days." in client.get("/about/").text


@pytest.mark.parametrize("read", ["1", "", "x", "9" * 40])
def test_a_restore_that_was_overtaken_is_refused(editor, edited, read):
    response = editor.post(admin_page(edited, "1/restore/"), {"read_version": read})

    assert response.status_code == 422
    assert "has saved version 2" in response.text
    assert Page.objects.get().title == "Second title"


def test_only_those_who_may_change_a_page_restore_it(edited):
    others = staff_client("Careers staff")

    for rest in ("", "compare/", "1/restore/"):
        assert others.get(admin_page(edited, rest)).status_code == 403
    assert others.post(admin_page(edited, "1/restore/"), {"read_version": "2"}).status_code == 403
    assert Page.objects.get().title == "Second title"


def test_the_list_costs_the_same_at_one_and_fifty_versions(editor, edited):
    editor.get(admin_page(edited))
    with CaptureQueriesContext(connection) as few:
        editor.get(admin_page(edited))
    for number in range(50):
        edited.title = f"Title {number}"
        pages.save_page(edited, by=editor.user)
    with CaptureQueriesContext(connection) as many:
        editor.get(admin_page(edited))

    assert len(few) == len(many)


def test_nobody_is_named_for_what_was_changed_another_way(editor):
    made = page("about")
    made.categories.add(Category.objects.create(name="Advocacy", slug="advocacy"))
    made.title = "About us"

    pages.save_page(made, by=editor.user)

    assert [(row.number, row.by, row.changed) for row in made.versions.order_by("number")] == [
        (1, None, []),
        (2, None, ["categories"]),
        (3, editor.user, ["title"]),
    ]
    assert Page.objects.get().version == made.version == 3
