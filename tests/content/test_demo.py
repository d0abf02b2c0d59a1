"""The demonstration content: complete, repeatable, and never over what staff have written."""

import re

import pytest
from django.utils import timezone

from content import demo
from content.domain import pages
from content.models import Category, Contributor, Menu, MenuItem, Page, Term
from content.queries.terms import all_terms
from content.starter import pages as starter_pages
from content.states import NEWS_KINDS
from content.text.readability import grade

pytestmark = pytest.mark.django_db


@pytest.fixture
def said():
    lines = []
    demo.load(lines.append)
    return lines


def test_it_fills_the_site_and_the_archive_day(said, client):
    assert Page.objects.published(timezone.now()).exclude(kind__in=NEWS_KINDS).count() >= 14
    assert Page.objects.published(timezone.now()).news().count() >= 44
    first = client.get("/2018/12/14/")
    assert (first.context["page"].paginator.count, first.context["page"].paginator.num_pages) == (14, 3)
    assert client.get("/2018/12/14/page/3/").status_code == 200
    titles = [entry["page"].title for entry in first.context["entries"]]
    assert titles[:4] == [
        "What is pain medicine?",
        "Career Center",
        "Pain awareness initiatives",
        "Pain Medicine Journal",
    ]
    assert [entry["readable"] for entry in first.context["entries"]] == [True, True, True, False, True]


def test_every_page_of_it_opens_and_every_link_of_its_menus_answers(said, client):
    addresses = [
        *Page.objects.values_list("path", flat=True),
        *MenuItem.objects.exclude(url="").values_list("url", flat=True),
    ]

    answers = {address: client.get(address).status_code for address in addresses}

    assert len(answers) > 60
    assert {address: code for address, code in answers.items() if code not in (200, 302)} == {}


def test_every_address_in_its_texts_answers(said, client):
    wanted = {
        link.split("#")[0]
        for body in Page.objects.values_list("body", flat=True)
        for link in re.findall(r'href="(/[^"]*)"', body)
    }

    assert {link: code for link in wanted if (code := client.get(link).status_code) not in (200, 302)} == {}


def test_running_it_again_changes_nothing_and_keeps_what_staff_wrote(said):
    about = Page.objects.get(path="/about/")
    about.title = "Written by staff"
    pages.save_page(about)
    MenuItem.objects.filter(menu__name="main").first().delete()
    before = (Page.objects.count(), MenuItem.objects.count(), Menu.objects.count())

    demo.load(lambda line: None)

    assert (Page.objects.count(), MenuItem.objects.count(), Menu.objects.count()) == before
    assert Page.objects.get(path="/about/").title == "Written by staff"


def test_every_page_for_patients_has_been_checked_by_a_named_person(said):
    checked = Page.objects.filter(for_patients=True)

    assert checked.count() >= 8
    assert not checked.filter(reviewer=None).exists()
    assert {"/what-is-pain-medicine/nerve-blocks/", "/what-is-pain-medicine/", "/patient-resources/"} <= set(
        checked.values_list("path", flat=True)
    )
    assert not Contributor.objects.filter(is_person=True).exclude(about__startswith="Sample contributor").exists()
    assert not Contributor.objects.filter(about="").exists()


def test_patients_can_read_what_is_written_for_them(said):
    grades = {page.path: grade(page.body) for page in Page.objects.filter(for_patients=True)}

    assert {path: found for path, found in grades.items() if found is None or found > 8} == {}


def test_all_news_stand_on_a_shelf_and_no_shelf_is_empty(said):
    assert not Page.objects.news().filter(categories=None).exists()
    assert Category.objects.count() == Category.objects.filter(pages__isnull=False).distinct().count() == 8


def test_the_glossary_is_whole(said):
    terms = all_terms()
    words = [word.casefold() for term in terms for word in term.words]

    assert len(terms) >= 40
    assert len(words) == len(set(words))
    for term in Term.objects.all():
        term.full_clean()
        assert term.definition.endswith(".")


def test_a_visitor_learns_what_a_nerve_block_is_where_the_word_stands(said, client):
    text = client.get("/what-is-pain-medicine/").text

    assert 'popovertarget="word-nerve-block">nerve block</button>' in text
    assert 'popovertarget="word-local-anesthetic"' in client.get("/what-is-pain-medicine/nerve-blocks/").text


def test_what_staff_have_renamed_is_not_made_again(said):
    Contributor.objects.filter(slug="aapm-staff").update(name="The office")
    Category.objects.filter(slug="advocacy").update(slug="policy")
    Term.objects.filter(slug="taper").delete()
    before = (Contributor.objects.count(), Category.objects.count(), Term.objects.count())

    demo.load(lambda line: None)

    assert (Contributor.objects.count(), Category.objects.count(), Term.objects.count()) == before


@pytest.mark.parametrize(
    ("text", "why"),
    [("<p>No front matter</p>", "between two lines"), ("+++\ntitle = \n+++\n<p>x</p>", "Invalid value")],
)
def test_a_broken_file_is_named(tmp_path, monkeypatch, text, why):
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "broken.html").write_text(text)
    monkeypatch.setattr(starter_pages, "FOLDER", tmp_path)

    with pytest.raises(ValueError, match=rf"broken\.html: .*{why}"):
        demo.load(lambda line: None)
