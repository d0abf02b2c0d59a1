"""People in office as cards, gone by the clock with their terms, and the history as a line of years."""

import json
import re
from datetime import date, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from aapm_site.core.cache import revisions
from aapm_site.core.demo import demo_loaders
from aapm_site.core.roles import CONTENT_EDITOR, MEMBERSHIP_STAFF
from aapm_site.core.search import engine
from content.domain import media
from content.models import Body, Contributor, HistoryYear, Officer
from content.queries.people import bodies, years
from tests.content import makers, pictures
from tests.factories import staff_client

pytestmark = pytest.mark.django_db

TODAY = date(2027, 3, 15)
NOW = timezone.make_aware(datetime(2027, 3, 15, 10))
BOARD = "<p>{loadposition people kind=board}</p>"


@pytest.fixture
def board():
    return Body.objects.create(name="Board of directors", kind="board", purpose="Sets the course.")


def sit(body, name="Helen Marsh", **fields):
    return Officer.objects.create(body=body, name=name, **fields)


def names(at=NOW, kind="board"):
    return [person.name for body in bodies(kind, at) for person in body.people]


# Who is in office -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("starts_on", "ends_on", "is_there"),
    [
        (None, None, True),
        (TODAY, TODAY, True),
        (TODAY + timedelta(days=1), None, False),
        (None, TODAY - timedelta(days=1), False),
        (date(2020, 1, 1), TODAY, True),
    ],
)
def test_a_term_has_both_its_ends(board, starts_on, ends_on, is_there):
    sit(board, starts_on=starts_on, ends_on=ends_on)
    assert names() == (["Helen Marsh"] if is_there else [])


@pytest.mark.parametrize("hour", [0, 23])
def test_days_are_those_of_the_association(board, hour):
    sit(board, starts_on=TODAY, ends_on=TODAY)
    moment = timezone.make_aware(datetime(2027, 3, 15, hour, 59))
    assert (names(moment), names(moment + timedelta(days=1)), names(moment - timedelta(days=1))) == (
        ["Helen Marsh"],
        [],
        [],
    )


def test_the_clock_ends_what_is_kept_at_the_next_midnight(board):
    officers = Officer.objects.all()
    assert officers.next_change(TODAY) is None
    sit(board, ends_on=TODAY - timedelta(days=1))
    assert officers.next_change(TODAY) is None
    sit(board, ends_on=date(2027, 3, 31))
    assert officers.next_change(TODAY) == timezone.make_aware(datetime(2027, 4, 1))
    sit(board, starts_on=date(2027, 3, 20))
    assert officers.next_change(TODAY) == timezone.make_aware(datetime(2027, 3, 20))


# The cards ------------------------------------------------------------------------------------------------------------
def test_a_page_shows_bodies_in_order_with_their_people(client, board):
    author = Contributor.objects.create(name="Helen Marsh", slug="helen-marsh")
    sit(board, "Ben Field", order=20, starts_on=date(2025, 4, 1), ends_on=date(2199, 3, 31), is_sample=True)
    sit(board, credentials="MD", office="President", biography="<b>Anesthesiology.</b>", contributor=author, order=10)
    sit(Body.objects.create(name="Audit board", kind="board", order=10), "Ann Vale")
    sit(Body.objects.create(name="Education", kind="committee"), "Not here")
    Body.objects.create(name="Empty board", kind="board")
    page = makers.page("our-board", body=BOARD)
    said = client.get(page.path).text

    places = [
        said.index(words) for words in ("Audit board", "Ann Vale", "Board of directors", "Helen Marsh", "Ben Field")
    ]
    assert places == sorted(places)
    assert '<h3>Helen Marsh, <span class="degrees">MD</span></h3>' in said
    assert '<p class="office">President</p>' in said
    assert "&lt;b&gt;Anesthesiology.&lt;/b&gt;" in said
    assert '<a href="/news/by/helen-marsh/">What Helen Marsh has written here</a>' in said
    assert '<span class="monogram monogram--person" aria-hidden="true">HM</span>' in said
    assert "2025 to 2199" in said
    assert said.count("Samples: these people are invented for the demonstration.") == 1
    assert [words in said for words in ("Not here", "Empty board")] == [False, False]


