"""What the starter content is once it has been loaded, and what loading it again does to the work of staff."""

import re

import pytest
from django.test import override_settings
from django.utils import timezone

from aapm_site.core.models import StarterRow
from aapm_site.core.starter import load_kind, missing
from careers.models import Package
from content.domain import pages
from content.models import Contributor, Menu, MenuItem, Page, Resource, Term
from content.starter import MENUS, PAGES, RESOURCES
from content.states import PageStatus
from tests.core.test_starter import NOT_THERE, counts, load
from tests.once import once_a_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_loaded")]

CONDITIONS = {
    f"/conditions/{slug}/"
    for slug in (
        *("back-pain", "neck-pain", "nerve-pain", "headache", "fibromyalgia", "arthritis", "cancer-pain"),
        *("pain-after-surgery", "complex-regional-pain-syndrome", "shingles"),
    )
}
SIGNED_FIRST = CONDITIONS | {
    "/what-is-pain-medicine/procedures/",
    "/patient-resources/living-with-pain/",
    "/patient-resources/movement/",
    "/patient-resources/pain-and-the-mind/",
    "/patient-resources/your-visit/",
    "/what-is-pain-medicine/medicines/",
    "/what-is-pain-medicine/nerve-blocks/",
}
# What the rooms show by themselves, with nothing to show.
ROOMS = ("/", "/glossary/", "/patient-resources/", "/news/", "/journal/", "/career-center/rates/", "/membership/join/")


def _load_in_production() -> list[str]:
    with override_settings(DEMO=False):
        return load()


_loaded = once_a_file(_load_in_production)


@pytest.fixture(autouse=True)
def production(settings):
    settings.DEMO = False


def test_loading_it_again_changes_nothing():
    before = (counts(), list(Page.objects.order_by("pk").values_list("version", "updated_at")))
    rows = list(StarterRow.objects.order_by("pk").values())

    said = load()

    assert (counts(), list(Page.objects.order_by("pk").values_list("version", "updated_at"))) == before
    assert list(StarterRow.objects.order_by("pk").values()) == rows
    assert "Pages and news: 0 added, 0 brought up to date, 54 as they were loaded." in said
    assert [line for line in said if " 0 added, 0 brought up to date," not in line] == []


def test_pages_say_the_days_of_their_words_and_none_the_day_of_loading(client):
    dates = {entry.key: entry.values["changed_at"] for entry in PAGES.entries()}

    assert dict(Page.objects.values_list("path", "updated_at")) == dates
    about, entry = client.get("/about/").text, client.get("/news/pain-awareness-initiatives/").text
    assert 'Last changed on <time datetime="2026-11-28">November 28, 2026</time>' in about
    assert "Last changed" not in entry
    listed = "".join(client.get(f"/sitemap-{name}.xml").text for name in ("pages", "news", "archives"))
    listed += client.get("/feeds/news/").text
    assert timezone.localdate().isoformat() not in re.findall(r"<(?:lastmod|updated)>(.{10})", listed)


def test_a_release_with_the_days_mends_what_was_loaded_without_them():
    row = StarterRow.objects.get(kind="pages", key="/about/")
    StarterRow.objects.filter(pk=row.pk).update(shipped="0" * 16)
    Page.objects.filter(path="/about/").update(updated_at=timezone.now())

    load()

    assert f"{Page.objects.get(path='/about/').updated_at:%Y-%m-%d}" == "2026-11-28"


def test_what_waits_for_somebodys_name_comes_as_a_draft():
    drafts = Page.objects.filter(status=PageStatus.DRAFT)

    assert {page.path for page in drafts.filter(for_patients=True)} == SIGNED_FIRST
    assert {page.path for page in Page.objects.filter(clinical=True)} == SIGNED_FIRST
    assert set(drafts.values_list("kind", flat=True)) == {"page", "statement", "condition"}
    assert {page.path for page in Page.objects.filter(kind="condition")} == CONDITIONS
    assert drafts.filter(kind="statement").count() == 9
    assert Page.objects.filter(kind="statement").count() == 9
    assert not Page.objects.exclude(reviewer=None).exists()
    assert not Page.objects.news().filter(author=None).exists()
    assert not Page.objects.news().filter(categories=None).exists()


@pytest.mark.parametrize("address", [*NOT_THERE, *ROOMS])
def test_what_was_not_there_answers(address, client):
    assert client.get(address).status_code == 200


def test_the_archive_day_has_the_news_of_that_day_and_its_statements_once_they_are_public(client):
    day = client.get("/2018/12/14/")
    assert [entry["page"].title for entry in day.context["entries"]] == [
        "What is pain medicine?",
        "Career Center",
        "Pain awareness initiatives",
        "Pain Medicine Journal",
        "Ask us anything. Anytime.",
    ]
    assert [entry["readable"] for entry in day.context["entries"]] == [True, True, True, False, True]

    for statement in Page.objects.filter(kind="statement"):
        pages.publish_page(statement, by=None)

    assert client.get("/2018/12/14/").context["page"].paginator.num_pages == 3


