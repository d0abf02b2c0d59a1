"""What becomes of the entries of an export: kinds, places, addresses, dates, states, authors, categories."""

import json
from datetime import UTC, datetime

import pytest
from django.utils import timezone

from content.models import Category, Contributor, Page, Redirect
from content.states import PageStatus
from tests.content import makers
from tests.content.wordpress import wxr

pytestmark = pytest.mark.django_db


def paths():
    return sorted(Page.objects.values_list("path", flat=True))


def test_a_page_comes_with_its_text_date_and_a_version(bring):
    bring([wxr.item(1, 'About "us"', "One.\n\nTwo.", slug="about-us")])

    page = Page.objects.get()
    assert (page.path, page.title, page.body) == ("/about-us/", "About “us”", "<p>One.</p><p>Two.</p>")
    assert (page.kind, page.status, page.audience) == ("page", PageStatus.PUBLISHED, "public")
    assert page.published_at == datetime(2018, 12, 14, 15, 30, tzinfo=UTC)
    assert [version.note for version in page.versions.all()] == ["Brought over from the old site"]


def test_posts_become_news_and_those_of_a_shelf_of_statements_become_statements(bring):
    bring(
        [
            wxr.item(1, "News", "x", kind="post", slug="news-1", terms=[("category", "a", "Advocacy")]),
            wxr.item(2, "Said", "x", kind="post", slug="said", terms=[("category", "p", "Position Statements")]),
        ]
    )

    assert {page.path: page.kind for page in Page.objects.all()} == {
        "/news/news-1/": "news",
        "/news/said/": "statement",
    }


def test_which_categories_hold_statements_can_be_told(bring):
    entry = wxr.item(1, "Said", "x", kind="post", slug="said", terms=[("category", "voice", "Our voice")])

    bring([entry], "--statements", "our voice")

    assert Page.objects.get().kind == "statement"


def test_pages_stand_below_their_parents_whatever_the_order_of_the_file(bring):
    bring(
        [
            wxr.item(3, "Leaf", "x", slug="leaf", post_parent=2),
            wxr.item(2, "Branch", "x", slug="branch", post_parent=1),
            wxr.item(1, "Root", "x", slug="root"),
        ]
    )

    assert paths() == ["/root/", "/root/branch/", "/root/branch/leaf/"]


def test_a_circle_and_a_missing_parent_are_told_and_lose_nothing(bring):
    outcome = bring(
        [
            wxr.item(1, "Egg", "x", slug="egg", post_parent=2),
            wxr.item(2, "Hen", "x", slug="hen", post_parent=1),
            wxr.item(3, "Own", "x", slug="own", post_parent=3),
            wxr.item(4, "Orphan", "x", slug="orphan", post_parent=99),
        ]
    )

    assert paths() == ["/hen/", "/hen/egg/", "/orphan/", "/own/"]
    assert outcome.said("it stood below itself")
    assert outcome.said("the page above it, number 99, is missing")
    assert outcome.error is None


@pytest.mark.parametrize(
    ("name", "title", "path"),
    [
        ("Über_uns", "x", "/uber-uns/"),
        ("%e7%96%bc%e7%97%9b", "疼痛", "/entry-1/"),
        ("", "What is a nerve block?", "/what-is-a-nerve-block/"),
        ("a" * 200, "x", f"/{'a' * 80}/"),
        ("2018-report", "x", "/page-2018-report/"),
        ("search", "x", "/search-2/"),
        ("../../etc", "x", "/etc/"),
    ],
)
def test_address_words_are_made_fit(bring, name, title, path):
    bring([wxr.item(1, title, "text", slug=name)])

    assert paths() == [path]


def test_two_entries_of_one_word_both_come(bring):
    outcome = bring([wxr.item(1, "One", "x", slug="same"), wxr.item(2, "Two", "x", slug="same")])

    assert paths() == ["/same-2/", "/same/"]
    assert outcome.said("/same/ is taken or not allowed; it stands at /same-2/")


