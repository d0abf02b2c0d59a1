"""The demonstration content: complete, repeatable, and never over what staff have written."""

import re
import tomllib
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from content import demo
from content.domain import pages
from content.models import Category, Contributor, Menu, MenuItem, Page, Resource, Term
from content.queries.terms import all_terms
from content.starter import pages as starter_pages
from content.states import NEWS_KINDS
from content.text.readability import grade
from tests.content.makers import chicago
from tests.once import once_a_file

pytestmark = pytest.mark.django_db

CONDITION_PARTS = ["What it is", "When to seek care at once", "What helps", "Questions to bring", "Sources"]


def table_of_questions():
    return tomllib.loads((demo.FOLDER / "answers.toml").read_text(encoding="utf-8"))["questions"]


loaded = once_a_file(lambda: demo.load(lambda line: None))


def test_it_fills_the_site_and_the_archive_day(loaded, client):
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


def test_every_page_of_it_opens_and_every_link_of_its_menus_answers(loaded, client):
    addresses = [
        *Page.objects.values_list("path", flat=True),
        *MenuItem.objects.exclude(url="").values_list("url", flat=True),
    ]

    answers = {address: client.get(address).status_code for address in addresses}

    assert len(answers) > 60
    assert {address: code for address, code in answers.items() if code not in (200, 302)} == {}


def test_every_address_in_its_texts_answers(loaded, client):
    wanted = {
        link.split("#")[0]
        for body in Page.objects.values_list("body", flat=True)
        for link in re.findall(r'href="(/[^"]*)"', body)
    }

    # The answers of the demonstration are loaded after its pages.
    answers = {f"/answers/{asked['answer']['slug']}/" for asked in table_of_questions() if "answer" in asked}
    assert {link: code for link in wanted - answers if (code := client.get(link).status_code) not in (200, 302)} == {}


def test_conditions_procedures_and_answers_lead_to_one_another(loaded):
    bodies = dict(Page.objects.values_list("path", "body"))
    bodies |= {
        f"/answers/{asked['answer']['slug']}/": asked["answer"]["body"]
        for asked in table_of_questions()
        if "answer" in asked
    }
    procedures, blocks = "/what-is-pain-medicine/procedures/", "/what-is-pain-medicine/nerve-blocks/"
    conditions = [path for path in bodies if path.startswith("/conditions/") and path != "/conditions/"]

    for one, other in (
        (blocks, "/answers/what-does-a-nerve-block-feel-like/"),
        (procedures, blocks),
        ("/conditions/nerve-pain/", "/answers/an-antidepressant-for-nerve-pain/"),
        ("/conditions/back-pain/", "/answers/the-scan-shows-nothing/"),
        ("/conditions/complex-regional-pain-syndrome/", blocks),
    ):
        assert f'href="{other}"' in bodies[one]
        assert f'href="{one}"' in bodies[other]
    assert 'href="/glossary/#nerve-block"' in bodies[blocks]
    assert len(conditions) == 10
    for path in conditions:
        assert re.findall(r"<h2>(.*?)</h2>", bodies[path]) == CONDITION_PARTS
        assert 'href="tel:911"' in bodies[path]
        sources = bodies[path].split("<h2>Sources</h2>")[1]
        assert 1 < len(re.findall(r'href="https://[a-z.]+\.(?:gov|uk|org)/', sources)) <= 4


def test_nothing_of_the_career_center_stands_beside_what_patients_read(loaded):
    beside = Page.objects.filter(recommended_in__page__for_patients=True)

    assert beside.exists()
    assert not beside.filter(path__startswith="/career-center/").exists()
    assert 'href="/career-center/"' in Page.objects.get(path="/what-is-pain-medicine/").body


def test_the_purpose_is_said_in_full_where_pain_awareness_begins(loaded, client):
    home, awareness = client.get("/").text, client.get("/pain-awareness/").text

    for text in (home, awareness):
        assert "improve the health of people in pain, and to end pain as a major public-health" in " ".join(
            text.split()
        )
    assert 'href="https://www.theacpa.org/"' in awareness
    assert client.get("/about/foundation/").status_code == 200


def test_the_emblem_stands_beside_its_entry_in_the_archive(loaded, client):
    first, second = client.get("/2018/12/14/").text, client.get("/2018/12/14/page/2/").text

    assert (first.count('class="emblem"'), second.count('class="emblem"')) == (1, 0)


