"""An editor's day: write, preview, schedule, publish, move; and the questions."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from aapm_site.core.days import UNBELIEVED
from aapm_site.mail.models import OutgoingEmail
from content.admin.pages import PageAdmin
from content.domain import prepared, questions, trash
from content.models import Category, Event, Menu, MenuItem, Page, Partner, Topic
from tests.content.makers import news, page
from tests.factories import staff_client

pytestmark = pytest.mark.django_db

ADD = "/admin/content/page/add/"
# What the tables below the form send while nothing stands in them.
NO_ROWS = {
    f"{inline.model._meta.get_field(inline.fk_name or 'page').related_query_name()}-{count}_FORMS": "0"
    for inline in PageAdmin.inlines
    for count in ("TOTAL", "INITIAL")
}


@pytest.fixture
def editor():
    return staff_client("Content editor")


def fields(**given):
    """What the form of a page sends."""
    typed = {
        "title": "About us",
        "summary": "Who we are.",
        "body": "<p>Text</p><script>x()</script>",
        "kind": "page",
        "slug": "about",
        "order": "10",
        "audience": "public",
        "read_version": "1",
    }
    return {**typed, **NO_ROWS, **given}


def test_a_page_is_written_and_published(editor, client):
    response = editor.post(ADD, fields(), follow=True)

    made = Page.objects.get()
    assert response.redirect_chain
    assert (made.path, made.status, made.body) == ("/about/", "draft", "<p>Text</p>")
    assert client.get("/about/").status_code == 404

    ask = editor.get(f"/admin/content/page/{made.pk}/decide/publish/")
    assert "Publish now" in ask.text
    editor.post(f"/admin/content/page/{made.pk}/decide/publish/")

    assert client.get("/about/").status_code == 200
    assert made.status_changes.get().by == editor.user


def test_what_is_public_by_its_schedule_is_not_published_but_withdrawn(editor):
    out = page("out", status="scheduled", published_at=timezone.now() - timedelta(minutes=5))
    form = f"/admin/content/page/{out.pk}/change/"

    shown = editor.get(form).text
    assert "Publish now" not in shown
    assert "Withdraw to draft" in shown
    assert "Visitors no longer find it." in editor.get(f"/admin/content/page/{out.pk}/decide/withdraw/").text
    assert "It is public already." in editor.post(f"/admin/content/page/{out.pk}/decide/publish/", follow=True).text
    chosen = {"action": "publish", "_selected_action": [out.pk], "confirmed": "1"}
    assert "Not published: Out: It is public already." in editor.post("/admin/content/page/", chosen, follow=True).text
    assert not out.status_changes.exists()


def test_a_taken_address_is_told_beside_the_field(editor):
    response = editor.post(ADD, fields(slug="ask"))

    assert response.status_code == 200
    assert response.context["adminform"].form.errors["slug"] == [
        "The address /ask/ is taken: another part of the site answers there."
    ]
    assert not Page.objects.exists()


def test_an_edit_keeps_the_status(editor):
    made = page("about")

    editor.post(f"/admin/content/page/{made.pk}/change/", fields(title="Changed", status="draft", **_dates(made)))

    assert list(Page.objects.values_list("title", "status")) == [("Changed", "published")]


def _dates(made):
    at = timezone.localtime(made.published_at)
    return {"published_at_0": f"{at:%Y-%m-%d}", "published_at_1": f"{at:%H:%M:%S}"}


def test_a_move_in_the_admin_takes_the_section_along(editor):
    top = page("old")
    page("child", parent=top)

    editor.post(f"/admin/content/page/{top.pk}/change/", fields(slug="new", **_dates(top)))

    assert sorted(Page.objects.values_list("path", flat=True)) == ["/new/", "/new/child/"]


def test_a_published_page_needs_its_date(editor):
    made = page("about")

    response = editor.post(f"/admin/content/page/{made.pk}/change/", fields())

    assert response.context["adminform"].form.errors == {
        "published_at": ["A published or scheduled page needs a date of publication."]
    }


@pytest.mark.parametrize("name", ["published_at", "unpublish_at"])
@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_moment_at_the_end_of_the_calendar_is_refused_in_words(editor, name, day):
    made = page("about", status="draft")

    far = {f"{name}_0": day, f"{name}_1": "23:59:59"}
    response = editor.post(f"/admin/content/page/{made.pk}/change/", fields(**_dates(made) | far))

    assert response.status_code == 200
    assert response.context["adminform"].form.errors == {name: [UNBELIEVED]}


@pytest.mark.parametrize("name", ["published_at", "unpublish_at", "reviewed_on"])
@pytest.mark.parametrize("nonsense", ["abc", "", "\x00", "9999-12-31 23:59:59", "9999-12-31", "2031-13-01"])
def test_an_address_that_fills_in_no_day_shows_the_empty_form(editor, name, nonsense):
    response = editor.get(ADD, {name: nonsense, "title": "abc"})

    assert response.status_code == 200
    assert response.context["adminform"].form.initial["title"] == "abc"
    assert name not in response.context["adminform"].form.initial


def test_an_address_may_fill_in_a_moment_and_a_day(editor):
    response = editor.get(ADD, {"published_at": "2031-05-01 12:30", "reviewed_on": "2018-12-14"})

    html = response.text
    assert 'name="published_at_0" value="2031-05-01"' in html
    assert 'name="published_at_1" value="12:30:00"' in html
    assert 'name="reviewed_on" value="2018-12-14"' in html


def test_a_draft_is_saved_with_whatever_it_has_and_publishing_says_what_it_lacks(editor, client):
    editor.post(ADD, fields(title="", summary="", slug="", body="<p>Half a thought</p>"))

    made = Page.objects.get()
    assert (made.title, made.summary, made.body, str(made)) == ("", "", "<p>Half a thought</p>", "Untitled draft")
    assert re.fullmatch(r"draft-[a-z0-9]{8}", made.slug)
    assert "Untitled draft" in editor.get("/admin/content/page/").text
    form = f"/admin/content/page/{made.pk}/change/"
    shown = editor.get(form).text
    assert '<a href="#id_title">It has no title yet.</a>' in shown
    assert editor.get(f"/admin/content/page/{made.pk}/preview/").status_code == 200
    for verb in ("publish", "schedule"):
        led = editor.get(f"/admin/content/page/{made.pk}/decide/{verb}/")
        assert (led.status_code, led.url) == (302, f"{form}#id_title")
    refused = editor.post(f"/admin/content/page/{made.pk}/decide/publish/")
    assert refused.status_code == 422
    assert "It has no title yet. It has no summary yet" in refused.text

    editor.post(form, fields(title="Heat and cold", summary="", slug=made.slug, body="<p>Whole</p>"))
    made.refresh_from_db()
    assert made.path == "/heat-and-cold/"
    assert "It has no summary yet" in editor.post(f"/admin/content/page/{made.pk}/decide/publish/").text
    assert Page.objects.get().status == "draft"


def test_drafts_of_one_title_have_two_addresses(editor):
    for _ in range(2):
        editor.post(ADD, fields(title="Heat and cold", slug=""))

    assert sorted(Page.objects.values_list("path", flat=True)) == ["/heat-and-cold-2/", "/heat-and-cold/"]


@pytest.mark.parametrize("name", ["title", "summary", "slug"])
def test_what_readers_read_keeps_what_they_need(editor, name):
    made = page("about")

    response = editor.post(f"/admin/content/page/{made.pk}/change/", fields(**{name: "", **_dates(made)}))

    form = response.context["adminform"].form
    assert list(form.errors) == [name]
    assert form.fields[name].widget.attrs["autofocus"] is True
    assert " autofocus" in str(form[name])


def test_a_half_review_is_kept_in_a_draft(editor):
    made = page("about", status="draft")

    editor.post(f"/admin/content/page/{made.pk}/change/", fields(reviewed_on="2026-11-01"))

    assert str(Page.objects.get().reviewed_on) == "2026-11-01"
    refused = editor.post(f"/admin/content/page/{made.pk}/decide/publish/")
    assert "The day of its check is given, but not who checked it." in refused.text


def test_what_is_typed_is_shown_and_not_saved(editor, client):
    made = page("about", body="<p>Old</p>")
    form = f"/admin/content/page/{made.pk}/change/"

    shown = editor.post(form, fields(title="", body="<p>Typed</p><script>x()</script>", _preview="1", **_dates(made)))
    new = editor.post(ADD, fields(title="Not there yet", slug="", body="<p>Typed</p>", _preview="1"))

    assert (shown.status_code, new.status_code) == (200, 200)
    assert "<p>Typed</p>" in shown.text
    assert "x()" not in shown.text
    assert "none of it saved yet" in shown.text
    assert "Not there yet" in new.text
    assert list(Page.objects.values_list("body", "version")) == [("<p>Old</p>", 1)]
    assert staff_client("Finance").post(form, fields(_preview="1")).status_code == 403
    assert client.post(form, fields(_preview="1")).status_code == 403


def test_the_bar_holds_what_one_does_most(editor):
    draft, public = page("draft", status="draft"), page("public")
    bars = {
        row: editor.get(f"/admin/content/page/{row.pk}/change/").text.split('class="page-bar"')[1].split("</form>")[0]
        for row in (draft, public)
    }

    for words in ("Save", "Preview", "Publish now…", "Schedule…"):
        assert words in bars[draft]
    assert "Publish now…" not in bars[public]
    assert "Keep as a prepared change" in bars[public]
    assert "Schedule…" not in editor.get(ADD).text
    assert 'class="page-bar"' in editor.get(ADD).text


def test_a_draft_is_previewed_by_staff_only(editor, client):
    made = page("about", status="draft", body="<h2>Draft words</h2>")
    address = f"/admin/content/page/{made.pk}/preview/"

    response = editor.get(address)

    assert "Draft words" in response.text
    assert "Only staff see this" in response.text
    assert '<meta name="robots" content="noindex">' in response.text
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    assert "Draft words" not in client.get(address, follow=True).text
    assert staff_client("Careers staff").get(address).status_code == 403


def test_the_editor_carries_this_forms_nonce_and_no_other_page_has_one(editor):
    response = editor.get(ADD)

    nonce = re.search(r"'nonce-([^']+)'", response["Content-Security-Policy"])[1]
    assert f'nonce="{nonce}"' in re.search(r"<script[^>]*importmap[^>]*>", response.text)[0]
    assert "nonce-" not in editor.get("/admin/content/page/")["Content-Security-Policy"]


@pytest.mark.parametrize("verb", ["publish", "schedule", "withdraw"])
def test_a_decision_needs_its_permission(verb):
    made = page("about", status="draft", published_at=timezone.now() + timedelta(days=1))

    response = staff_client("Careers staff").post(f"/admin/content/page/{made.pk}/decide/{verb}/")

    assert response.status_code == 403
    made.refresh_from_db()
    assert made.status == "draft"


def test_the_list_of_pages_costs_the_same_for_few_and_many(editor, django_assert_max_num_queries):
    page("about")
    news("last-year", timezone.now() - timedelta(days=400))  # two dates, so that the admin offers a choice of them
    editor.get("/admin/content/page/")  # the first visit finds no permissions in memory
    with django_assert_max_num_queries(20) as few:
        editor.get("/admin/content/page/")
    for number in range(10):
        news(f"entry-{number}")

    with django_assert_max_num_queries(20) as many:
        editor.get("/admin/content/page/")

    assert _kinds(few) == _kinds(many)


def _kinds(queries):
    """What was asked, without the values."""
    return [re.sub(r"[0-9]+|'[^']*'", "", query["sql"]) for query in queries if query["sql"].startswith("SELECT")]


def test_a_menu_is_edited_with_its_entries(editor, client):
    about, menu = page("about"), Menu.objects.create(name="main", label="Main")
    editor.get(f"/admin/content/menu/{menu.pk}/change/")

    response = editor.post(
        f"/admin/content/menu/{menu.pk}/change/",
        {
            "name": "main",
            "label": "Main",
            "items-TOTAL_FORMS": "2",
            "items-INITIAL_FORMS": "0",
            "items-0-title": "Who we are",
            "items-0-page": str(about.pk),
            "items-0-order": "10",
            "items-1-title": "Ask",
            "items-1-url": "/ask/",
            "items-1-order": "20",
        },
    )

    assert response.status_code == 302
    assert list(MenuItem.objects.values_list("title", "page", "url")) == [
        ("Who we are", about.pk, ""),
        ("Ask", None, "/ask/"),
    ]
    assert '<a href="/about/">Who we are</a>' in client.get("/news/").text


def test_a_question_is_read_closed_and_never_edited(editor):
    asked = questions.ask_question(name="Ida", email="ida@example.org", question="Why?")
    address = f"/admin/content/question/{asked.pk}/"
    topic = Topic.objects.first()

    editor.post(f"{address}change/", {"topic": topic.pk, "name": "Else", "question": "Else"})
    refused = editor.post(f"{address}decide/close/")
    editor.post(f"{address}decide/close/", {"reason": "Answered by phone."})

    asked.refresh_from_db()
    assert refused.status_code == 422
    assert (asked.name, asked.question, asked.topic, asked.status) == ("Ida", "Why?", topic, "closed")
    assert asked.status_changes.get().reason == "Answered by phone."
    assert editor.get("/admin/content/question/add/").status_code == 403


def test_not_spam_sends_the_mails(editor):
    asked = questions.ask_question(
        name="Ida", email="ida@example.org", question="Why?", spam_reason="It holds 3 links."
    )
    assert OutgoingEmail.objects.count() == 0

    editor.post(f"/admin/content/question/{asked.pk}/decide/reopen/")

    assert OutgoingEmail.objects.count() == 2


def test_other_staff_do_not_see_questions():
    asked = questions.ask_question(name="Ida", email="ida@example.org", question="Why?")

    assert staff_client("Careers staff").get(f"/admin/content/question/{asked.pk}/change/").status_code == 403


def test_what_is_typed_in_the_tables_is_shown_and_not_saved(editor):
    made = page("month", kind="initiative", body="<p>Old</p>")
    kept = Partner.objects.create(page=made, name="The old partner", url="https://old.example")
    gone = Partner.objects.create(page=made, name="The partner who left", url="")
    odd = Event.objects.create(page=made, title="The evening as stored", starts_on="2031-09-02")
    other, draft = page("other", title="A page beside it"), page("draft", title="Nobody reads it", status="draft")
    partners = {"partners-TOTAL_FORMS": "4", "partners-INITIAL_FORMS": "2"}
    for number, (key, name, delete) in enumerate(
        [(kept.pk, "The partner as typed", ""), (gone.pk, gone.name, "on"), ("", "A new partner", ""), ("", "", "")]
    ):
        partners |= {f"partners-{number}-id": str(key), f"partners-{number}-name": name}
        partners |= {
            f"partners-{number}-url": "",
            f"partners-{number}-order": "100",
            f"partners-{number}-DELETE": delete,
        }
    events = {"events-TOTAL_FORMS": "2", "events-INITIAL_FORMS": "1", "events-0-id": str(odd.pk)}
    events |= {"events-0-title": "The evening as typed", "events-0-starts_on": "no day"}
    events |= {"events-1-title": "A new evening", "events-1-starts_on": "2031-09-04"}
    related = {"related_links-TOTAL_FORMS": "2", "related_links-INITIAL_FORMS": "0"}
    for number, row in enumerate((other, draft)):
        related |= {f"related_links-{number}-to": str(row.pk), f"related_links-{number}-order": "10"}
    sent = fields(kind="initiative", slug="month", **partners, **events, **related, **_dates(made))

    shown = editor.post(f"/admin/content/page/{made.pk}/change/", {**sent, "_preview": "1"}).text
    new = editor.post(ADD, {**sent, **NO_ROWS, **related, "_preview": "1"}).text

    for words in (
        "The partner as typed",
        "A new partner",
        "The evening as stored",
        "A new evening",
        "A page beside it",
    ):
        assert words in shown
    for words in ("The old partner", "The partner who left", "The evening as typed", "Nobody reads it"):
        assert words not in shown
    assert "A page beside it" in new
    assert "The partner as typed" not in new
    assert set(made.partners.values_list("name", flat=True)) == {"The old partner", "The partner who left"}
    assert not made.related_links.exists()


def test_the_categories_that_are_typed_are_shown(editor):
    shelf = Category.objects.create(name="Advocacy", slug="advocacy")
    made = news("first")

    shown = editor.post(
        f"/admin/content/page/{made.pk}/change/",
        fields(kind="news", slug="first", categories=[str(shelf.pk)], _preview="1", **_dates(made)),
    )

    assert shelf.get_absolute_url() in shown.text
    assert not made.categories.exists()


def choices_of(text):
    select = text.split('<select name="parent"')[1].split("</select>")[0]
    return re.findall(r"<option[^>]*>([^<]+)</option>", select)


def test_the_page_above_is_chosen_from_a_list_of_those_that_can_be_it(editor):
    top = page("top")
    page("side", status="draft")
    middle = page("middle", parent=top)
    page("below", parent=middle)
    news("first")
    page("an-answer", kind="answer")
    prepared.prepare_change(top, by=None)
    trash.trash_page(page("gone"), by=None)
    first = "Nothing: it stands at the top"

    assert choices_of(editor.get(ADD).text) == [
        first, "Side (/side/)", "Top (/top/)", "Middle (/top/middle/)", "Below (/top/middle/below/)",
    ]  # fmt: skip
    shown = editor.get(f"/admin/content/page/{middle.pk}/change/").text
    assert choices_of(shown) == [first, "Side (/side/)", "Top (/top/)"]
    assert f'<option value="{top.pk}" selected>Top (/top/)</option>' in shown


def test_a_page_above_that_cannot_be_it_any_more_is_not_lost(editor):
    top = page("top")
    below = page("below", parent=top)
    Page.objects.filter(pk=top.pk).update(kind="news")

    assert f'<option value="{top.pk}" selected>' in editor.get(f"/admin/content/page/{below.pk}/change/").text


def test_among_many_pages_the_one_above_is_searched_for(editor, monkeypatch):
    monkeypatch.setattr("content.admin.parents.MOST_PARENTS", 1)
    top, _ = page("top"), page("other-top")
    below = page("below-top", parent=top)
    news("top-news")
    asked = {"app_label": "content", "model_name": "page", "field_name": "parent", "term": "top"}

    assert 'class="admin-autocomplete"' in editor.get(ADD).text.split('name="parent"')[1].split("</select>")[0]
    found = editor.get("/admin/autocomplete/", asked).json()["results"]
    assert [row["text"] for row in found] == ["Other top (/other-top/)", "Top (/top/)", "Below top (/top/below-top/)"]

    # Of the pages that a save would refuse none is offered: neither the page itself nor what stands below it.
    shown = editor.get(f"/admin/content/page/{top.pk}/change/").text
    assert f'data-ajax--url="/admin/autocomplete/?above={top.pk}"' in shown
    found = editor.get("/admin/autocomplete/", asked | {"above": top.pk}).json()["results"]
    assert [row["text"] for row in found] == ["Other top (/other-top/)"]
    found = editor.get("/admin/autocomplete/", asked | {"above": below.pk}).json()["results"]
    assert [row["text"] for row in found] == ["Other top (/other-top/)", "Top (/top/)"]
    assert editor.get("/admin/autocomplete/", asked | {"above": "x\x00"}).status_code == 200
