"""Exports in several files, and what an import keeps, leaves unpublished and tells besides."""

import pytest

from content.models import Contributor, Menu, Page
from content.states import PageStatus
from tests.content.wordpress import wxr
from tests.factories import staff_client

from .test_files import folder, picture  # noqa: F401 - the fixture

pytestmark = pytest.mark.django_db


def first():
    return [
        wxr.item(20, "Guidelines", "What we advise.", slug="guidelines"),
        wxr.attachment(30, "2018/12/clinic.jpg", "The clinic", alt="A clinic at a lake"),
        wxr.item(
            22, "First news", "It is out.", kind="post", slug="first-news", link=f"{wxr.SITE}/2018/12/first-news/"
        ),
    ]


def second():
    text = (
        f'See <a href="{wxr.SITE}/2018/12/first-news/">the news</a>, <a href="/?p=22">again</a>, '
        f'<a href="{wxr.SITE}/guidelines/">these</a>.\n\n[gallery ids="30"]'
    )
    return [
        wxr.item(31, "Acute pain", text, slug="acute-pain", post_parent=20, link=f"{wxr.SITE}/guidelines/acute-pain/")
    ]


@pytest.mark.parametrize("order", ["as it is", "the other way round"])
def test_an_export_in_two_files_becomes_one_site(bring, folder, client, order):  # noqa: F811 - the fixture
    files = [first(), second()] if order == "as it is" else [second(), first(), second()]
    for one in files:
        outcome = bring(one, "--media", str(folder))
        assert outcome.error is None

    page = Page.objects.get(title="Acute pain")
    assert page.path == "/guidelines/acute-pain/"
    assert page.body.count('href="/news/first-news/"') == 2
    assert 'href="/guidelines/"' in page.body
    assert 'alt="A clinic at a lake"' in page.body
    assert outcome.of("please look") == []
    assert client.get("/acute-pain/").status_code == (404 if order == "as it is" else 301)
    again = bring(second(), "--media", str(folder))
    assert [place for place, _ in again.of("unchanged", "page")] == ["“Acute pain” (line 13)"]


def test_a_page_that_staff_moved_stays_where_they_put_it(bring):
    bring(second())
    page = Page.objects.get()
    page.title = "Our own words"
    page.save()
    bring(first())
    outcome = bring(second())

    assert Page.objects.get(pk=page.pk).path == "/acute-pain/"
    assert len(outcome.of("kept yours", "page")) == 1


def test_links_to_numbers_that_nobody_knows_go_and_are_told(bring):
    outcome = bring([wxr.item(1, "Care", '<a href="/?p=99">Old</a> and <a href="/?cat=9#x">more</a>.', slug="care")])

    assert Page.objects.get().body == "<p>Old and more.</p>"
    assert [detail for _, detail in outcome.of("please look", "text")] == [
        "the link to /?p=99 leads nowhere here; its words stay",
        "the link to /?cat=9 leads nowhere here; its words stay",
    ]


def test_a_gallery_that_names_no_picture_shows_those_of_its_entry(bring, folder):  # noqa: F811 - the fixture
    for color, path in (("navy", "2018/12/lake.jpg"), ("maroon", "2018/12/house.jpg")):
        (folder / path).write_bytes(picture(color))
    entries = [
        wxr.attachment(42, "2018/12/house.jpg", "House", alt="House", post_parent=1, menu_order=2),
        wxr.attachment(41, "2018/12/lake.jpg", "Lake", alt="Lake", post_parent=1, menu_order=1),
        wxr.item(1, "All", "[gallery]", slug="all"),
        wxr.item(2, "Some", '[gallery id="1" exclude="41"]', slug="some"),
    ]
    bring(entries, "--media", str(folder))

    bodies = dict(Page.objects.values_list("slug", "body"))
    assert bodies["all"].index('alt="Lake"') < bodies["all"].index('alt="House"')
    assert 'alt="Lake"' not in bodies["some"]
    assert 'alt="House"' in bodies["some"]


