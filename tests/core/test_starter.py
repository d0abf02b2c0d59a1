"""Loading starter content: all of it at once or nothing, and never over what was there or what staff wrote."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from aapm_site.accounts.models import User
from aapm_site.core import starter
from aapm_site.core.models import StarterRow
from aapm_site.core.starter import StarterTable, load_kind, missing
from careers.models import Employer, Job, Package
from content.domain import pages
from content.models import Category, Contributor, Event, HistoryYear, Menu, MenuItem, Page, Question, Resource, Term
from content.starter import PAGES
from membership.journal.models import Article
from membership.models import Group, Membership, Plan

pytestmark = pytest.mark.django_db

COUNTED = (Page, Menu, MenuItem, Term, Resource, Category, Contributor, Package, Plan, HistoryYear)
NOT_THERE = (
    "/career-center/",
    "/what-is-pain-medicine/",
    "/pain-awareness/",
    "/pain-awareness/unity-circle/",
    "/2018/12/14/",
    "/2018/",
    "/about/",
    "/membership/",
    "/privacy/",
)


def load() -> list[str]:
    out = StringIO()
    call_command("load_starter_content", stdout=out)
    return out.getvalue().splitlines()


def counts() -> list[int]:
    return [model.objects.count() for model in COUNTED]


@pytest.fixture(autouse=True)
def production(settings):
    settings.DEMO = False


@pytest.mark.parametrize("address", NOT_THERE)
def test_an_empty_site_does_not_have_it(address, client):
    assert client.get(address).status_code == 404


def test_an_empty_database_gets_all_of_it_and_nothing_of_the_demonstration():
    said = load()

    assert counts() == [54, 4, 87, 44, 30, 8, 5, 6, 8, 6]
    assert "Pages and news: 54 added, 0 brought up to date, 0 as they were loaded." in said
    assert not [line for line in said if line.startswith("  ") and "/ask/" not in line]
    for model in (User, Employer, Job, Membership, Group, Article, Question, Event):
        assert not model.objects.exists(), model
    assert not Contributor.objects.filter(is_person=True).exists()
    assert missing() == 0


def test_what_stood_there_before_is_left_alone():
    own = pages.save_page(Page(slug="about", title="Our own", summary="Words."))
    Term.objects.create(name="Taper", slug="tapering", definition="Our own words.")

    said = load()

    assert Page.objects.get(path="/about/") == own
    assert "  Left alone, since it was there before: /about/" in said
    assert "  Left alone, since it was there before: taper" in load()
    assert (Page.objects.count(), Term.objects.count()) == (54, 44)


def test_a_page_whose_place_is_gone_is_left_out():
    Page.objects.filter(path="/pain-awareness/").delete()
    kept = [entry for entry in PAGES.entries() if entry.key != "/pain-awareness/"]
    entry = next(entry for entry in kept if entry.key == "/pain-awareness/unity-circle/")

    assert PAGES.make([entry]) == {}


# A later release ------------------------------------------------------------------------------------------------------
def words(*definitions: str) -> StarterTable[Term]:
    """A kind of the test's own, of so many words."""
    rows = [{"name": f"word {n}", "slug": f"word-{n}", "definition": text} for n, text in enumerate(definitions)]
    return StarterTable("test-words", "Words", order=1, model=Term, key="slug", read=lambda: rows)


def test_a_later_release_brings_up_to_date_what_nobody_has_touched():
    load_kind(words("First.", "Second."))
    Term.objects.filter(slug="word-1").update(definition="Staff's own.")

    report = load_kind(words("First, better.", "Second, better.", "Third."))

    assert list(
        Term.objects.filter(slug__startswith="word-").order_by("slug").values_list("definition", flat=True)
    ) == [
        "First, better.",
        "Staff's own.",
        "Third.",
    ]
    assert (report.updated, report.changed, report.added) == (["word-0"], ["word-1 (definition)"], ["word-2"])
    again = load_kind(words("First, better.", "Second, better.", "Third."))
    assert (again.same, again.changed) == (["word-0", "word-2"], ["word-1 (definition)"])


# Where it is loaded ---------------------------------------------------------------------------------------------------
def test_the_demonstration_is_not_overwritten(settings):
    settings.DEMO = True

    with pytest.raises(CommandError, match="Set DATABASE_URL"):
        load()
    assert not StarterRow.objects.exists()


def test_every_kind_ships_every_key_once():
    for kind in starter.starter_kinds:
        keys = [entry.key for entry in kind.entries()]
        assert keys, kind.name
        assert len(keys) == len(set(keys)), kind.name


def test_a_failure_loads_nothing():
    rows = [{"slug": "a"}, {"slug": "b"}]
    broken = StarterTable("broken", "Broken", order=1, model=Term, key="slug", read=lambda: rows)

    with pytest.raises(Exception, match="content_term_once"):
        load_kind(broken)
    assert not Term.objects.exists()
