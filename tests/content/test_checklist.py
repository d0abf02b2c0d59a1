"""What the form tells an editor: what is missing, what happens when, how hard it reads."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from content.models import Contributor
from content.presenters.checklist import checklist, plan
from tests.content.makers import CHICAGO, page
from tests.factories import staff_client

pytestmark = pytest.mark.django_db


EASY = "<p>" + "Pain is real. You can get help. " * 6 + "</p>"
HARD = "<p>" + "multidisciplinary rehabilitation " * 40 + "</p>"


def missing(made):
    return " ".join(checklist(made, timezone.now()).missing)


def test_a_whole_page_misses_nothing():
    ida = Contributor.objects.create(name="Ida", slug="ida")
    made = page(
        "about",
        description="What it is.",
        body='<p>Pain is real. <img src="/media/a.webp" alt="A nerve"> <a href="/news/">News</a></p>',
        for_patients=True,
        reviewer=ida,
        reviewed_on=timezone.localdate(),
    )

    assert checklist(made, timezone.now()).missing == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"description": ""}, "no description"),
        ({"body": '<p><img src="/media/a.webp"><img src="/media/b.webp"></p>'}, "Pictures 1 and 2 of the text have no"),
        ({"body": ""}, "no text yet"),
        ({"for_patients": True}, "nobody has checked"),
        ({"body": '<p><a href="/not-there/">x</a></p>'}, "A link leads to /not-there/"),
        (
            {"for_patients": True, "body": HARD},
            "It reads like grade",
        ),
    ],
)
def test_what_is_missing_is_said(fields, said):
    whole = {"description": "What it is.", "body": "<p>Text</p>"}

    assert said in missing(page("about", **{**whole, **fields}))


@pytest.mark.parametrize(
    ("fields", "heading", "praise"),
    [
        (
            {"status": "draft", "for_patients": True, "body": EASY},
            "Before you publish",
            "which is plain enough for patients.",
        ),
        ({"for_patients": True, "body": HARD}, "How it stands", ""),
        ({"body": EASY}, "How it stands", ""),
    ],
)
def test_a_plain_text_for_patients_is_praised(fields, heading, praise):
    found = checklist(page("about", **fields), timezone.now())

    assert found.heading == heading
    assert found.praise.endswith(praise)
    assert bool(found.praise) == bool(praise)


def test_an_old_check_is_named_by_its_day():
    ida = Contributor.objects.create(name="Ida", slug="ida")

    assert "Its medical check of January 5, 2020" in missing(page("a", reviewer=ida, reviewed_on=date(2020, 1, 5)))


NOW = datetime(2026, 7, 1, 12, tzinfo=CHICAGO)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"status": "draft", "published_at": None}, "Press “Publish now” and everybody can read it at once."),
        ({"status": "draft", "published_at": NOW + timedelta(days=1)}, "on July 2, 2026, noon (CDT) everybody"),
        ({"status": "scheduled", "published_at": NOW + timedelta(days=1)}, "goes public by itself on July 2, 2026"),
        ({"audience": "members", "published_at": NOW - timedelta(days=1)}, "It is public for members."),
        (
            {"published_at": NOW - timedelta(days=9), "unpublish_at": NOW + timedelta(days=180)},
            "It ends by itself on December 28, 2026, noon (CST).",
        ),
        ({"published_at": NOW - timedelta(days=9), "unpublish_at": NOW - timedelta(days=1)}, "Its publication ended"),
    ],
)
def test_what_happens_when_is_said_in_the_associations_zone(fields, said):
    assert said in plan(page("about", **fields), NOW)


def test_it_stands_above_the_form():
    made = page("about", status="draft", published_at=None)
    shown = staff_client("Content editor").get(f"/admin/content/page/{made.pk}/change/").text

    assert "Before you publish" in shown
    assert "There is no text yet." in shown


def test_the_front_page_begins_with_the_editors_tasks():
    shown = staff_client("Content editor").get("/admin/").text

    for words in ("Write a page", "Write news", "Answer questions", "See what is scheduled", "Look after old pages"):
        assert words in shown
    assert "Write a page" not in staff_client("Finance").get("/admin/").text