@pytest.mark.parametrize(
    ("accounts", "terms", "author", "told"),
    [
        ([("rlane", "Ruth Lane")], [], "Ruth Lane", ""),
        ([("web-admin", "web-admin")], [], None, "an account, not a name"),
        ([], [], None, "an account, not a name"),
        ([("rlane", "Ruth Lane")], [("author", "cap-omar", "Omar Second")], "Omar Second", ""),
        (
            [("rlane", "Ruth Lane")],
            [("author", "cap-rlane", "Ruth Lane"), ("author", "cap-omar", "Omar Second")],
            "Ruth Lane",
            "Omar Second is named as its author too",
        ),
    ],
)
def test_who_is_named_under_an_entry(bring, accounts, terms, author, told):
    creator = accounts[0][0] if accounts else "rlane"
    entry = wxr.item(1, "News", "It is out.", kind="post", slug="news-1", terms=terms, creator=creator)
    outcome = bring([*(wxr.author(*account) for account in accounts), entry])

    page = Page.objects.get()
    assert (page.author.name if page.author else None) == author
    assert list(Contributor.objects.values_list("name", flat=True)) == ([author] if author else [])
    assert outcome.said(told)


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Under &lt; 3 months", "Under < 3 months"),
        ("Under < 3 and > 6 months", "Under < 3 and > 6 months"),
        ("Scores <5 and >7", "Scores <5 and >7"),
        ("A <em>good</em> day", "A good day"),
        ("One<br />two", "Onetwo"),
    ],
)
def test_signs_in_titles_stay_and_elements_go(bring, written, title):
    bring([wxr.item(1, written, "x", slug="one")])
    assert Page.objects.get().title == title


def test_an_entry_of_which_nothing_is_left_is_a_draft(bring):
    outcome = bring([wxr.item(1, "Map", "[acme_map x=1]", slug="map"), wxr.item(2, "Text", "x", slug="text")])

    assert dict(Page.objects.values_list("slug", "status")) == {"map": "draft", "text": "published"}
    assert outcome.said("nothing of its text is left; it comes as a draft")


def test_what_to_look_at_stays_with_the_page_until_somebody_has_seen_to_it(bring):
    entries = [wxr.item(1, "Map", "Come.\n\n[acme_map x=1]", slug="map"), wxr.item(2, "Text", "x", slug="text")]
    bring(entries)
    page = Page.objects.get(slug="map")
    editor = staff_client("Content editor")
    said = "From the old site: [acme_map]: unknown and taken out."
    assert list(Page.objects.with_import_notes()) == [page]
    assert "/admin/content/page/" in editor.get("/admin/content/page/?needs=import").text
    assert said in editor.get(f"/admin/content/page/{page.pk}/change/").text

    editor.post(f"/admin/content/page/{page.pk}/see-to-import/")
    assert not Page.objects.with_import_notes().exists()
    assert said not in editor.get(f"/admin/content/page/{page.pk}/change/").text
    bring(entries)
    assert not Page.objects.with_import_notes().exists()  # nothing was written, so nothing is to be looked at again


def test_everything_comes_as_drafts_and_is_published_by_a_run_without_it(bring):
    entries = [wxr.item(1, "Care", "x", slug="care"), wxr.item(2, "Own", "y", slug="own", status="draft")]
    bring(entries, "--drafts")
    assert set(Page.objects.values_list("status", flat=True)) == {PageStatus.DRAFT}
    bring(entries)
    assert dict(Page.objects.values_list("slug", "status")) == {"care": "published", "own": "draft"}


def test_a_menu_of_which_nothing_is_here_is_not_made(bring):
    outcome = bring(
        [wxr.menu_term("old", "Old links"), wxr.entry_of_menu(5, "old", "Gone", order=1, url=f"{wxr.SITE}/gone/")]
    )
    assert not Menu.objects.filter(name="old").exists()
    assert outcome.of("left out", "menu")[-1] == ("“Old links”", "none of its entries leads to anything that is here")
