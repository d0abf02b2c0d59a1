"""The journal's search: what it finds, in which order, at what cost, and not a byte of what is closed."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from membership.access import JournalReach, decide, reach_of
from membership.journal.domain.words import write_words
from membership.journal.jats.sections import sections_of
from membership.journal.models import Article, ArticleSection, ArticleType
from membership.journal.queries import article_search
from membership.journal.queries.article_search import ArticleCriteria, find

from ..factories import day, make_article, make_issue, make_member, make_plan, make_user

pytestmark = pytest.mark.django_db

TEXT = (
    '<p>Before all.</p><section><h2 id="j-s1">Methods</h2><p>We counted wombats at night.</p></section>'
    '<section><h2 id="j-s2">Results</h2><p>The quokka slept <em>well</em>; night after night.</p></section>'
    '<section><h2 id="j-s3">References</h2><ol class="refs"><li>Bandicoot B.</li></ol></section>'
)


def article(text: str = TEXT, **fields) -> Article:
    made = make_article(**fields)
    write_words(made, text)
    return made


def client_of(user=None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def seen(user=None, **asked: str) -> str:
    return client_of(user).get("/journal/search/", asked).content.decode()


def keys(words: str, user=None, **more) -> list[int]:
    reach = reach_of(user or AnonymousUser(), day(0))
    return [key for key, _ in find(ArticleCriteria(words, **more), reach, day(0))]


def test_a_text_in_its_sections():
    assert [(one.title, one.anchor, one.kind, one.text) for one in sections_of(TEXT)] == [
        ("", "", "other", "Before all."),
        ("Methods", "j-s1", "methods", "We counted wombats at night."),
        ("Results", "j-s2", "results", "The quokka slept well; night after night."),
    ]
    assert [len(one.text) for one in sections_of(f"<h2>A</h2><p>{'x' * 130_000}</p>")] == [60_000, 60_000, 10_000]


def test_a_member_finds_the_section_with_the_words_and_goes_there():
    made = article()

    page = seen(make_member((-10, 100)), q="quokka")

    assert "1 article" in page
    assert f'href="{made.get_absolute_url()}#j-s2"' in page
    assert "<mark>quokka</mark> slept well; night after" in page
    assert "in “Results”" in page
    assert "Open to you as a member until" in page


@pytest.mark.parametrize("words", ["quokka", '"quokka slept"', "wombats quokka", "quokka OR zebra"])
def test_whoever_may_not_read_the_text_finds_nothing_of_it(words):
    article()
    lapsed = make_member((-800, -400))
    without = make_member((-10, 100), plan=make_plan(reads_journal=False))

    for user in (None, make_user(), lapsed, without):
        for part in ("", "results", "methods", "abstract"):
            page = seen(user, q=words, part=part)
            assert "No articles" in page
            assert "slept well" not in page
            assert "We counted" not in page


def test_a_hit_by_its_title_shows_a_visitor_the_abstract_alone():
    article(title="A quokka at night", plain_summary="It is about an animal: the quokka, and nights.")

    page = seen(q="quokka")

    assert "1 article" in page
    assert "animal: the <mark>quokka</mark>" in page
    assert "slept" not in page
    assert "Most categories of membership open all of them." in page


def test_a_lapsed_member_searches_the_texts_of_their_time():
    then = article(published_on=day(-250), issue=make_issue(published_on=day(-250)))
    article(published_on=day(-20))
    former = make_member((-400, -200))

    assert keys("quokka", former) == [then.pk]
    assert "where they came out during your membership" in seen(former, q="quokka")


def test_free_texts_are_everybodys():
    made = article(free_to_read=True)

    assert keys("quokka") == [made.pk]
    assert "<mark>quokka</mark> slept" in seen(q="quokka")


def test_phrases_parts_authors_years_and_types():
    member = make_member((-10, 100))
    other = ArticleType.objects.get(slug="review")
    one = article(published_on=date(2024, 5, 3), authors=[{"given_name": "Åsa", "family_name": "Lindqvist"}])
    two = article("<h2>Methods</h2><p>Slept the quokka.</p>", published_on=date(2025, 5, 3), type=other)

    assert keys("quokka", member) == [two.pk, one.pk]
    assert keys('"quokka slept"', member) == [one.pk]
    assert keys("quokka", member, part="methods") == [two.pk]
    assert keys("quokka", member, part="abstract") == []
    assert keys("quokka", member, author="asa lindqvist") == [one.pk]
    assert keys("", author="Lindqvist") == [one.pk]
    assert keys("", author="sleep") == []  # a keyword is no author
    assert keys("quokka", member, first_year=2025) == [two.pk]
    assert keys("quokka", member, last_year=2024) == [one.pk]
    assert keys("quokka", member, type="review") == [two.pk]
    assert keys("quokka -wombats", member) == [two.pk]
    assert keys("-wombats", member) == []
    assert keys("bandicoot", member) == []  # references are others' words


def test_what_is_not_out_is_not_found():
    member = make_member((-10, 100))
    article(published_on=day(3))
    article(issue=make_issue(published_on=day(3)))

    assert keys("quokka", member) == []


def test_reach_is_what_decide_says_of_every_article():
    closed = make_member((-400, 100), closed_at=timezone.now())
    plan = make_plan(reads_journal=False)
    people = [
        closed, AnonymousUser(), make_user(), make_user(is_active=False), make_member((-10, 100)),
        make_member((-800, -400)),
        make_member((-800, -500), (-300, -200)), make_member((5, 300)), make_member((-10, 100), plan=plan),
        make_member((-500, -400), plan=plan), make_member((-100, -20)), make_user(is_superuser=True),
    ]  # fmt: skip
    for person in people:
        reach = reach_of(person, day(0))
        for days in range(-820, 5, 7):
            item = Article(published_on=day(days))
            in_reach = reach.everything or any(first <= item.published_on <= last for first, last in reach.spans)
            assert in_reach is decide(person, item, day(0)).allowed, (person, days)


@pytest.mark.parametrize("number", [1, 5])
def test_a_search_costs_the_same_for_one_and_for_many(number):
    for _ in range(number):
        article()
    client = client_of(make_member((-10, 100)))
    client.get("/journal/search/")

    with CaptureQueriesContext(connection) as captured:
        page = client.get("/journal/search/", {"q": "quokka"}).content.decode()

    assert page.count("<mark>quokka</mark>") == number
    # types of the form, terms, keys, articles, sections
    assert sum(' FROM "membership_' in one["sql"] or " FROM membership_" in one["sql"] for one in captured) == 5


def test_indexes_find_the_words():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for table, column, index in (
            ("membership_articlewords", "words", "membership_words_search"),
            ("membership_articlesection", "search", "membership_section_search"),
            ("membership_article", "search", "membership_article_search"),
        ):
            cursor.execute(
                f"EXPLAIN SELECT 1 FROM {table} WHERE {column} @@ websearch_to_tsquery('site_english', 'quokka')"  # noqa: S608
            )
            assert index in str(cursor.fetchall())


FOUND_BY = "SELECT ts_rank(words, websearch_to_tsquery('site_english', %s)) FROM membership_articlewords"


@pytest.mark.parametrize(
    ("words", "is_same"), [("night", True), ("night slept", True), ("night -zebra", True), ("quokka or night", False)]
)
def test_without_an_or_all_texts_with_the_words_rank_alike(words, is_same):
    """So that their words need not be read to put them in order."""
    article("<p>A night slept, and a quokka.</p>")
    article(f"<p>We slept by night and by night. {'A longer text. ' * 500}</p>")
    with connection.cursor() as cursor:
        cursor.execute(FOUND_BY, [words])
        assert (len({rank for (rank,) in cursor.fetchall()}) == 1) is is_same


def test_hits_in_texts_are_the_newest_first_and_those_with_more_of_the_words_before_them():
    middle, newest, oldest = (article("<p>By night.</p>", published_on=day(-on)) for on in (5, 2, 9))
    both = article("<p>By night a quokka.</p>", published_on=day(-20))
    member = make_member((-900, 100))

    assert keys("night", member) == [newest.pk, middle.pk, oldest.pk, both.pk]
    assert keys("night or quokka", member) == [both.pk, newest.pk, middle.pk, oldest.pk]


@pytest.mark.django_db(transaction=True)
def test_what_stands_in_every_article_is_found_without_reading_their_wide_rows():
    kept = make_article()
    Article.objects.bulk_create(
        Article(
            issue=kept.issue, type=kept.type, slug=f"many-{number}", title="Night", published_on=kept.published_on,
            abstract=f"<p>{' '.join(f'w{number * 7 + place}' for place in range(120))}</p>",
        )
        for number in range(1_500)
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO membership_articlewords (article_id, words) "
            "SELECT id, strip(to_tsvector('site_english', 'wombat ' || abstract)) FROM membership_article"
        )
        cursor.execute("VACUUM ANALYZE membership_article, membership_articlewords, membership_issue")
    for words, index in (("wombat", "membership_words_search"), ("night", "membership_article_search")):
        with CaptureQueriesContext(connection) as captured:
            assert len(find(ArticleCriteria(words), JournalReach(everything=True), day(0))) == 200
        (sql,) = (one["sql"] for one in captured if "WITH holding" in one["sql"])
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN {sql}")
            plan = "\n".join(line for (line,) in cursor.fetchall())

        assert f"Bitmap Index Scan on {index}" in plan
        assert "Index Only Scan using membership_article_decided on membership_article a" in plan
        assert "Seq Scan" not in plan


def test_a_phrase_is_looked_for_in_the_newest_abstracts_that_hold_its_words(monkeypatch):
    newest, older, oldest = (
        make_article(abstract=f"<p>{text}</p>", published_on=day(-on))
        for text, on in (("A block of a nerve.", 2), ("A nerve block.", 5), ("A nerve block.", 9))
    )

    assert keys('"nerve block"') == [older.pk, oldest.pk]
    monkeypatch.setattr(article_search, "NEWEST_READ", 2)
    assert keys('"nerve block"') == [older.pk]
    assert set(keys("nerve block")) == {newest.pk, older.pk, oldest.pk}


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "\x00a"}, {"q": "a" * 10_000}, {"q": '"'}, {"q": "-" * 90}, {"q": "((((a"}, {"first": "x"},
        {"first": "99999999999"}, {"first": "2025", "last": "2020"}, {"type": "no-such"}, {"part": "no-such"},
        {"author": "a\nb"}, {"page": "9" * 30},
        {"q": "sleep", "page": "-1"}, {"author": "&|!:*"}, {"q": "\ue000"},
    ],
)  # fmt: skip
def test_whatever_is_typed_is_answered(asked):
    article()
    response = client_of(make_member((-10, 100))).get("/journal/search/", asked)

    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"


def test_years_the_wrong_way_round_are_said_and_kept():
    page = seen(first="2025", last="2020", q="sleep")

    assert "The years run from 2025 to 2020. Write the earlier one first." in page
    assert 'value="2025"' in page


def test_words_follow_the_text():
    made = article()
    write_words(made, "<h2>Results</h2><p>A numbat.</p>")

    assert keys("quokka", make_member((-10, 100))) == []
    assert keys("numbat", make_member((-10, 100))) == [made.pk]
    assert ArticleSection.objects.count() == 1
    write_words(made, "")
    assert ArticleSection.objects.count() == 0


def test_the_sites_search_stays_with_what_is_public():
    article()

    assert "slept" not in client_of(make_member((-10, 100))).get("/search/?q=quokka").content.decode()
