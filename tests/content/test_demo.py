"""The demonstration content: complete, repeatable, and never over what staff have written."""

import re

import pytest
from django.utils import timezone

from content import demo
from content.domain import pages
from content.models import Menu, MenuItem, Page
from content.states import NEWS_KINDS

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
    pages.save(about)
    MenuItem.objects.filter(menu__name="main").first().delete()
    before = (Page.objects.count(), MenuItem.objects.count(), Menu.objects.count())

    demo.load(lambda line: None)

    assert (Page.objects.count(), MenuItem.objects.count(), Menu.objects.count()) == before
    assert Page.objects.get(path="/about/").title == "Written by staff"


@pytest.mark.parametrize(
    ("text", "why"),
    [("<p>No front matter</p>", "between two lines"), ("+++\ntitle = \n+++\n<p>x</p>", "Invalid value")],
)
def test_a_broken_file_is_named(tmp_path, monkeypatch, text, why):
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "broken.html").write_text(text)
    monkeypatch.setattr(demo, "FOLDER", tmp_path)

    with pytest.raises(ValueError, match=rf"broken\.html: .*{why}"):
        demo.load(lambda line: None)