def test_search_engines_are_told_who_is_real(client, board):
    sit(board, "Ann Vale", credentials="MD", office="President")
    sit(board, "Sam Ple", is_sample=True)
    sit(Body.objects.create(name="The office", kind="staff"), "Grace Novak")
    page = makers.page("our-board", body=f"{BOARD}<p>{{loadposition people kind=staff}}</p>")
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', client.get(page.path).text, re.S)
    told = [one for one in map(json.loads, blocks) if one["@type"] == "MedicalOrganization"]

    assert [one.get("member") for one in told] == [
        [{"@type": "Person", "name": "Ann Vale", "honorificSuffix": "MD", "jobTitle": "President"}],
        None,
    ]
    assert told[1]["employee"] == [{"@type": "Person", "name": "Grace Novak", "jobTitle": "The office"}]


def test_a_page_without_anybody_says_whom_to_ask(client):
    page = makers.page("our-board", body=BOARD)
    assert "Nobody’s name stands here at the moment." in client.get(page.path).text
    wrong = makers.page("wrong", body="<p>{loadposition people kind=king}</p>")
    assert "Nobody’s name" not in client.get(wrong.path).text


def test_a_portrait_of_the_library_stands_on_the_card_and_stays_in_it(client, board):
    picture = pictures.picture(alt="A woman at a desk, laughing")
    sit(board, portrait=picture)
    HistoryYear.objects.create(year=1983, title="It begins", picture=picture)
    page = makers.page("our-board", body=BOARD)

    said = client.get(page.path).text
    assert 'alt="A woman at a desk, laughing"' in said
    assert '<span class="monogram' not in said
    assert [str(use) for use in media.picture_uses(picture)] == ["Helen Marsh", "1983: It begins"]
    with pytest.raises(media.InUse, match="“Helen Marsh”"):
        media.delete_picture(picture)
    with pytest.raises(ProtectedError):
        picture.delete()


@pytest.mark.parametrize("count", [1, 30])
def test_the_cards_cost_the_same_for_few_and_many(client, board, count, django_assert_num_queries):
    for number in range(count):
        sit(board, f"Person {number}")
        sit(Body.objects.create(name=f"Board {number}", kind="board"), f"Other {number}")
    page = makers.page("our-board", body=BOARD)
    client.get(page.path)
    with django_assert_num_queries(7):  # a page takes four
        assert client.get(page.path).text.count('<li class="person" ') == 2 * count


def test_a_visitor_is_answered_from_memory_until_somebody_changes(
    client, settings, kept_pages, board, django_assert_num_queries
):
    settings.REMEMBERED_READS = True
    sit(board)
    page = makers.page("our-board", body=BOARD)
    assert "Helen Marsh" in client.get(page.path).text
    with django_assert_num_queries(0):
        client.get(page.path)
    before = revisions.current()
    Officer.objects.update(name="Samuel Okafor")
    assert revisions.current() != before  # which every process sees within a second


# The line of years ----------------------------------------------------------------------------------------------------
def test_the_years_stand_oldest_first(client, django_assert_num_queries):
    HistoryYear.objects.create(year=2001, title="A month for pain", words="September & all.", is_sample=True)
    HistoryYear.objects.create(year=1983, title="Second", order=20)
    HistoryYear.objects.create(year=1983, title="First", order=10)
    page = makers.page("our-years", body="<p>{loadposition history-years}</p>")
    assert [one.title for one in years()] == ["First", "Second", "A month for pain"]
    client.get(page.path)
    with django_assert_num_queries(5):
        said = client.get(page.path).text
    assert "<p>September &amp; all.</p>" in said
    assert said.count('<span class="tag">Sample</span>') == 1


def test_a_page_without_years_has_no_line(client):
    page = makers.page("our-years", body="<p>{loadposition history-years}</p>")
    assert '<ol class="years"' not in client.get(page.path).text


