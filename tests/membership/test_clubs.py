"""The journal club kit: the sheet for who may read, the gate for others; a day on a group's page, by its chairs."""

import pytest
from django.test import Client

from aapm_site.core.transitions import NotAllowed
from membership.domain import clubs
from membership.journal.domain.words import write_words
from membership.journal.models import Article, ArticleBrief
from membership.journal.presenters.club_sheet import abstract_parts, prompts_for
from membership.models import ClubMeeting, Group, GroupMember
from tests import racing
from tests.factories import client_of

from .factories import day, make_article, make_member

CANARY = "CANARY-limits-quokka"
ABSTRACT = (
    "<p><strong>Objective.</strong> To ask about sleep.</p><p><strong>Methods.</strong> 40 adults.</p>"
    "<h3>Results</h3><p>They slept.</p><p>More than before.</p><h3>Conclusions</h3><p>Ask.</p>"
)


# The sheet ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("abstract", "parts"),
    [
        (ABSTRACT, ("To ask about sleep.", "40 adults.", "They slept. More than before.", "Ask.")),
        ("<p>We asked and found.</p>", ("", "", "", "")),
        ("<p>We <strong>asked</strong>.</p>", ("", "", "", "")),
        ("", ("", "", "", "")),
    ],
)
def test_the_parts_of_an_abstract_are_found_by_their_headings(abstract, parts):
    found = abstract_parts(abstract)
    assert (found.question, found.patients, found.result, found.conclusion) == parts


@pytest.mark.parametrize(
    ("brief", "tables", "third", "fourth"),
    [
        (ArticleBrief(figure_source="/f", limits="Few."), 2, "What does the main figure show", "Which of these limits"),
        (ArticleBrief(limits="Few."), 2, "Choose one of the 2 tables", "Which of these limits"),
        (None, 1, "Choose the table", "The authors have no words of their own"),
        (None, 0, "How large is it", "The authors have no words of their own"),
    ],
)
def test_five_prompts_come_of_what_the_article_has(brief, tables, third, fourth):
    made = prompts_for(abstract_parts(ABSTRACT), brief, [], tables)

    assert [one.key for one in made] == ["question", "patients", "result", "limits", "conclusion"]
    assert [made[2].asks.startswith(third), made[3].asks.startswith(fourth)] == [True, True]


@pytest.fixture
def article(db) -> Article:
    made = make_article(title="Sleep and pain", abstract=ABSTRACT)
    write_words(made, f'<h2>Methods</h2><p>So.</p><h2 id="l">Limitations</h2><p>{CANARY}.</p>')
    return made


def test_readers_get_the_sheet_and_nobody_else_a_byte_of_the_text(article):
    page = f"{article.get_absolute_url()}journal-club/"

    sheet = client_of(make_member((-10, 100))).get(page)
    closed = [Client().get(page), client_of(make_member((-800, -400))).get(page)]

    assert [words in sheet.text for words in (CANARY, "They slept. More than before.", "Five prompts")] == [True] * 3
    assert [(one.status_code, CANARY in one.text, "Five prompts" in one.text) for one in closed] == [
        (200, False, False)
    ] * 2
    assert all("The journal club kit is for members" in one.text for one in closed)
    assert sheet["Cache-Control"] == closed[0]["Cache-Control"] == "private, no-store"
    later = make_article(published_on=day(3))
    assert Client().get(f"{later.get_absolute_url()}journal-club/").status_code == 404


# A day on the group's page --------------------------------------------------------------------------------------------
def led(*members, name: str = "Headache") -> Group:
    """A group whose first member is its chair."""
    group = Group.objects.create(name=name, slug=name.lower())
    for place, user in enumerate(members):
        GroupMember.objects.create(group=group, membership=user.membership, chair_since=None if place else day(-5))
    return group


def test_a_chair_plans_it_and_the_group_sees_it_until_it_is_called_off(article):
    chair, member, other = (make_member((-10, 100)) for _ in range(3))
    group = led(chair, member)
    page, sheet = group.get_absolute_url(), f"{article.get_absolute_url()}journal-club/"
    typed = {"group": group.pk, "meets_on": day(6).isoformat(), "place": "12:30, room 4"}

    assert client_of(chair).post(f"{sheet}plan/", typed)["Location"] == page
    assert [
        "Sleep and pain" in client.get(page).text
        for client in (client_of(chair), client_of(member), client_of(other), Client())
    ] == [True, True, False, False]
    assert "12:30, room 4" in client_of(member).get(sheet).text
    assert "12:30, room 4" not in client_of(other).get(sheet).text
    off = f"/journal/clubs/{ClubMeeting.objects.get().pk}/call-off/"
    assert [client_of(user).post(off).status_code for user in (member, other)] == [404, 404]
    assert ClubMeeting.objects.count() == 1
    assert client_of(chair).post(off)["Location"] == page
    assert not ClubMeeting.objects.exists()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"meets_on": day(-1).isoformat()}, "That day is over."),
        ({"meets_on": ""}, "Choose the day."),
        ({"meets_on": "9999-99-99"}, "date"),
        ({"group": "999999"}, "Choose a group that you lead."),
        ({"place": "x" * 201}, "200"),
    ],
)
def test_what_is_refused_says_why_and_keeps_what_was_typed(article, changed, said):
    chair = make_member((-10, 100))
    group = led(chair)
    typed = {"group": group.pk, "meets_on": day(6).isoformat(), "place": "Room 4", **changed}

    refused = client_of(chair).post(f"{article.get_absolute_url()}journal-club/plan/", typed)

    assert (refused.status_code, said in refused.text, typed["place"] in refused.text) == (422, True, True)
    assert not ClubMeeting.objects.exists()


def test_who_leads_no_group_plans_nothing(article):
    member, chair = make_member((-10, 100)), make_member((-10, 100))
    group = led(chair, member)
    typed = {"group": group.pk, "meets_on": day(6).isoformat()}

    assert client_of(member).post(f"{article.get_absolute_url()}journal-club/plan/", typed).status_code == 404
    with pytest.raises(NotAllowed):
        clubs.plan_club(group, article, by=member, meets_on=day(6), place="")
    assert not ClubMeeting.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_many_presses_at_once_one_stands_and_none_goes_over_the_number(monkeypatch):
    monkeypatch.setattr(clubs, "MOST_AHEAD", 2)
    chair = make_member((-10, 100))
    group, article = led(chair), make_article()

    same = racing.at_once(*[lambda: clubs.plan_club(group, article, by=chair, meets_on=day(3), place="").pk] * 4)
    others = racing.at_once(
        *[
            lambda days=days: clubs.plan_club(group, article, by=chair, meets_on=day(days), place="").pk
            for days in range(4, 8)
        ]
    )

    assert len(set(same)) == 1
    assert sorted(type(one).__name__ for one in others) == ["NotAllowed"] * 3 + ["int"]
    assert ClubMeeting.objects.count() == 2
