"""What pages say of themselves, to readers and to machines: the same titles, dates and names in both."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from PIL import Image

from aapm_site.core.http import view_counts
from aapm_site.core.seo import SECTIONS, SOCIAL_IMAGE
from content.models import Contributor, Page
from tests.content.makers import chicago, news, page
from tests.factories import staff_user

pytestmark = pytest.mark.django_db
READER = {"user-agent": "Mozilla/5.0 Firefox/140.0"}


def blocks(text):
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    return {block["@type"]: block for block in map(json.loads, found)}


@pytest.fixture
def checker():
    return Contributor.objects.create(name="Tomas Reyes", slug="tomas-reyes", credentials="MD", about="A sample.")


def test_a_page_for_patients_says_who_has_checked_it(client, settings, checker):
    page("nerve-blocks", for_patients=True, reviewer=checker, reviewed_on="2026-10-02")

    text = client.get("/nerve-blocks/").text
    said = blocks(text)["MedicalWebPage"]

    assert 'Reviewed on <time datetime="2026-10-02">October 2, 2026</time> by' in text
    assert '<a href="/news/by/tomas-reyes/">Tomas Reyes, MD</a>' in text
    assert said["lastReviewed"] == "2026-10-02"
    assert said["audience"] == {"@type": "Patient"}
    assert said["reviewedBy"] == {
        "@type": "Person",
        "name": "Tomas Reyes",
        "url": f"{settings.SITE_ORIGIN}/news/by/tomas-reyes/",
        "honorificSuffix": "MD",
    }


@pytest.mark.parametrize(
    ("fields", "kind", "audience"),
    [
        ({}, "WebPage", None),
        ({"for_patients": True}, "MedicalWebPage", {"@type": "Patient"}),
        ({"reviewed": True}, "MedicalWebPage", {"@type": "MedicalAudience", "audienceType": "Clinician"}),
    ],
)
def test_which_pages_are_medical(client, checker, fields, kind, audience):
    review = {"reviewer": checker, "reviewed_on": "2026-10-02"} if fields.pop("reviewed", False) else {}
    page("about", **fields, **review)

    said = blocks(client.get("/about/").text)

    assert said[kind].get("audience") == audience
    assert ("lastReviewed" in said[kind]) == bool(review)


def test_news_say_the_same_to_readers_and_machines(client, settings, checker):
    made = news("entry", chicago(2026, 1, 2, 9, 0), title="A title", author=checker)
    Page.objects.filter(pk=made.pk).update(updated_at=chicago(2026, 3, 4, 12, 0))

    text = client.get("/news/entry/").text
    said = blocks(text)["NewsArticle"]

    assert (said["headline"], said["name"]) == ("A title", "A title")
    assert "A title</h1>" in text
    assert said["datePublished"] == "2026-01-02T09:00:00-06:00"
    assert '<time datetime="2026-01-02">January 2, 2026</time>' in text
    assert said["dateModified"] == "2026-03-04T12:00:00-06:00"
    assert 'Last changed on <time datetime="2026-03-04">March 4, 2026</time>' in text
    assert said["author"]["name"] == "Tomas Reyes"
    assert said["image"] == [f"{settings.SITE_ORIGIN}/static/img/social-news.png"]
    assert said["publisher"]["logo"]["url"].endswith("/static/img/icon-512.png")


def test_the_day_of_publication_is_not_said_twice(client):
    made = news("entry", chicago(2026, 1, 2, 9, 0))
    Page.objects.filter(pk=made.pk).update(updated_at=chicago(2025, 12, 30, 12, 0))

    text = client.get("/news/entry/").text

    assert "Last changed" not in text
    assert blocks(text)["NewsArticle"]["dateModified"] == "2026-01-02T09:00:00-06:00"


def test_breadcrumbs_are_the_same_to_readers_and_machines(client, settings):
    page("circle", title="The Unity Circle", parent=page("awareness"))

    trail = blocks(client.get("/awareness/circle/").text)["BreadcrumbList"]["itemListElement"]

    assert [(step["name"], step.get("item")) for step in trail] == [
        ("Home", f"{settings.SITE_ORIGIN}/"),
        ("Awareness", f"{settings.SITE_ORIGIN}/awareness/"),
        ("The Unity Circle", None),
    ]


def test_a_link_to_any_page_has_a_picture(client, settings):
    page("about")
    names = [SOCIAL_IMAGE, *(f"img/social-{name}.png" for _, name in SECTIONS)]
    for name in dict.fromkeys(names):
        with Image.open(Path(django_settings.BASE_DIR) / "static" / name) as drawn:
            assert drawn.size == (1200, 630)

    for address, picture in (
        ("/", "social"),
        ("/about/", "social"),
        ("/glossary/", "social-patients"),
        ("/news/", "social-news"),
        ("/career-center/jobs/", "social-career-center"),
        ("/membership/join/", "social-membership"),
    ):
        text = client.get(address).text
        assert f'<meta property="og:image" content="{settings.SITE_ORIGIN}/static/img/{picture}.png">' in text
        assert '<meta name="twitter:card" content="summary_large_image">' in text


def test_on_paper_the_address_stands_below_the_text(client, settings):
    page("about")

    assert f"American Academy of Pain Medicine, {settings.SITE_ORIGIN}/about/</p>" in client.get("/about/").text


@pytest.mark.parametrize(
    ("body", "wanted", "listed"),
    [
        ("<h2>A</h2><h2>B</h2><h2>C</h2>", False, 0),
        ("<h2>A</h2><h2>B</h2><h2>C</h2>", True, 3),
        ("<h2>A</h2><h2>B</h2>", True, 0),
        ("<h2>A</h2><h3>A1</h3><h2>B</h2><h2>C</h2>" + "<p>word</p>" * 600, False, 4),
        ("<h2>A</h2>" * 5, False, 5),
        ("<h3>A</h3>" * 9, True, 0),
    ],
)
def test_long_texts_list_their_headings_by_themselves(client, body, wanted, listed):
    page("about", body=body, show_toc=wanted)

    assert len(client.get("/about/").context["headings"]) == listed


def test_headings_below_a_part_are_listed_below_it(client):
    page("about", body="<h2>Care</h2><h3>Care</h3><h2>B</h2><h2>C</h2>", show_toc=True)

    response = client.get("/about/")

    assert [(heading.url, heading.level) for heading in response.context["headings"]][:2] == [
        ("#care", 2),
        ("#care-2", 3),
    ]
    assert '<h3 id="care-2">Care</h3>' in response.text
    assert '<li class="deeper"><a href="#care-2">Care</a></li>' in response.text


@pytest.mark.parametrize(("words", "shown"), [(100, ""), (500, "2 minutes to read"), (2200, "10 minutes to read")])
def test_how_long_a_text_takes(client, words, shown):
    page("about", body=f"<p>{'word ' * words}</p>")

    text = client.get("/about/").text

    assert ("minutes to read" in text) == bool(shown)
    assert shown in text


def test_how_long_a_members_text_takes_is_for_members(client):
    page("secret", audience="members", body=f"<h2>A</h2><h2>B</h2><h2>C</h2><p>{'word ' * 2200}</p>", show_toc=True)

    response = client.get("/secret/")

    assert "minutes" not in response.context
    assert "headings" not in response.context
    assert "minutes to read" not in response.text


def test_readers_are_counted_and_gates_and_previews_are_not(client):
    made, secret = page("about"), page("secret", audience="members")
    for address in ("/about/", "/about/", "/secret/", "/news/"):
        client.get(address, headers=READER)
    client.get("/about/", headers={"user-agent": "Googlebot/2.1"})

    view_counts.flush()

    assert view_counts.totals("page-view", [str(made.pk), str(secret.pk)]) == {str(made.pk): 2}


def test_readers_of_a_kept_page_are_counted_too(client, settings):
    settings.PAGE_CACHE = True
    made = page("about", published_at=chicago(2026, 1, 1, 9, 0) - timedelta(days=3))
    for _ in range(3):
        client.get("/about/", headers=READER)

    view_counts.flush()

    assert view_counts.total("page-view", str(made.pk)) == 3


def test_staff_who_preview_are_not_counted(client):
    draft = page("draft", status="draft")
    client.force_login(staff_user())

    client.get(f"/admin/content/page/{draft.pk}/preview/", headers=READER)
    view_counts.flush()

    assert view_counts.total("page-view", str(draft.pk)) == 0