# What is refused, and who writes --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("make", "constraint"),
    [
        (lambda body: sit(body, " "), "content_officer_has_name"),
        (
            lambda body: sit(body, starts_on=TODAY, ends_on=TODAY - timedelta(days=1)),
            "content_officer_days_in_order",
        ),
        (lambda body: Body.objects.create(name="X", kind="crown"), "content_body_kind_known"),
        (lambda body: Body.objects.create(name="", kind="board"), "content_body_has_name"),
        (lambda body: HistoryYear.objects.create(year=1899, title="X"), "content_historyyear_believed"),
        (lambda body: HistoryYear.objects.create(year=1983, title=" "), "content_historyyear_has_title"),
    ],
)
def test_the_database_refuses_nonsense(board, make, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make(board)


def test_slips_are_told_in_words(board):
    with pytest.raises(ValidationError, match="The last day must not come before the first."):
        Officer(body=board, name="X", starts_on=TODAY, ends_on=TODAY - timedelta(days=1)).full_clean()
    with pytest.raises(ValidationError, match="Please give a year from 1900 to 2199."):
        HistoryYear(year=1066, title="X").full_clean()
    sit(board)
    with pytest.raises(ProtectedError):
        board.delete()


def test_editors_keep_the_rows_and_other_staff_do_not(board):
    editor = staff_client(CONTENT_EDITOR)
    new = {"name": "Ann Vale", "body": board.pk, "office": "Chair", "order": 10, "starts_on": "2026-04-01"}
    assert editor.post("/admin/content/officer/add/", new).status_code == 302
    row = Officer.objects.get()
    assert (row.name, row.office, row.starts_on) == ("Ann Vale", "Chair", date(2026, 4, 1))
    past = sit(board, "Bea Past", ends_on=date(2020, 1, 1))
    ahead = sit(board, "Cy Ahead", starts_on=date(2199, 1, 1))
    for chosen, shown in (("now", row), ("past", past), ("ahead", ahead)):
        text = editor.get("/admin/content/officer/", {"term": chosen}).text
        assert [one.name in text for one in (row, past, ahead)] == [one == shown for one in (row, past, ahead)], chosen
    assert '<td class="field-in_office">1</td>' in editor.get("/admin/content/body/").text
    for name in ("officer", "body", "historyyear"):
        assert staff_client(MEMBERSHIP_STAFF).get(f"/admin/content/{name}/").status_code == 403


def test_the_demonstrations_people_are_samples_and_staffs_changes_last():
    load = demo_loaders.get("people").load
    load(print)
    assert Officer.objects.filter(is_sample=False).count() == 0
    assert {body.kind for body in Body.objects.all()} == {"board", "committee", "staff"}
    Officer.objects.filter(name="Helen Marsh").delete()
    before = Officer.objects.count()
    load(print)
    assert Officer.objects.count() == before


# The search -----------------------------------------------------------------------------------------------------------
def found(client, words):
    """Title and address of what the search finds, people first or not."""
    text = client.get("/search/", {"q": words}).text
    return re.findall(r'<a href="([^"]*#person-[0-9]+)">(?:<mark>)?([^<]*)', text), text


@pytest.mark.parametrize(
    "words", ["Helen Marsh", "marsh", "Łucja", "lucja", "president", "board of directors", "anesthesiology"]
)
def test_a_person_is_found_by_name_by_office_and_by_what_is_said_of_them(client, board, words):
    makers.page("board", title="Who leads", body=BOARD)
    who = sit(board, "Helen Łucja Marsh", credentials="MD", office="President", biography="Came from anesthesiology.")
    ((address, _),), text = found(client, words)
    assert address == f"/board/#person-{who.pk}"
    assert f'id="person-{who.pk}"' in client.get("/board/").text
    assert "Board of directors" in text
    assert "President" in text


def test_nobody_is_found_whom_no_page_for_everybody_shows_today(client, board):
    committee = Body.objects.create(name="Education committee", kind="committee")
    sit(board, ends_on=timezone.localdate() - timedelta(days=1))
    sit(board, "Marsh of tomorrow", starts_on=timezone.localdate() + timedelta(days=1))
    sit(committee, "Marsh the chair")
    shown = makers.page("board", body=BOARD)
    assert found(client, "marsh")[0] == []
    secret = makers.page("secret", audience="members", body="<p>{loadposition people kind=committee}</p>")
    assert found(client, "marsh")[0] == []
    shown.body = secret.body
    shown.save()
    assert len(found(client, "marsh")[0]) == 1
    type(shown).objects.filter(pk=shown.pk).update(status="draft")
    assert found(client, "marsh")[0] == []


def test_a_board_is_found_by_its_block_without_a_word_too(client, board):
    makers.page("board", body="<p>{loadposition  people }</p>")
    sit(board)
    assert len(found(client, "Helen")[0]) == 1


@pytest.mark.parametrize("count", [1, 15])
def test_people_cost_the_search_no_further_statement(client, board, count, django_assert_num_queries):
    makers.page("board", body=BOARD)
    for number in range(count):
        sit(board, f"Marsh {number}", order=number)
    with django_assert_num_queries(4):  # one each for what staff taught the search
        matches = engine.find("marsh", AnonymousUser())
        assert len(engine.show(matches, "marsh", AnonymousUser())) == count
