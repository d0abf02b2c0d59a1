"""Archives by year, month and day in the association's calendar, and the list of news."""

import re
from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone

from content.models import Category, Contributor, Page
from content.queries import archives
from content.views.archives import archive
from tests.content.makers import chicago, news, page

pytestmark = pytest.mark.django_db


def day_of_december(number):
    """Entries of December 14, 2018, a minute apart, the first the newest."""
    for place in range(number):
        news(f"entry-{place:02}", chicago(2018, 12, 14, 17, 0) - timedelta(minutes=place))


def test_a_day_runs_over_numbered_pages(client):
    day_of_december(14)

    shown = [
        [entry["page"].slug for entry in client.get(address).context["entries"]]
        for address in ("/2018/12/14/", "/2018/12/14/page/2/", "/2018/12/14/page/3/")
    ]

    slugs = [f"entry-{place:02}" for place in range(14)]
    assert shown == [slugs[:5], slugs[5:10], slugs[10:]]


def test_the_trail_of_a_day(client):
    day_of_december(1)

    response = client.get("/2018/12/14/")

    assert response.context["crumbs"] == [("Home", "/"), ("December 14, 2018", None)]
    assert response.context["meta"].title == "December 14, 2018"
    assert response.text.count("<h1") == 1


@pytest.mark.parametrize("address", ["/2018/", "/2018/12/", "/2018/12/14/"])
def test_year_month_and_day_hold_the_entry(client, address):
    day_of_december(1)

    assert [entry["page"].slug for entry in client.get(address).context["entries"]] == ["entry-00"]


@pytest.mark.parametrize(
    "address",
    [
        "/2017/",
        "/2018/11/",
        "/2018/12/13/",
        "/2018/12/15/",
        "/2018/13/",
        "/2018/00/",
        "/2018/02/31/",
        "/0000/",
        "/9999/",
        "/2018/12/14/page/0/",
        "/2018/12/14/page/4/",
        "/2018/12/14/page/99999999999999999999/",
        "/2018/1/",
        "/18/12/14/",
        "/20181/",
    ],
)
def test_where_there_is_nothing_there_is_no_page(client, address):
    day_of_december(14)

    assert client.get(address).status_code == 404


def test_the_first_page_has_one_address(client):
    day_of_december(6)

    response = client.get("/2018/12/14/page/1/")

    assert (response.status_code, response["Location"]) == (301, "/2018/12/14/")


@pytest.mark.parametrize(
    ("at", "address"),
    [
        (chicago(2018, 12, 14, 0, 0), "/2018/12/14/"),
        (chicago(2018, 12, 14, 23, 59, 59), "/2018/12/14/"),
        (chicago(2026, 11, 1, 1, 30), "/2026/11/01/"),  # the hour that comes twice
        (chicago(2024, 2, 29, 12, 0), "/2024/02/29/"),
        (chicago(2018, 12, 31, 23, 59, 59), "/2018/12/31/"),
    ],
)
def test_the_day_is_that_of_the_associations_clock(client, at, address):
    news("entry", at)

    assert client.get(address).status_code == 200
    assert [count for _, count in [(step.title, step.number) for step in client.get(address).context["calendar"]]] == [
        1
    ]


def test_every_kind_stands_in_the_archives_of_its_day(client):
    at = chicago(2018, 12, 14, 9, 0)
    for kind in ("page", "initiative", "news", "statement"):
        page(f"a-{kind}", kind=kind, published_at=at)
    page("a-draft", status="draft", published_at=at)
    page("ended", published_at=at, unpublish_at=at + timedelta(days=1))

    entries = client.get("/2018/12/14/").context["entries"]

    assert {entry["page"].kind for entry in entries} == {"page", "initiative", "news", "statement"}


