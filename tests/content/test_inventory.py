"""The inventory: what needs care is found, many pages are changed at once, and the table is safe to open."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from aapm_site.core.files.csv_export import harmless
from aapm_site.core.models import Count
from content.admin.page_actions import MANY_PAGES_ACTIONS, PUBLISH, ManyPagesView
from content.domain import redirects
from content.models import Category, Contributor, Page
from content.models.inventory import VIEW
from tests.content.makers import news, page
from tests.factories import staff_client

pytestmark = pytest.mark.django_db
LIST = "/admin/content/page/"


@pytest.fixture
def editor():
    return staff_client("Content editor")


@pytest.fixture
def ida():
    return Contributor.objects.create(name="Ida Vale", slug="ida-vale", credentials="MD")


def slugs(rows):
    return sorted(row.slug for row in rows)


def listed(editor, query):
    return slugs(editor.get(f"{LIST}?{query}").context["cl"].result_list)


def test_pages_not_reviewed_for_twelve_months(editor, ida):
    today = timezone.localdate()
    page("never")
    page("old", reviewer=ida, reviewed_on=today - timedelta(days=366))
    page("fresh", reviewer=ida, reviewed_on=today - timedelta(days=365))
    news("stands-as-it-was")

    assert listed(editor, "needs=review") == ["never", "old"]


def test_pictures_without_words(editor):
    page("no-word", body='<p><img src="/media/a.webp"></p>')
    page("said", body='<p><img src="/media/a.webp" alt="A nerve"></p>')
    page("decorative", body='<p><img src="/media/a.webp" alt="" role="presentation"></p>')
    page("empty-word", body='<p><img src="/media/a.webp" alt=""></p>')
    page("talks-of-it", body="<p>alt= is an attribute</p>")
    page("second", body='<p><img src="/media/a.webp" alt="x"><img src="/media/b.webp"></p>')

    assert listed(editor, "needs=alt") == ["empty-word", "no-word", "second"]


def test_links_that_lead_nowhere(editor):
    page("target")
    page("draft", status="draft", published_at=None)
    page("fine", body='<p><a href="/target/#part">a</a> <a href="/news/">b</a> <a href="/?p=1">c</a></p>')
    page("files", body='<p><a href="/static/a.pdf">a</a> <a href="https://example.org/x">b</a></p>')
    page("broken", body='<p><a href="/not-there/">a</a></p>')
    page("to-a-draft", body='<p><a href="/draft/?x=1">a</a></p>')
    page("hostile", body='<p><a href="/x\'; DROP/">a</a></p>')
    page("redirected", body='<p><a href="/Old/">a</a></p>')
    redirects.add_redirect("/old/", url="/news/")

    assert listed(editor, "needs=links") == ["broken", "hostile", "to-a-draft"]


def test_pages_without_description_and_without_readers(editor):
    seen = page("seen", description="What it is.")
    page("unseen")
    Count.objects.create(kind=VIEW, key=str(seen.pk), on=date(2020, 1, 1), times=1)
    Count.objects.create(kind="job-view", key=str(Page.objects.get(slug="unseen").pk), on=date(2020, 1, 1), times=1)

    assert listed(editor, "needs=description") == ["unseen"]
    assert listed(editor, "needs=readers") == ["unseen"]
    assert editor.get(f"{LIST}?needs=nonsense", follow=True).status_code == 200


def test_views_of_thirty_days_stand_in_the_list(editor):
    made = page("about")
    today = timezone.localdate()
    for ago, times in ((0, 3), (30, 4), (31, 90)):
        Count.objects.create(kind=VIEW, key=str(made.pk), on=today - timedelta(days=ago), times=times)

    assert editor.get(LIST).context["cl"].result_list[0].views == 7
    assert listed(editor, "o=-8") == ["about"]


def test_the_list_costs_the_same_at_one_and_fifty(editor, ida):
    category = Category.objects.create(name="Advocacy", slug="advocacy")
    made = news("entry", timezone.now() - timedelta(days=400), reviewer=ida, reviewed_on=date(2020, 1, 1))
    made.categories.add(category)
    page("about")
    for query in ("", "?needs=review", "?needs=links"):
        editor.get(LIST + query)
        with CaptureQueriesContext(connection) as few:
            editor.get(LIST + query)
        batch = query.strip("?").replace("=", "-") or "plain"
        for number in range(50):
            page(f"{batch}-{number}", body='<a href="/nowhere/">x</a>')
        with CaptureQueriesContext(connection) as many:
            editor.get(LIST + query)
        assert abs(len(few) - len(many)) <= 1, query  # the first page of several asks for the number of all


def send(editor, name, rows, **more):
    return editor.post(LIST, {"action": name, "_selected_action": [row.pk for row in rows], **more})


def test_a_change_asks_first(editor, ida):
    rows = [page("one"), page("two")]

    response = send(editor, "mark_reviewed", rows)

    assert response.status_code == 200
    assert "/one/" in response.text
    assert "Ida Vale, MD" in response.text
    assert Page.objects.filter(reviewer=None).count() == 2


def test_many_are_marked_as_reviewed_with_a_version_each(editor, ida):
    rows = [page("one"), page("two")]

    send(editor, "mark_reviewed", rows, confirmed="1", reviewer=ida.pk)

    assert set(Page.objects.values_list("reviewer", "reviewed_on", "version")) == {(ida.pk, timezone.localdate(), 2)}
    assert rows[0].versions.first().by == editor.user


def test_a_category_goes_to_news_and_says_why_not_to_pages(editor):
    category = Category.objects.create(name="Advocacy", slug="advocacy")
    entry, about = news("entry"), page("about")

    response = send(editor, "add_category", [entry, about], confirmed="1", category=category.pk)

    assert list(entry.categories.all()) == [category]
    assert not about.categories.exists()
    told = editor.get(response.headers["Location"]).text
    assert "1 page changed." in told
    assert "Not changed: About: Categories are for news and statements." in told


def test_audience_publish_and_withdraw(editor, client):
    draft, about = page("draft", status="draft", published_at=None), page("about", body="<p>Guarded words</p>")

    send(editor, "change_audience", [about], confirmed="1", audience="members")
    send(editor, "publish", [draft, about], confirmed="1")
    assert "Guarded words" not in client.get("/about/").text
    assert client.get("/draft/").status_code == 200

    send(editor, "withdraw", [draft], confirmed="1")
    assert client.get("/draft/").status_code == 404
    assert [change.by for change in draft.status_changes.all()] == [editor.user, editor.user]


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("mark_reviewed", {}),
        ("mark_reviewed", {"reviewer": "999999"}),
        ("mark_reviewed", {"reviewer": "\x00"}),
        ("add_category", {"category": "x"}),
        ("change_audience", {"audience": "group:none"}),
    ],
)
def test_a_choice_that_is_none_changes_nothing(editor, name, more):
    made = page("about")

    assert send(editor, name, [made], confirmed="1", **more).status_code == 422
    assert Page.objects.get().version == 1


def test_too_many_at_once_are_refused(editor, monkeypatch):
    monkeypatch.setattr(ManyPagesView, "most", 1)

    response = send(editor, "publish", [page("one"), page("two")], confirmed="1")

    assert "Choose at most 1 pages at once." in editor.get(response.headers["Location"]).text


def test_publishing_many_needs_its_right(editor):
    made = page("about", status="draft", published_at=None)
    rights = editor.user.groups.get().permissions
    rights.remove(rights.get(codename="publish_page"))

    send(editor, "publish", [made], confirmed="1")

    made.refresh_from_db()
    assert made.status == "draft"
    assert "Publish now…" not in editor.get(LIST).text
    assert {one.verb for one in MANY_PAGES_ACTIONS if one.permission == PUBLISH} == {"publish", "withdraw"}


def table(response):
    text = b"".join(response.streaming_content).decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def test_the_table_holds_what_the_list_shows(editor, ida):
    page("about", title='=HYPERLINK("http://evil.example")', author=ida, description="+1")
    page("other", description="x")
    news("entry")

    response = editor.get(f"{LIST}export/?kind__exact=page&q=hyperlink")

    head, *rows = table(response)
    assert len(rows) == 1
    assert rows[0][0] == '\'=HYPERLINK("http://evil.example")'
    assert rows[0][head.index("Description")] == "'+1"
    assert rows[0][head.index("Author")] == "Ida Vale, MD"
    assert response["Content-Disposition"].startswith('attachment; filename="pages-')


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", "  =1", "\n=1"])
def test_no_cell_is_a_formula(cell):
    assert harmless([cell])[0].startswith("'")
    assert harmless(["a=1", 7, ""]) == ["a=1", "7", ""]


def test_the_table_is_for_those_who_see_the_list(editor):
    assert staff_client("Careers staff").get(f"{LIST}export/").status_code == 403
    assert editor.get(f"{LIST}export/?status__exact=nonsense&x=y").status_code in {200, 302}


def test_the_table_costs_the_same_for_few_and_many(editor):
    news("entry")
    table(editor.get(f"{LIST}export/"))
    with CaptureQueriesContext(connection) as few:
        table(editor.get(f"{LIST}export/"))
    for number in range(30):
        news(f"entry-{number}")
    with CaptureQueriesContext(connection) as many:
        table(editor.get(f"{LIST}export/"))

    assert len(few) == len(many)
