"""New articles by subject by mail: once to a reader, on the day they are out, stopped by one press."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from aapm_site.mail.models import OutgoingEmail, Subscription
from membership.journal.domain import contents_letters, subject_letters
from membership.journal.models import Article, Subject
from membership.journal.queries.collections import subjects
from tests import racing

from ..factories import BODY_CANARY, day, make_article, make_issue, make_user

pytestmark = pytest.mark.django_db


def named(name: str):
    Subject.objects.get_or_create(name=name, slug=name.lower())
    return next(one for one in subjects() if one.name == name)


def follower(*names: str, **fields):
    user = make_user(**fields)
    for name in names:
        subject_letters.follow_subject(user, named(name))
    return user


def new_article(title: str = "Sleep & pain", keywords: str = "sleep", **fields) -> Article:
    fields = {"published_on": day(0), "is_advance": True, **fields}
    issue = fields.pop("issue", None)
    article = make_article(issue, title=title, keywords=keywords, **fields)
    if issue is None:
        Article.objects.filter(pk=article.pk).update(issue=None)
    return article


def at_noon(days: int = 0):
    return timezone.localtime().replace(hour=12) + timedelta(days=days)


def due(days: int = 0) -> int:
    return len(list(subject_letters.due_subjects(at_noon(days))))


def told() -> list[tuple[str, list[str]]]:
    """Whom a letter goes to, and the titles in it."""
    return [
        (letter.to, [line[2:] for line in letter.text.splitlines() if line.startswith("* ")])
        for letter in OutgoingEmail.objects.order_by("pk")
    ]


def test_a_reader_follows_a_subject_and_stops_by_a_press_or_by_the_letters_link():
    user, page = make_user(), "/journal/subjects/sleep/by-mail/"
    named("Sleep")
    client = Client()
    client.force_login(user)

    client.post(page, {"want": "1"})
    assert "You get them" in client.get(page).content.decode()
    assert "you get it" in client.get("/journal/contents-by-mail/").content.decode()
    client.post(page)
    assert "You do not get them" in client.get(page).content.decode()
    client.post(page, {"want": "1"})
    Client().post(Subscription.objects.get().unsubscribe_url, {"List-Unsubscribe": "One-Click"})

    assert not Subscription.objects.get().wants_mail
    assert Client().get(page)["Location"] == f"/accounts/login/?next={page}"


def test_what_is_new_goes_once_to_those_who_follow_it():
    reader, stopped, _other = follower("Sleep"), follower("Sleep"), follower("Opioids")
    subject_letters.leave_subject(stopped, named("Sleep"))
    follower("Sleep", is_active=False)
    new_article()
    new_article("Not about it", "walking")

    assert due() == 1
    subject_letters.send_subjects("any")
    subject_letters.send_subjects("any")

    (letter,) = OutgoingEmail.objects.all()
    assert told() == [(reader.email, ["Sleep & pain"])]
    assert letter.subject == "Pain Medicine, new about sleep"
    assert letter.subscription.unsubscribe_url in letter.text
    assert BODY_CANARY not in letter.text
    assert due() == 0


def test_an_article_of_two_subjects_comes_once_and_one_in_the_contents_only_there():
    reader, both = follower("Sleep", "Opioids"), follower("Sleep")
    contents_letters.want_contents(both)
    new_article("Of both", "sleep, opioids")
    new_article("Of one", "opioids")
    new_article("In the issue", "sleep", issue=make_issue(published_on=day(0)), is_advance=False)

    subject_letters.send_subjects("any")

    assert sorted(told()) == sorted([
        (reader.email, ["In the issue", "Of both"]), (reader.email, ["Of one"]), (both.email, ["Of both"]),
    ])  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "days"),
    [
        ({"published_on": day(0)}, 0),
        ({"published_on": day(3)}, 3),
        ({"published_on": day(-20), "is_advance": False, "opens": 0}, 0),
        ({"published_on": day(0), "is_advance": False, "opens": 4}, 4),
        ({"published_on": day(-20)}, None),
        ({"published_on": day(-20), "opens": 0}, None),  # it was out before, as an advance article
    ],
)
def test_an_article_is_due_from_its_own_day_or_its_issues_and_not_when_it_is_old(fields, days):
    follower("Sleep")
    opens = fields.pop("opens", None)
    issue = make_issue(published_on=day(opens)) if opens is not None else make_issue(published_on=day(-400))
    new_article(issue=issue, **{"is_advance": True, **fields})

    assert [due(ahead) for ahead in range(6)] == [int(days is not None and ahead >= days) for ahead in range(6)]


def test_nothing_is_due_while_nobody_follows():
    new_article()
    assert due() == 0


@pytest.mark.django_db(transaction=True)
def test_of_two_runs_at_once_one_sends():
    follower("Sleep")
    new_article()

    def run() -> None:
        with transaction.atomic():
            subject_letters.send_subjects("any")

    racing.at_once(*[run] * 2)

    assert len(told()) == 1