def test_a_page_of_ours_with_the_same_title_stays_and_takes_the_old_addresses(bring):
    ours = makers.page("about", title="About us", body="<p>Ours.</p>")

    outcome = bring([wxr.item(1, "About us", "Theirs.", slug="about", link=f"{wxr.SITE}/who-we-are/")])
    again = bring([wxr.item(1, "About us", "Theirs.", slug="about", link=f"{wxr.SITE}/who-we-are/")])

    assert Page.objects.get().body == "<p>Ours.</p>"
    assert outcome.of("kept yours", "page")
    assert Redirect.objects.get(old_path="/who-we-are/").page == ours
    assert again.of("unchanged", "page")


@pytest.mark.parametrize(
    ("gmt", "local", "feed", "expected"),
    [
        ("2018-12-14 15:30:00", "2018-12-14 09:30:00", "", datetime(2018, 12, 14, 15, 30, tzinfo=UTC)),
        ("0000-00-00 00:00:00", "2018-07-14 09:30:00", "", datetime(2018, 7, 14, 14, 30, tzinfo=UTC)),
        (
            "nonsense",
            "2018-02-31 00:00:00",
            "Fri, 14 Dec 2018 15:30:00 +0000",
            datetime(2018, 12, 14, 15, 30, tzinfo=UTC),
        ),
    ],
)
def test_dates_come_from_the_best_source_there_is(bring, gmt, local, feed, expected):
    bring([wxr.item(1, "Dated", "x", slug="dated", post_date_gmt=gmt, post_date=local, pub_date=feed)])

    assert Page.objects.get().published_at == expected


def test_an_entry_stands_in_the_archive_of_its_day(bring, client):
    bring(
        [
            wxr.item(
                1, "Late that evening", "x", kind="post", slug="late",
                post_date_gmt="2018-12-15 04:00:00", post_date="2018-12-14 22:00:00",
            )
        ]
    )  # fmt: skip

    assert [entry["page"].title for entry in client.get("/2018/12/14/").context["entries"]] == ["Late that evening"]


def test_a_published_entry_without_any_date_gets_the_present_one_and_is_told(bring):
    outcome = bring([wxr.item(1, "Undated", "x", slug="u", post_date_gmt="", post_date="", pub_date="")])

    assert Page.objects.get().is_published(timezone.now())
    assert outcome.said("it has no date that can be read")


@pytest.mark.parametrize(
    ("given", "status", "told"),
    [
        ({"status": "publish"}, PageStatus.PUBLISHED, ""),
        ({"status": "draft"}, PageStatus.DRAFT, ""),
        ({"status": "pending"}, PageStatus.DRAFT, ""),
        ({"status": "private"}, PageStatus.DRAFT, "it was private"),
        ({"post_password": "pain"}, PageStatus.DRAFT, "it was behind a password"),
        ({"status": "future", "post_date_gmt": "2099-05-01 12:00:00"}, PageStatus.SCHEDULED, ""),
        ({"status": "publish", "post_date_gmt": "2099-05-01 12:00:00"}, PageStatus.SCHEDULED, ""),
        ({"status": "future"}, PageStatus.PUBLISHED, ""),
        ({"status": "<b>odd</b>"}, PageStatus.DRAFT, "is not known"),
    ],
)
def test_states_are_mapped_and_the_closed_ones_listed(bring, given, status, told):
    outcome = bring([wxr.item(1, "Entry", "x", slug="entry", **given)])

    assert Page.objects.get().status == status
    assert outcome.said(told)


def test_the_trash_and_what_wordpress_keeps_for_itself_stay_behind(bring):
    outcome = bring(
        [
            wxr.item(1, "Bin", "x", slug="bin", status="trash"),
            wxr.item(2, "Old", "x", slug="old", kind="revision"),
            wxr.item(3, "Dinner", "x", slug="dinner", kind="tribe_events"),
        ]
    )

    assert paths() == []
    assert len(outcome.of("left out", "page")) == 1
    assert outcome.of("left out", "“tribe_events”")[0][1] == "1 of this kind; this site has no place for it"


def test_excerpts_become_summaries_and_others_are_made_from_the_text(bring):
    bring(
        [
            wxr.item(1, "One", "x", slug="one", excerpt="<p>Said  in &quot;short&quot;.</p>"),
            wxr.item(2, "Two", "Tiny.\n\n" + "A longer paragraph says what this is about. " * 20, slug="two"),
            wxr.item(3, "Three", "", slug="three"),
        ]
    )

    summaries = dict(Page.objects.values_list("slug", "summary"))
    assert summaries["one"] == "Said in “short”."
    assert summaries["two"].startswith("A longer paragraph says")
    assert summaries["two"].endswith("…")
    assert len(summaries["two"]) <= 280
    assert summaries["three"] == "Three"