def test_a_members_entry_shows_only_its_gate(client):
    news(
        "secret",
        chicago(2018, 12, 14, 9, 0),
        audience="members",
        summary="What it is about.",
        body="<p>CANARY-4711</p>",
    )

    for address in ("/2018/", "/2018/12/", "/2018/12/14/"):
        response = client.get(address)

        assert "CANARY-4711" not in response.text
        assert response.context["entries"][0]["body"] == ""
        assert 'class="gate gate--s"' in response.text
        assert '<a class="btn btn--s" href="/membership/join/">Join now</a>' in response.text
        assert '<a href="/accounts/login/?next=/news/secret/">Sign in to read</a>' in response.text


def test_a_short_entry_stands_in_full_and_a_long_one_as_a_summary(client):
    news("short", chicago(2018, 12, 14, 9, 0), body="<p>A few words only.</p>")
    news("long", chicago(2018, 12, 14, 8, 0), body=f"<p>{'Many words. ' * 100}</p>")

    text = client.get("/2018/12/14/").text

    assert "A few words only." in text
    assert "Many words." not in text
    assert text.count("Read on") == 1


def test_the_calendar_beside_a_month(client):
    news("one", chicago(2018, 11, 3, 9, 0))
    news("two", chicago(2018, 12, 3, 9, 0))
    news("three", chicago(2018, 12, 14, 9, 0))
    news("four", chicago(2018, 12, 14, 10, 0))
    news("five", chicago(2019, 2, 1, 9, 0))

    context = client.get("/2018/12/14/").context

    assert [(step.title, step.number, step.url, step.current) for step in context["calendar"]] == [
        ("December 3", 1, "/2018/12/03/", False),
        ("December 14", 2, "/2018/12/14/", True),
    ]
    assert (context["before"].url, context["after"].url) == ("/2018/11/", "/2019/02/")


def test_the_calendar_beside_a_year(client):
    news("one", chicago(2018, 11, 3, 9, 0))
    news("two", chicago(2018, 12, 3, 9, 0))
    news("three", chicago(2016, 1, 1, 0, 0))

    context = client.get("/2018/").context

    assert [(step.title, step.number, step.url) for step in context["calendar"]] == [
        ("November", 1, "/2018/11/"),
        ("December", 1, "/2018/12/"),
    ]
    assert (context["before"].url, context["after"]) == ("/2016/", None)


def test_an_archive_is_good_until_the_clock_changes_it():
    soon = timezone.now() + timedelta(minutes=5)
    today = timezone.localdate(soon)
    first = news("now", soon - timedelta(minutes=10))
    if timezone.localdate(first.published_at) != today:
        Page.objects.update(published_at=timezone.now())
    news("soon", soon)
    request = RequestFactory().get(f"/{today:%Y}/")
    request.user = _Nobody()

    archive(request, today.year)

    assert request.page_expires_at == soon


class _Nobody:
    """A visitor, as far as the view asks."""

    is_authenticated = is_staff = is_active = False

    def has_perm(self, *_):
        return True


def test_an_archive_costs_the_same_queries_for_one_entry_and_many(client, django_assert_num_queries):
    day_of_december(1)
    with django_assert_num_queries(5):
        client.get("/2018/12/14/")

    Page.objects.all().delete()
    day_of_december(50)

    with django_assert_num_queries(5):
        client.get("/2018/12/14/page/3/")


def test_news_holds_news_and_statements_newest_first(client):
    news("older", chicago(2018, 12, 14, 9, 0))
    news("newer", chicago(2019, 1, 1, 9, 0), kind="statement")
    page("about")

    response = client.get("/news/")

    assert [entry.path for entry in response.context["page"]] == ["/news/newer/", "/news/older/"]
    assert [step.url for step in response.context["years"]][-2:] == ["/2019/", "/2018/"]


def test_news_without_any_says_so(client):
    response = client.get("/news/")

    assert response.status_code == 200
    assert "Nothing has been published yet" in response.text


FIGURE = "<p>{loadposition figure-pacing}</p>"
LEAD = re.compile(r'<article class="lead-story">.*?</article>', re.DOTALL)


