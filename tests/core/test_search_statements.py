"""Statements written once for equal rights find for each person, at each moment, what the plain rows say."""

import random
from datetime import datetime, timedelta
from itertools import product

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db.models import CharField, QuerySet
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.core.search import engine, questions
from aapm_site.core.search.registry import SearchKind, SearchSource, search_sources
from aapm_site.core.search.statements import part
from aapm_site.core.statements import Late, written
from careers.models import Job
from content.models import Page, Resource, ResourceTopic, Term
from membership.models import Article, Group, GroupMember, Membership
from tests.careers.factories import make_job
from tests.content.makers import news, page
from tests.factories import staff_user
from tests.membership.factories import day, make_article, make_issue, make_member, make_user

pytestmark = pytest.mark.django_db

WORD = "zebrafish"
VISITOR = AnonymousUser()
# Days from today at which everything is asked: before anything is out, and around each date of what is below.
DAYS = (-400, -30, -4, 0, 4, 30, 400)


def join_group(person: User, name: str) -> User:
    group, _ = Group.objects.get_or_create(slug=name, defaults={"name": name.capitalize()})
    GroupMember.objects.create(group=group, membership=Membership.objects.get(user=person))
    return User.objects.get(pk=person.pk)


@pytest.fixture
def people() -> dict[str, User | AnonymousUser]:
    return {
        "visitor": VISITOR,
        "account": make_user(),
        "closed account": make_user(is_active=False),
        "member": make_member((-40, 325)),
        "lapsed": make_member((-800, -435)),
        "member to be": make_member((10, 375)),
        "of the board": join_group(make_member((-40, 325)), "board"),
        "of two groups": join_group(join_group(make_member((-40, 325)), "board"), "rural"),
        "editor": staff_user("Content editor", email="editor@example.org"),
        "administrator": staff_user(email="root@example.org"),
    }


@pytest.fixture
def everything(people) -> None:
    """Something with the word for each audience, before, in and after its time."""
    now = timezone.now()
    for audience in ("public", "members", "group:board", "group:rural"):
        for number, (begins, ends) in enumerate([(-20, None), (-20, 3), (2, None), (2, 20), (-350, -10)]):
            dates = {"published_at": now + timedelta(days=begins)}
            if ends is not None:
                dates["unpublish_at"] = now + timedelta(days=ends)
            slug = f"{audience.replace(':', '-')}-{number}"
            news(slug, title=f"{WORD} {slug}", audience=audience, **dates)
            page(slug, title=f"{WORD} {slug}", audience=audience, **dates)
        page(f"draft-{audience[-5:]}", title=WORD, audience=audience, status="draft")
    for days_ago in (-3, 3, 33):
        make_job(title=f"{WORD} nurse", status="approved", days_ago=days_ago)
    make_job(title=f"{WORD} nurse", status="paused")
    for on, out in ((-20, -20), (-20, 3), (3, -20), (3, 3)):
        make_article(make_issue(published_on=day(out)), title=WORD, published_on=day(on))
    topic = ResourceTopic.objects.create(name="Walking", slug="walking")
    for number, shown in enumerate((True, False)):
        Resource.objects.create(
            title=WORD, url=f"https://{number}.example/", source="S", summary="S.", topic=topic, is_published=shown
        )
    Term.objects.create(name=WORD, slug=WORD, definition="A fish.")


def allowed(person, at: datetime) -> set[tuple[str, int]]:
    """What the person may read, row for row, from what the rows themselves say."""
    today = timezone.localdate(at)
    pages = [row for row in Page.objects.all() if row.is_published(at)]
    articles = Article.objects.select_related("issue")
    return {
        *(("pages", row.pk) for row in pages if row.is_public or person.has_perm("content.read_page", row)),
        *(("jobs", row.pk) for row in Job.objects.all() if row.starts_at and row.is_live(at)),
        *(("journal", row.pk) for row in articles if max(row.published_on, row.issue.published_on) <= today),
        *(("resources", row.pk) for row in Resource.objects.all() if row.is_published),
        *(("terms", row.pk) for row in Term.objects.all()),
    }


def fresh(person):
    """The person as the next request meets them."""
    return User.objects.get(pk=person.pk) if person.pk else VISITOR


def found(person) -> set[tuple[str, int]]:
    matches = engine.find(WORD, person)
    assert len(engine.show(matches, WORD, person)) == len(matches)
    return {(match.source, match.key) for match in matches}


def test_everybody_finds_what_they_may_read_whoever_asked_before_at_whatever_moment(people, everything):
    questions.matching.cache_clear()
    asked = list(product(people, DAYS))
    random.Random(5).shuffle(asked)
    numbers = set()
    for name, days in asked:
        with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
            expected = allowed(fresh(people[name]), timezone.now())
            assert found(fresh(people[name])) == expected, (name, days)
            numbers.add(len(expected))
    # The word stands in what differs from person to person and from day to day, or nothing was compared.
    assert len(numbers) > 10
    # Everybody, members, those of one group, those of two or all, and some of them while less is out.
    assert questions.matching.cache_info().misses <= 12 < len(asked)


def test_everything_is_suggested_to_everybody_alike(people, everything):
    public = set(Page.objects.filter(audience="public").values_list("title", flat=True))
    for days in DAYS:
        with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
            expected = {key for source, key in allowed(VISITOR, timezone.now()) if source == "pages"}
            hits = engine.suggest(WORD, 100, [search_sources.get("pages")])
            assert len(hits) == len(expected)
            assert {hit.title for hit in hits} <= public


