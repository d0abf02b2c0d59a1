"""Many presses of “Save” at once, each over a connection of its own: an article is saved once, with one note."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction

from aapm_site.core.transitions import NotAllowed
from membership.journal.domain import saved_articles
from membership.journal.models import SavedArticle
from tests import racing

from ..factories import make_article, make_issue, make_user

pytestmark = pytest.mark.django_db(transaction=True)
PRESSES = 8


def test_the_same_article_is_saved_once_and_keeps_a_note():
    person, article = make_user(), make_article()

    notes = [f"Note {place}" for place in range(PRESSES)]
    said = racing.at_once(*[lambda one=one: saved_articles.save_article_for(person, article, one) for one in notes])

    assert said == [1] * PRESSES
    assert SavedArticle.objects.get().note in notes


def test_only_as_many_are_saved_as_fit(monkeypatch):
    monkeypatch.setattr(saved_articles, "LIMIT", 3)
    issue = make_issue()
    person, articles = make_user(), [make_article(issue) for _ in range(PRESSES)]

    said = racing.at_once(*[lambda one=one: saved_articles.save_article_for(person, one) for one in articles])

    assert sorted(one for one in said if isinstance(one, int)) == [1, 2, 3]
    assert [type(one) for one in said if not isinstance(one, int)] == [NotAllowed] * (PRESSES - 3)
    assert SavedArticle.objects.count() == 3


def careless(person, article, both_have_looked) -> None:
    """Saving without the lock: look first, then write."""
    with transaction.atomic():
        is_there = SavedArticle.objects.for_user(person).filter(article=article).exists()
        both_have_looked.wait(timeout=20)
        if not is_there:
            SavedArticle.objects.create(user=person, article=article)


def test_control_without_the_lock_both_write_and_one_of_them_fails():
    person, article = make_user(), make_article()
    both_have_looked = threading.Barrier(2)

    said = racing.at_once(*[lambda: careless(person, article, both_have_looked)] * 2)

    assert [type(one) for one in said if one is not None] == [IntegrityError]
    assert SavedArticle.objects.count() == 1


def test_control_without_the_constraint_there_would_be_two():
    person, article = make_user(), make_article()
    both_have_looked = threading.Barrier(2)
    table, name = "membership_savedarticle", "membership_saved_article_once"
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    try:
        racing.at_once(*[lambda: careless(person, article, both_have_looked)] * 2)
        assert SavedArticle.objects.count() == 2
    finally:
        SavedArticle.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} UNIQUE (user_id, article_id)")
