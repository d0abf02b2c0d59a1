"""The journal's pages: what they show, in which order, at what cost; addresses that last."""

import json
import re

import pytest
from django.db import connection
from django.http import HttpRequest
from django.test.utils import CaptureQueriesContext
from django.utils import dateformat
from lxml import html

from aapm_site.core import positions
from aapm_site.core.cache import page_cache
from membership.journal.domain.articles import make_slug
from membership.journal.models import Article, ArticleType, Issue
from membership.journal.presenters.articles import Interests, author_line, interests_of
from membership.journal.seo.citation import ama, cited_work

from ..factories import day, make_article, make_figure, make_issue, make_member

pytestmark = pytest.mark.django_db


def queries_on_membership(client, address: str) -> int:
    """How often a page asks membership's tables; menus and sessions are others' affairs."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return sum(' FROM "membership_' in query["sql"] for query in captured)


def kind(slug: str) -> ArticleType:
    return ArticleType.objects.get(slug=slug)


@pytest.mark.parametrize("number", [1, 3])
def test_what_pages_cost_does_not_grow_with_what_they_show(client, number):
    issue = make_issue()
    articles = [make_article(issue, title=f"Article {place}") for place in range(number)]
    for place in range(number):
        make_figure(articles[0], key=f"fig{place}")
        make_issue(published_on=day(-50 - place))

    # article, authors, notices, how much lies behind the gate, its neighbors; what all articles share: collections
    # and subjects
    assert queries_on_membership(client, articles[0].get_absolute_url()) == 7
    # all issues, the next boundary, the articles of this one; the journal's own page asks for advance, chosen and
    # most read ones, collections and subjects
    assert queries_on_membership(client, issue.get_absolute_url()) == 3
    assert queries_on_membership(client, "/journal/") == 9
    assert queries_on_membership(client, "/journal/advance/") == 2
    assert queries_on_membership(client, "/journal/issues/") == 2


@pytest.mark.parametrize("number", [1, 3])
def test_a_member_costs_the_terms_and_the_text_with_its_figures(client, number):
    article = make_article()
    for place in range(number):
        make_figure(article, key=f"fig{place}")
    client.force_login(make_member((-10, 100)))

    assert queries_on_membership(client, article.get_absolute_url()) == 9


def test_contents_stand_by_type_then_page_with_locks_for_visitors(client):
    issue = make_issue()
    make_article(issue, title="Second paper", type=kind("original-research"), first_page=20, last_page=29)
    make_article(issue, title="First paper", type=kind("original-research"), first_page=4, last_page=19)
    make_article(issue, title="The forum", type=kind("resident-and-fellow-forum"), first_page=1, last_page=3)
    make_article(issue, title="From the editor", type=kind("editorial"), first_page=90, last_page=91, free_to_read=True)

    visitor = client.get(issue.get_absolute_url()).content.decode()
    client.force_login(make_member((-10, 100)))
    member = client.get(issue.get_absolute_url()).content.decode()

    titles = ["From the editor", "First paper", "Second paper", "The forum"]
    assert re.findall(r"<h3[^>]*>\s*<a [^>]*>([^<]+)</a>", visitor) == titles
    assert visitor.count("Abstract for all, full text for members") == 3
    assert visitor.count("Free for everybody") == 1
    assert "Pages 4–19" in visitor
    assert member.count("full text for members") == 0
    assert member.count(f"Open to you as a member until {dateformat.format(day(100), 'F j, Y')}") == 3


def test_contents_leave_open_to_a_former_member_what_came_out_during_a_term(client):
    issue = make_issue(published_on=day(-300))
    make_article(issue, title="Came out then", published_on=day(-250))
    make_article(issue, title="Came out later", published_on=day(-20))
    client.force_login(make_member((-400, -200)))

    content = client.get(issue.get_absolute_url()).content.decode()

    then, later = (content.index(f">{title}</a>") for title in ("Came out then", "Came out later"))
    first, second = sorted((then, later))
    words = {first: content[first:second], second: content[second:]}
    assert ("Open to you" in words[then], "full text for members" in words[then]) == (True, False)
    assert ("Open to you" in words[later], "full text for members" in words[later]) == (False, True)


def test_neighbors_follow_the_order_of_the_contents(client):
    issue = make_issue()
    first, second, third = (
        make_article(issue, title=f"Number {page}", first_page=page, last_page=page) for page in (1, 5, 9)
    )

    content = client.get(second.get_absolute_url()).content.decode()

    assert f'href="{first.get_absolute_url()}" rel="prev"' in content
    assert f'href="{third.get_absolute_url()}" rel="next"' in content
    assert 'rel="prev"' not in client.get(first.get_absolute_url()).content.decode()


def test_addresses_of_an_issue(client):
    issue = make_issue(volume=27, number=9, published_on="2026-09-01")

    assert Issue.objects.get().get_absolute_url() == "/journal/27-9/september-2026/"
    for address in ("/journal/27-9/", "/journal/27-9/wrong/"):
        response = client.get(address)
        assert (response.status_code, response["Location"]) == (301, "/journal/27-9/september-2026/")
    assert client.get("/journal/27-10/").status_code == 404
    assert client.get(f"/journal/{10**12}-1/").status_code == 404
    assert issue.drawing == 27 * 12 + 9


@pytest.mark.parametrize("ending", ["", "/"])
def test_a_doi_leads_to_the_article_whatever_its_case(client, ending):
    article = make_article(doi="10.5555/PM.2026.0801")

    response = client.get(f"/journal/doi/10.5555/pm.2026.0801{ending}")

    assert (response.status_code, response["Location"]) == (301, article.get_absolute_url())
    assert client.get("/journal/doi/10.5555/none").status_code == 404
    assert client.get("/journal/doi/%00").status_code == 404


def test_a_slug_is_made_once_from_the_doi_or_a_number():
    article = make_article(doi="10.5555/pm.2026.0801")
    other_prefix = make_article(doi="10.6666/pm.2026.0801")
    without = make_article(doi=None)

    article.doi = "10.5555/changed"
    article.save()

    assert article.slug == "pm-2026-0801"
    assert other_prefix.slug == "10-6666-pm-2026-0801"
    assert without.slug.isdigit()
    assert make_slug("") != make_slug("")


AUTHORS = [
    {"given_name": "Lena", "family_name": "Okafor", "affiliation": "Clinic A", "orcid": "0000-0002-1825-0097"},
    {"given_name": "Jean-Luc M.", "family_name": "Rivera", "affiliation": "Clinic B"},
    {"given_name": "", "family_name": "The Sleep Group", "affiliation": "Clinic A"},
]  # fmt: skip


def citation(article) -> str:
    return ama(cited_work(article, article.issue))


def cited():
    issue = make_issue(volume=25, number=6, published_on="2024-05-01")
    return make_article(
        issue, AUTHORS, title="Positions and applicants", doi="10.5555/pnae026", published_on="2024-05-03",
        first_page=374, last_page=379,
    )  # fmt: skip


def test_the_citation_has_the_journals_form():
    article = cited()
    article.refresh_from_db()

    assert citation(article) == (
        "Okafor L, Rivera JLM; The Sleep Group. Positions and applicants. "
        "Pain Med. 2024 May 3;25(6):374-379. doi:10.5555/pnae026"
    )


def test_a_question_keeps_its_mark_and_many_authors_become_three():
    authors = [{"given_name": "A", "family_name": f"Author{place}"} for place in range(7)]
    article = make_article(authors=authors, title="Who speaks first?", first_page=None, last_page=None, doi=None)

    assert citation(article).startswith("Author0 A, Author1 A, Author2 A, et al. Who speaks first? Pain Med.")
    assert ":" not in citation(article).split("Pain Med.")[1]


def test_meta_tags_name_each_author_with_what_is_theirs_and_no_address(client):
    article = cited()

    content = client.get(article.get_absolute_url()).content.decode()
    tags = re.findall(r'<meta name="(citation_[a-z_]+)" content="([^"]*)">', content)

    assert tags[:7] == [
        ("citation_title", "Positions and applicants"),
        ("citation_author", "Okafor, Lena"),
        ("citation_author_institution", "Clinic A"),
        ("citation_author_orcid", "0000-0002-1825-0097"),
        ("citation_author", "Rivera, Jean-Luc M."),
        ("citation_author_institution", "Clinic B"),
        ("citation_author", "The Sleep Group"),
    ]
    named = dict(tags)
    assert named["citation_publication_date"] == "2024/05/03"
    assert (named["citation_firstpage"], named["citation_lastpage"]) == ("374", "379")
    assert (named["citation_volume"], named["citation_issue"]) == ("25", "6")
    assert named["citation_doi"] == "10.5555/pnae026"
    assert "@" not in str(tags)


def test_structured_data_of_an_article(client):
    article = cited()

    content = client.get(article.get_absolute_url()).content.decode()
    blocks = [
        json.loads(block) for block in re.findall(r'<script type="application/ld\+json">(.*?)</script>', content, re.S)
    ]
    (data,) = [block for block in blocks if block["@type"] == "ScholarlyArticle"]

    assert data["headline"] == "Positions and applicants"
    assert [author["name"] for author in data["author"]] == ["Lena Okafor", "Jean-Luc M. Rivera", "The Sleep Group"]
    assert data["isPartOf"]["isPartOf"]["isPartOf"]["issn"] == ["1526-2375", "1526-4637"]
    assert data["identifier"]["value"] == "10.5555/pnae026"
    assert "body" not in json.dumps(data).lower().replace("nobody", "")


def test_the_byline_follows_the_authors():
    assert cited().byline == "Lena Okafor, Jean-Luc M. Rivera, The Sleep Group"


def test_an_empty_journal_says_so(client):
    for address in ("/journal/", "/journal/issues/"):
        assert "is being prepared" in client.get(address).content.decode()


def test_the_latest_issue_as_a_position(rf):
    issue = make_issue(published_on=day(-1))
    for page in range(1, 6):
        make_article(issue, title=f"Paper {page}", first_page=page, last_page=page)
    make_issue(published_on=day(40))
    request: HttpRequest = rf.get("/")

    shown = positions.render("latest-issue", request)

    assert re.findall(r">(Paper \d)<", shown) == ["Paper 1", "Paper 2", "Paper 3"]
    assert issue.get_absolute_url() in shown
    assert re.findall(r">(Paper \d)<", positions.render("latest-issue", request, limit="1")) == ["Paper 1"]
    # the next issue changes the page at midnight of its day
    assert request.__dict__["page_expires_at"].date().isoformat() >= day(39).isoformat()


def test_a_page_of_the_journal_is_dropped_when_a_title_changes(client, settings):
    settings.PAGE_CACHE = True
    article = make_article(title="Before")
    assert "Before" in client.get(article.get_absolute_url()).content.decode()

    article.title = "After"
    article.save()
    page_cache.pages.asked = 0  # a second later

    assert "After" in client.get(article.get_absolute_url()).content.decode()


def test_the_sitemap_lists_what_is_out(client):
    article, later = make_article(), make_article(published_on=day(9))

    listed = client.get("/sitemap-articles.xml").content.decode()

    assert article.get_absolute_url() in listed
    assert later.get_absolute_url() not in listed
    assert article.issue.get_absolute_url() in client.get("/sitemap-issues.xml").content.decode()


# Many authors, many places, and what is said once ---------------------------------------------------------------------
def test_each_place_of_an_author_has_a_number_of_its_own():
    article = make_article(
        authors=[
            {"given_name": "A", "family_name": "One", "affiliation": "Clinic A; Clinic B"},
            {"given_name": "B", "family_name": "Two", "affiliation": "Clinic B"},
        ]
    )

    found = author_line(article)

    assert [(one.name, one.places) for one in found.names] == [("A One", "1, 2"), ("B Two", "2")]
    assert found.places == ((1, "Clinic A"), (2, "Clinic B"))
    assert not found.has_many_places


def test_of_many_authors_the_first_stand_in_the_line_and_the_rest_open_at_a_press(client):
    authors = [
        {"given_name": "A", "family_name": f"Author{place}", "affiliation": f"Clinic {place}"} for place in range(15)
    ]
    page = client.get(make_article(authors=authors).get_absolute_url()).content.decode()
    tree = html.fromstring(page)

    assert [" ".join(one.text_content().split()) for one in tree.xpath("//summary[parent::*[@class='unfolds']]")] == [
        "5 more authors", "15 affiliations",
    ]  # fmt: skip
    inside = tree.xpath("//details[@class='unfolds'][1]//p[@class='authors']/a")
    assert [one.text for one in inside] == [f"A Author{place}" for place in range(10, 15)]
    assert len(tree.xpath("//p[@class='authors']/a")) == 15
    assert 'name="citation_author_institution" content="Clinic 14"' in page


@pytest.mark.parametrize(
    ("headings", "found"),
    [
        ((), Interests("The Fund.", "None.")),
        (("Methods", "Funding"), Interests("", "None.")),
        (("Competing interests", "Author contributions"), Interests("The Fund.", "")),
        (("Funding and conflicts of interest",), Interests("", "")),
    ],
)
def test_what_the_text_says_under_a_heading_of_its_own_is_not_said_again(headings, found):
    assert interests_of(Article(funding="The Fund.", conflicts="None."), headings) == found