def test_running_it_again_changes_nothing_and_keeps_what_staff_wrote(loaded):
    about = Page.objects.get(path="/about/")
    about.title = "Written by staff"
    pages.save_page(about)
    MenuItem.objects.filter(menu__name="main").first().delete()
    before = (Page.objects.count(), MenuItem.objects.count(), Menu.objects.count(), Resource.objects.count())

    demo.load(lambda line: None)

    assert (Page.objects.count(), MenuItem.objects.count(), Menu.objects.count(), Resource.objects.count()) == before
    assert Page.objects.get(path="/about/").title == "Written by staff"


def test_every_page_for_patients_has_been_checked_by_a_named_person(loaded):
    checked = Page.objects.filter(for_patients=True)

    assert checked.count() >= 8
    assert not checked.filter(reviewer=None).exists()
    assert {"/what-is-pain-medicine/nerve-blocks/", "/what-is-pain-medicine/", "/patient-resources/"} <= set(
        checked.values_list("path", flat=True)
    )
    assert not Contributor.objects.filter(is_person=True).exclude(about__startswith="Sample contributor").exists()
    assert not Contributor.objects.filter(about="").exists()


def test_no_page_is_older_than_what_it_leads_to_or_newer_than_its_check(loaded):
    rows = {page.path: page for page in Page.objects.filter(status="published").exclude(kind__in=NEWS_KINDS)}
    pages_of_the_tree = [page for page in rows.values() if not page.is_rooted]
    led = {(page.path, to) for page in pages_of_the_tree for to in re.findall(r'href="(/[^"#?]*)', page.body)}
    led = {(path, to) for path, to in led if to in rows}

    assert len(led) > 60
    assert [(path, to) for path, to in led if rows[path].changed_at < rows[to].published_at] == []
    checked = [page for page in rows.values() if page.reviewed_on]
    assert [page.path for page in checked if timezone.localdate(page.changed_at) > page.reviewed_on] == []
    assert [page.path for page in rows.values() if page.changed_at > timezone.now() - timedelta(hours=1)] == []
    answers = Page.objects.filter(kind="answer")
    assert [page.path for page in answers if page.updated_at != page.published_at] == []


def test_patients_can_read_what_is_written_for_them(loaded):
    grades = {page.path: grade(page.body) for page in Page.objects.filter(for_patients=True)}

    assert {path: found for path, found in grades.items() if found is None or found > 8} == {}


def test_all_news_stand_on_a_shelf_and_no_shelf_is_empty(loaded):
    assert not Page.objects.news().filter(categories=None).exists()
    assert Category.objects.count() == Category.objects.filter(pages__isnull=False).distinct().count() == 8


def test_the_glossary_is_whole(loaded):
    terms = all_terms()
    words = [word.casefold() for term in terms for word in term.words]

    assert len(terms) >= 40
    assert len(words) == len(set(words))
    for term in Term.objects.all():
        term.full_clean()
        assert term.definition.endswith(".")


def test_a_visitor_learns_what_a_nerve_block_is_where_the_word_stands(loaded, client):
    text = client.get("/what-is-pain-medicine/").text

    assert 'popovertarget="word-nerve-block">nerve block</button>' in text
    assert 'popovertarget="word-local-anesthetic"' in client.get("/what-is-pain-medicine/nerve-blocks/").text


def test_what_staff_have_renamed_is_not_made_again(loaded):
    Contributor.objects.filter(slug="aapm-staff").update(name="The office")
    Category.objects.filter(slug="advocacy").update(slug="policy")
    Term.objects.filter(slug="taper").delete()
    before = (Contributor.objects.count(), Category.objects.count(), Term.objects.count())

    demo.load(lambda line: None)

    assert (Contributor.objects.count(), Category.objects.count(), Term.objects.count()) == before


def test_the_resources_are_whole_and_lead_to_front_doors(loaded, client):
    rows = list(Resource.objects.all())

    assert len(rows) == 30
    assert {row.language for row in rows} == {"en", "es"}
    assert all(re.fullmatch(r"https://[a-z0-9.]+/(spanish/)?", row.url) for row in rows)
    assert client.get("/patient-resources/").context["count"] == 30


def test_the_awareness_month_shows_its_recap_and_counts_down_to_next_year(loaded, client):
    month = Page.objects.get(slug="pain-awareness-month")

    with time_machine.travel(chicago(2026, 11, 23, 9, 0), tick=False):
        autumn = client.get(month.path).text
    with time_machine.travel(chicago(2027, 9, 8, 9, 0), tick=False):
        during = client.get(month.path).text

    assert "This recap is a sample" in autumn
    assert "It comes back on" in autumn
    assert "American Chronic Pain Association" in autumn
    assert "Day 8 of 30" in during
    assert "This recap is a sample" not in during


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