@pytest.mark.parametrize(
    ("said", "drawn"),
    [
        ({"body": FIGURE + "<p>{loadposition unity-circle}</p>"}, 'viewBox="0 0 408 328"'),
        ({"body": "<p>{loadposition unity-circle}</p>"}, 'class="emblem"'),
        ({"body": "<p>{loadposition figure-that-is-none}</p>"}, 'class="rings"'),
        ({"body": FIGURE, "audience": "members"}, 'class="rings"'),
    ],
)
def test_the_newest_is_a_lead_story_with_a_figure(client, said, drawn):
    ida = Contributor.objects.create(name="Ida van Berg", slug="ida-van-berg")
    news(
        "second",
        chicago(2026, 1, 2, 9, 0),
        author=Contributor.objects.create(name="Office", slug="office", is_person=False),
    )
    news("first", chicago(2026, 1, 3, 9, 0), title="The first", author=ida, **said)

    text = client.get("/news/").text
    (lead,) = LEAD.findall(text)

    assert [mark in lead for mark in ('viewBox="0 0 408 328"', 'class="emblem"', 'class="rings"')] == [
        mark == drawn for mark in ('viewBox="0 0 408 328"', 'class="emblem"', 'class="rings"')
    ]
    assert ">The first</a></h2>" in lead
    assert 'aria-hidden="true">IB</span>' in lead
    assert text.count("The first") == 1
    assert [author in text for author in ("/news/by/ida-van-berg/", "/news/by/office/")] == [True, True]
    assert "lead-story" not in client.get("/news/by/ida-van-berg/").text


def test_only_the_first_page_has_a_lead_story(client):
    for number in range(12):
        news(f"entry-{number}", chicago(2026, 1, 1 + number, 9, 0))

    assert len(LEAD.findall(client.get("/news/").text)) == 1
    assert LEAD.findall(client.get("/news/page/2/").text) == []


def test_news_runs_over_pages_at_a_constant_cost(client, django_assert_num_queries):
    day_of_december(1)
    with django_assert_num_queries(6):
        client.get("/news/")
    Page.objects.all().delete()
    day_of_december(50)

    with django_assert_num_queries(6):
        response = client.get("/news/page/5/")

    assert len(response.context["page"].object_list) == 10
    assert client.get("/news/page/6/").status_code == 404


def test_spans_say_their_names():
    assert [archives.span(2018).title, archives.span(2018, 12).title, archives.span(2018, 12, 4).title] == [
        "2018",
        "December 2018",
        "December 4, 2018",
    ]


def test_the_index_holds_every_year_and_month_with_its_number(client, django_assert_num_queries):
    news("one", chicago(2018, 12, 31, 23, 59, 59))
    news("two", chicago(2018, 12, 1, 0, 0))
    page("three", published_at=chicago(2016, 2, 29, 12, 0))
    news("draft", chicago(2017, 1, 1, 0, 0), status="draft")

    with django_assert_num_queries(3):
        years = client.get("/news/archive/").context["years"]

    assert [(year.step.title, year.step.url, year.step.number) for year in years] == [
        ("2018", "/2018/", 2),
        ("2016", "/2016/", 1),
    ]
    assert [[(month.title, month.url, month.number) for month in year.months] for year in years] == [
        [("December", "/2018/12/", 2)],
        [("February", "/2016/02/", 1)],
    ]


def test_the_index_costs_the_same_for_many(client, django_assert_num_queries):
    for number in range(50):
        news(f"entry-{number}", chicago(1990 + number % 25, 1 + number % 12, 3, 9, 0))

    with django_assert_num_queries(3):
        years = client.get("/news/archive/").context["years"]

    assert len(years) == 25
    assert [step.title for step in archives.years(timezone.now())] == [year.step.title for year in years]


def test_an_empty_index_says_so(client):
    assert "Nothing has been published yet" in client.get("/news/archive/").text