def test_nothing_of_the_moment_or_of_a_person_stands_in_a_statement():
    """Each source's rows are written the same years apart: they depend on the rights alone."""
    written_at = []
    for at in (datetime(2020, 2, 29, 12, tzinfo=timezone.get_default_timezone()), timezone.now()):
        questions.matching.cache_clear()
        questions.nearing.cache_clear()
        with time_machine.travel(at, tick=False):
            readable = engine._readable(search_sources, VISITOR, at)
            written_at.append((questions.matching(readable, 150), questions.nearing(readable, 8)))
    assert written_at[0] == written_at[1]
    assert {"now", "today", "words"} <= set(written_at[0][0].names)


def source_of(rows, **more) -> SearchSource:
    """A source of pages, apart from the registered ones."""
    pages = search_sources.get("pages")
    kinds = {"kind": "kind", "dated": "published_at"}
    return SearchSource("pages", pages.kinds, rows, pages.data, pages.text, pages.hits, **kinds, **more)


@pytest.mark.parametrize("moment", [timezone.now, lambda: timezone.now().date(), lambda: timedelta(days=1)])
def test_a_moment_that_would_be_frozen_is_refused(moment):
    with pytest.raises(TypeError, match="would be frozen"):
        written("SELECT %s", [moment()])


def test_rows_that_look_at_the_clock_are_refused():
    frozen = source_of(lambda rights: Page.objects.published(timezone.now()))
    with pytest.raises(TypeError, match="would be frozen"):
        engine.find(WORD, VISITOR, [frozen])


def test_a_value_that_is_not_given_is_an_error():
    statement = written("SELECT %s", [Late("words", CharField())])
    assert statement.rows(words="100 % \\ 'of' %s \"words\"") == [("100 % \\ 'of' %s \"words\"",)]
    with pytest.raises(KeyError):
        statement.rows(typed="words")


@pytest.mark.parametrize("value", ["it's", "100 % %s %(x)s", "back\\slash", 'a "quotation"', "", "é\n", 7, -7, True])
def test_what_is_fixed_is_written_as_it_was(value):
    assert written("SELECT %s, '%%', %s", [value, Late("late", CharField())]).rows(late="x") == [(value, "%", "x")]


def test_where_nothing_may_be_read_nothing_is_asked(django_assert_num_queries):
    page("block", title=WORD)

    def rows(rights) -> QuerySet:
        return Page.objects.all() if rights else Page.objects.none()

    source = source_of(rows, rights=lambda person, at: ("all",) if person.is_authenticated else ())
    assert part(rows(())) == []
    with django_assert_num_queries(0):
        assert engine.find(WORD, VISITOR, [source]) == []
        assert engine.suggest(WORD, 5, [source]) == []
    assert len(engine.find(WORD, make_user(), [source])) == 1
    assert engine.find(WORD, VISITOR, [source]) == []


CANARY = "zyzzogeton"


def test_a_members_word_stays_among_members_however_the_asking_is_mixed():
    """The same words, in the same process, by turns."""
    page("secret", title="Notes", audience="members", body=f"<p>{CANARY}</p>")
    page("board", title="Minutes", audience="group:board", body=f"<p>{CANARY}</p>")
    member, board, account = make_member((-40, 325)), join_group(make_member((-40, 325)), "board"), make_user()
    sees = {member: {"/secret/"}, board: {"/secret/", "/board/"}, account: set(), VISITOR: set()}
    for first, second in product(sees, repeat=2):
        for person in (first, second, first):
            matches = engine.find(CANARY, fresh(person))
            assert len(matches) == len(sees[person])
            assert {hit.url for hit in engine.show(matches, CANARY, fresh(person))} == sees[person]


def test_what_somebody_else_found_is_not_shown():
    page("secret", title="Notes", audience="members", body=f"<p>{CANARY}</p>")
    matches = engine.find(CANARY, make_member((-40, 325)))
    assert len(matches) == 1
    assert engine.show(matches, CANARY, VISITOR) == []
    assert engine.show(matches, CANARY, make_user()) == []


def test_rights_that_change_are_asked_again():
    page("secret", title="Notes", audience="members", body=f"<p>{CANARY}</p>")
    page("board", title="Minutes", audience="group:board", body=f"<p>{CANARY}</p>")
    person = join_group(make_member((-40, 325)), "board")
    assert len(engine.find(CANARY, person)) == 2

    GroupMember.objects.all().delete()
    assert len(engine.find(CANARY, fresh(person))) == 1
    Membership.objects.get(user=person).terms.all().delete()
    assert engine.find(CANARY, fresh(person)) == []
    Page.objects.filter(slug="board").update(audience="public")
    assert len(engine.find(CANARY, fresh(person))) == 1
    page("rural", title="Letter", audience="group:rural", body=f"<p>{CANARY}</p>")
    assert len(engine.find(CANARY, join_group(make_member((-40, 325)), "rural"))) == 3


def test_people_with_equal_rights_share_a_statement():
    page("secret", title="Notes", audience="members", body=f"<p>{CANARY}</p>")
    engine.find(CANARY, make_member((-40, 325)))
    before = questions.matching.cache_info().misses
    assert len(engine.find(CANARY, make_member((-40, 325)))) == 1
    assert questions.matching.cache_info().misses == before


def test_one_kind_has_its_own_rows():
    """A source of one kind needs no column of it."""
    page("block", title=WORD)
    kind = SearchKind("only", "Only", "Only")
    pages = search_sources.get("pages")
    source = SearchSource("pages", (kind,), lambda rights: Page.objects.all(), pages.data, pages.text, pages.hits)
    assert [match.kind for match in engine.find(WORD, VISITOR, [source])] == ["only"]