def test_nobody_reads_twice_what_a_summary_took_from_the_text(bring, client):
    first, rest = "A first paragraph that says what all of this is about.", "And much more of it. " * 60
    bring(
        [
            wxr.item(1, "Long", f"{first}\n\n{rest}", slug="long"),
            wxr.item(2, "Short", f"{first}\n\nAnd a little more.", slug="short"),
            wxr.item(3, "Marked", f"<b>{first}</b>\n\n{rest}", slug="marked"),
        ]
    )

    texts = {page.slug: (page.summary, page.body) for page in Page.objects.all()}
    assert texts["long"] == (first, f"<p>{first}</p><p>{rest.strip()}</p>")
    assert texts["short"] == (first, f"<p>{first}</p><p>And a little more.</p>")
    assert texts["marked"] == (first, f"<p><strong>{first}</strong></p><p>{rest.strip()}</p>")
    for slug in texts:
        assert client.get(f"/{slug}/").text.split("<main")[1].count(first) == 1


def test_an_excerpt_of_its_own_stands_above_the_text(bring, client):
    bring([wxr.item(1, "Own", "The text itself.", slug="own", excerpt="Written for the lists.")])

    assert '<p class="lede">Written for the lists.</p>' in client.get("/own/").text


def test_a_first_heading_that_repeats_the_title_goes(bring):
    bring([wxr.item(1, "Our care", "<h1>Our Care</h1>\n\nText.\n\n<h1>Our care</h1>", slug="care")])

    assert Page.objects.get().body == "<p>Text.</p><h2>Our care</h2>"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, datetime(2018, 12, 14, 15, 30, tzinfo=UTC)),
        ({"post_modified_gmt": "2019-02-01 12:00:00"}, datetime(2019, 2, 1, 12, tzinfo=UTC)),
        ({"post_modified": "2019-02-01 12:00:00"}, datetime(2019, 2, 1, 18, tzinfo=UTC)),
        ({"post_modified_gmt": "2017-02-01 12:00:00"}, datetime(2018, 12, 14, 15, 30, tzinfo=UTC)),
    ],
)
def test_readers_are_told_of_the_last_change_over_there_and_not_of_the_import(bring, given, expected):
    bring([wxr.item(1, "Entry", "x", slug="entry", **given)])

    assert Page.objects.get().updated_at == expected


def test_authors_become_contributors_and_accounts_do_not(bring):
    outcome = bring(
        [
            wxr.author("rlane", "Ruth Lane"),
            wxr.author("admin", "admin"),
            wxr.author("office", "AAPM Office"),
            wxr.item(1, "A", "x", kind="post", slug="a", creator="rlane"),
            wxr.item(2, "B", "x", kind="post", slug="b", creator="admin"),
            wxr.item(3, "C", "x", kind="post", slug="c", creator="office"),
            wxr.item(4, "D", "x", slug="d", creator="rlane"),
        ]
    )

    assert {page.slug: str(page.author or "") for page in Page.objects.select_related("author")} == {
        "a": "Ruth Lane",
        "b": "",
        "c": "AAPM Office",
        "d": "",
    }
    assert dict(Contributor.objects.values_list("name", "is_person")) == {"Ruth Lane": True, "AAPM Office": False}
    assert outcome.said("an account, not a name")


def test_pages_name_their_author_when_asked_for(bring):
    bring([wxr.author("rlane", "Ruth Lane"), wxr.item(1, "A", "x", slug="a", creator="rlane")], "--page-authors")

    assert Page.objects.get().author.name == "Ruth Lane"


def test_no_mail_address_of_an_author_is_kept(bring):
    bring(
        [
            wxr.author("rlane@old.example", "rlane@old.example", "rlane@old.example"),
            wxr.item(1, "A", "x", kind="post", slug="a", creator="rlane@old.example"),
        ]
    )

    assert Contributor.objects.count() == 0