def test_no_public_page_and_no_menu_leads_to_what_is_not_there(client):
    public = Page.objects.published(timezone.now())
    texts = [client.get(page.path).text for page in public if page.is_public]
    wanted = {link.split("#")[0] for text in texts for link in re.findall(r'href="(/[^"?]*)"', text)}

    assert len(wanted) > 40
    dead = {link for link in wanted if client.get(link).status_code not in (200, 302)}
    assert {link for link in dead if not link.startswith("/static/")} == set()


def test_what_staff_have_written_is_kept_and_said():
    about = Page.objects.get(path="/about/")
    about.title = "Written by staff"
    pages.save_page(about)
    Term.objects.filter(slug="taper").update(definition="In staff's own words.")
    MenuItem.objects.filter(menu__name="main", title="News").delete()
    Package.objects.filter(slug="single-30").update(price=120, is_active=True, is_sample=False)
    pages.publish_page(Page.objects.get(path="/membership/member-handbook/"), by=None)
    before = counts()

    said = load()

    assert counts() == before
    assert Page.objects.get(path="/about/").title == "Written by staff"
    assert Package.objects.get(slug="single-30").price == 120
    assert [line.strip() for line in said if "Kept" in line] == [
        "Kept, since staff changed it: taper (definition)",
        "Kept, since staff changed it: /about/ (title)",
        "Kept, since staff changed it: /membership/member-handbook/ (status)",
        "Kept, since staff changed it: single-30 (price, is_active, is_sample)",
        "Kept, since staff changed it: main (entries)",
    ]


def test_what_staff_have_moved_is_not_made_a_second_time():
    contact = Page.objects.get(path="/contact/")
    contact.slug = "write-to-us"
    pages.save_page(contact)
    Contributor.objects.filter(slug="aapm-staff").update(name="The office", slug="office")

    said = load()

    assert not Page.objects.filter(path="/contact/").exists()
    assert Contributor.objects.count() == 5
    assert "  Kept, since staff changed it: /contact/ (slug)" in said
    assert "  Kept, since staff changed it: aapm-staff (name, slug)" in said


def test_what_staff_have_removed_stays_away_and_its_children_with_it():
    Term.objects.get(slug="taper").delete()
    Page.objects.get(path="/contact/").delete()
    Menu.objects.get(name="doors").delete()

    said = load()

    assert not Term.objects.filter(slug="taper").exists()
    assert not Page.objects.filter(path="/contact/").exists()
    assert not Menu.objects.filter(name="doors").exists()
    assert {line.strip() for line in said if "Stays away" in line} == {
        f"Stays away, since staff removed it: {key}" for key in ("taper", "/contact/", "Contact", "doors")
    }
    assert missing() == 0


# A later release ------------------------------------------------------------------------------------------------------
def newer(key: str, **values):
    """Dress one entry as a later release would ship it."""
    return lambda kind, entry: {**entry.values, **values} if entry.key == key else entry.values


def test_a_page_of_a_later_release_is_a_new_version_where_it_stands():
    month = "/pain-awareness/pain-awareness-month/"

    report = load_kind(PAGES, dress=newer(month, title="The month of September", related=["/about/"]))

    page = Page.objects.get(path=month)
    assert (report.updated, page.title, page.status) == ([month], "The month of September", "published")
    assert [link.to.path for link in page.related_links.all()] == ["/about/"]
    assert page.versions.order_by("-number").first().note == "Starter content"
    assert [partner.name for partner in page.partners.all()] == ["American Chronic Pain Association", "AAPM Foundation"]
    assert load_kind(PAGES, dress=newer(month, title="The month of September", related=["/about/"])).updated == []


def test_an_office_that_staff_call_by_another_name_stays_the_author():
    Contributor.objects.filter(slug="aapm-staff").update(name="The office")
    news = "/news/ask-us-anything/"

    assert load_kind(PAGES, dress=newer(news, title="Ask us.")).updated == [news]

    assert Page.objects.get(path=news).author.name == "The office"
    Contributor.objects.get(name="The office").written.update(author=None)
    Contributor.objects.filter(name="The office").delete()
    Page.objects.filter(path=news).delete()
    StarterRow.objects.filter(key=news).delete()
    assert load_kind(PAGES).added == [news]


def test_menus_and_resources_of_a_later_release():
    items = [{"title": "Home", "url": "/"}, {"title": "Gone", "url": "/nowhere-at-all/"}]
    said: list[str] = []

    assert load_kind(MENUS, said.append, newer("doors", items=items)).updated == ["doors"]
    assert load_kind(RESOURCES, dress=newer("https://www.theacpa.org/", title="ACPA")).updated == [
        "https://www.theacpa.org/"
    ]

    assert list(MenuItem.objects.filter(menu__name="doors").values_list("title", flat=True)) == ["Home"]
    assert any("/nowhere-at-all/, which does not answer" in line for line in said)
    assert Resource.objects.get(url="https://www.theacpa.org/").title == "ACPA"