@pytest.fixture
def shelves():
    """Two categories; three entries, of which one is in both and one in none."""
    advocacy = Category.objects.create(name="Advocacy", slug="advocacy", description="What we ask of government.")
    practice = Category.objects.create(name="Practice", slug="practice")
    both = news("both", chicago(2026, 1, 2, 9, 0), kind="statement")
    both.categories.set([advocacy, practice])
    news("first", chicago(2026, 1, 1, 9, 0)).categories.set([advocacy])
    news("none", chicago(2026, 1, 3, 9, 0))
    return advocacy, practice


def test_a_category_holds_its_own_entries(client, shelves):
    response = client.get("/news/category/advocacy/")

    assert [entry.slug for entry in response.context["page"]] == ["both", "first"]
    assert "What we ask of government." in response.text
    assert '<a href="/news/category/practice/">Practice</a>' in response.text
    assert response.context["crumbs"] == [("Home", "/"), ("News", "/news/"), ("Advocacy", None)]
    assert client.get("/news/category/nothing/").status_code == 404


def test_an_entry_leads_to_its_categories_and_its_author(client, shelves):
    author = Contributor.objects.create(name="Lena Hart", slug="lena-hart", credentials="MD", about="A sample.")
    Page.objects.filter(slug="both").update(author=author)

    text = client.get("/news/both/").text

    assert '<a class="tag" href="/news/category/advocacy/">Advocacy</a>' in text
    assert 'By <a href="/news/by/lena-hart/" rel="author">Lena Hart, MD</a>' in text
    assert [entry.slug for entry in client.get("/news/by/lena-hart/").context["page"]] == ["both"]


def test_a_contributors_page_names_what_they_have_checked(client):
    checker = Contributor.objects.create(name="Tomas Reyes", slug="tomas-reyes", about="Checks pages.")
    page("nerve-blocks", title="Nerve blocks", reviewer=checker, reviewed_on="2026-10-02")
    page("secret", reviewer=checker, reviewed_on="2026-10-02", audience="members")
    page("draft", reviewer=checker, reviewed_on="2026-10-02", status="draft")

    response = client.get("/news/by/tomas-reyes/")

    assert [checked.title for checked in response.context["reviewed"]] == ["Nerve blocks"]
    assert "Tomas Reyes checks what others have written." in response.text


@pytest.mark.parametrize(("address", "queries"), [("/news/category/advocacy/", 6), ("/news/by/lena-hart/", 6)])
def test_shelves_cost_the_same_queries_for_one_entry_and_fifty(
    client, shelves, django_assert_num_queries, address, queries
):
    author = Contributor.objects.create(name="Lena Hart", slug="lena-hart")
    Page.objects.update(author=author)
    with django_assert_num_queries(queries):
        client.get(address)
    for number in range(50):
        news(f"entry-{number}", chicago(2025, 1, 1, 9, 0), author=author).categories.set(shelves)

    with django_assert_num_queries(queries):
        response = client.get(address)

    assert len(response.context["page"].object_list) == 10


def test_older_and_newer_within_the_archive(client):
    same = chicago(2018, 12, 14, 9, 0)
    news("c", chicago(2018, 12, 15, 9, 0))
    for slug in ("a", "b"):
        news(slug, same)
    page("no-news", published_at=same)
    news("draft", same, status="draft")
    news("first", chicago(2001, 1, 1, 0, 0), kind="statement")

    def beside(slug):
        context = client.get(f"/news/{slug}/").context
        return tuple(entry and entry.path for entry in (context["older"], context["newer"]))

    assert beside("first") == (None, "/news/a/")
    assert beside("a") == ("/news/first/", "/news/b/")
    assert beside("b") == ("/news/a/", "/news/c/")
    assert beside("c") == ("/news/b/", None)


def test_an_entry_costs_the_same_queries_alone_and_among_fifty(client, shelves, django_assert_num_queries):
    with django_assert_num_queries(6):  # a statement, which asks for its versions too
        client.get("/news/both/")
    for number in range(50):
        news(f"entry-{number}", chicago(2026, 1, 2, 9, 0)).categories.set(shelves)

    with django_assert_num_queries(6):
        client.get("/news/both/")