def test_categories_are_matched_by_name_and_their_addresses_lead_on(bring, client):
    kept = Category.objects.create(name="Advocacy", slug="our-advocacy")

    bring(
        [
            wxr.category("public", "Public"),
            wxr.category("advocacy", "advocacy", "public"),
            wxr.category("empty", "Empty"),
            wxr.item(
                1, "A", "x", kind="post", slug="a",
                terms=[("category", "advocacy", "advocacy"), ("category", "uncategorized", "Uncategorized"),
                       ("post_tag", "blocks", "Blocks")],
            ),
        ]
    )  # fmt: skip

    assert list(Page.objects.get().categories.all()) == [kept]
    assert list(Category.objects.all()) == [kept]
    assert client.get("/category/public/advocacy/").url == "/news/category/our-advocacy/"


def test_tags_are_listed_or_made_categories_when_asked_for(bring):
    entry = wxr.item(1, "A", "x", kind="post", slug="a", terms=[("post_tag", "blocks", "Nerve blocks")])

    outcome = bring([entry])

    assert outcome.of("left out", "tags") == [
        ("1 tags", "this site has categories only; --tags-as-categories makes them such")
    ]
    Page.objects.all().delete()
    bring([entry.replace("<wp:post_id>1<", "<wp:post_id>2<")], "--tags-as-categories")
    assert [category.name for category in Page.objects.get().categories.all()] == ["Nerve blocks"]


@pytest.mark.parametrize(
    "old",
    ["/2018/12/14/first/", "/2018/12/14/first", "/?p=7", "/2018/12/14/first-draft/", "/2018/12/14/First/?utm_source=x"],
)
def test_every_old_address_of_a_post_leads_to_it(bring, client, old):
    bring(
        [
            wxr.item(
                7, "First", "x", kind="post", slug="first", link=f"{wxr.SITE}/2018/12/14/first/",
                meta={"_wp_old_slug": "first-draft"},
            )
        ]
    )  # fmt: skip

    answer = client.get(old)

    assert (answer.status_code, answer.url) == (301, "/news/first/")


def test_a_page_answers_at_its_old_address_and_by_its_number(bring, client):
    bring([wxr.item(7, "Care", "x", slug="care")])

    assert client.get("/care/").status_code == 200
    assert client.get("/?page_id=7").url == "/care/"


def test_some_parts_only(bring):
    entries = [wxr.item(1, "Page", "x", slug="page"), wxr.item(2, "Post", "x", kind="post", slug="post")]

    bring(entries, "--only", "posts")
    assert paths() == ["/news/post/"]
    bring(entries, "--only", "pages", "media")
    assert paths() == ["/news/post/", "/page/"]


def test_titles_that_are_missing_or_too_long(bring):
    outcome = bring([wxr.item(1, "", "x", slug="no-title"), wxr.item(2, "word " * 60, "x", slug="long")])

    titles = dict(Page.objects.values_list("slug", "title"))
    assert titles["no-title"] == "Untitled (no-title)"
    assert len(titles["long"]) <= 160
    assert titles["long"].endswith("word…")
    assert outcome.said("its title is longer than 160 characters")


def test_a_text_that_is_too_long_is_told_and_the_others_come(bring):
    outcome = bring([wxr.item(1, "Huge", "word " * 90_000, slug="huge"), wxr.item(2, "Small", "x", slug="small")])

    assert paths() == ["/small/"]
    assert "at most 400,000 are kept" in outcome.of("problem")[0][1]
    assert outcome.error.returncode == 2


def test_what_a_page_builder_keeps_beside_its_page_is_told(bring):
    settings = {"text_des": "We help people with pain live well.", "more_des": "Ask us whatever you want to know."}
    field = json.dumps([{"elType": "widget", "widgetType": "odd-slider", "settings": settings}])
    outcome = bring([wxr.item(1, "One", "<p>We are open today.</p>", slug="one", meta={"_elementor_data": field})])
    assert outcome.of("please look", "text") == [
        (
            "“One” (line 13)",
            "its page builder keeps 2 texts that are not in the page; "
            "the first is “We help people with pain live well.”",
        )
    ]
    assert Page.objects.get().body == "<p>We are open today.</p>"
