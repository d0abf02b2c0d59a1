"""Articles that readers keep, and the contents of each issue by mail."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.models import OutgoingEmail, Subscription
from membership import privacy
from membership.journal.domain import contents_letters, saved_articles
from membership.journal.models import Issue, SavedArticle

from ..factories import BODY_CANARY, day, make_article, make_issue, make_user

pytestmark = pytest.mark.django_db


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


# Saved articles -------------------------------------------------------------------------------------------------------
def test_a_reader_saves_notes_and_removes_an_article():
    article, user = make_article(), make_user()
    client = signed_in(user)

    client.post(f"{article.get_absolute_url()}save/")
    client.post(f"{article.get_absolute_url()}save/")
    client.post(f"/journal/saved/{article.pk}/note/", {"note": "For Tuesday."})
    page = client.get("/journal/saved/").content.decode()

    assert [(saved.article, saved.note) for saved in SavedArticle.objects.for_user(user)] == [(article, "For Tuesday.")]
    assert "For Tuesday." in page
    assert article.title in page
    assert BODY_CANARY not in page
    client.post(f"/journal/saved/{article.pk}/remove/")
    assert not SavedArticle.objects.exists()


def test_a_note_goes_with_the_press_and_is_changed_there():
    article, user = make_article(), make_user()
    client, address = signed_in(user), f"{article.get_absolute_url()}save/"

    assert client.post(address, {"note": "Read before Tuesday."})["Location"] == article.get_absolute_url()
    assert "Read before Tuesday." in client.get(address).content.decode()
    too_long = client.post(address, {"note": "x" * 1_001})
    client.post(address, {"note": ""})  # pressing again takes nothing away

    assert (too_long.status_code, "x" * 1_001 in too_long.content.decode()) == (422, True)
    assert SavedArticle.objects.get().note == "Read before Tuesday."


def test_an_address_alone_saves_nothing_and_a_visitor_signs_in_first():
    article = make_article()
    address = f"{article.get_absolute_url()}save/"

    assert Client().get(address)["Location"] == f"/accounts/login/?next={address}"
    assert "Save it" in signed_in(make_user()).get(address).content.decode()
    assert not SavedArticle.objects.exists()
    assert (
        signed_in(make_user()).post(f"{make_article(published_on=day(3)).get_absolute_url()}save/").status_code == 404
    )


def test_nobody_reads_or_changes_what_another_saved():
    article, user = make_article(), make_user()
    saved_articles.save_article_for(user, article)
    other = signed_in(make_user())

    assert article.title not in other.get("/journal/saved/").content.decode()
    for name in ("note", "remove"):
        assert other.post(f"/journal/saved/{article.pk}/{name}/", {"note": "x"}).status_code == 404
    assert SavedArticle.objects.get().note == ""


def test_a_note_that_is_too_long_comes_back_as_typed():
    article, user = make_article(), make_user()
    saved_articles.save_article_for(user, article)

    response = signed_in(user).post(f"/journal/saved/{article.pk}/note/", {"note": "x" * 1_001})

    assert response.status_code == 422
    assert "x" * 1_001 in response.content.decode()
    assert "A note has at most 1,000 characters." in response.content.decode()
    assert SavedArticle.objects.get().note == ""


def test_a_list_takes_so_many(monkeypatch):
    monkeypatch.setattr(saved_articles, "LIMIT", 1)
    user = make_user()
    saved_articles.save_article_for(user, make_article())

    with pytest.raises(NotAllowed, match="Your list holds 1 articles"):
        saved_articles.save_article_for(user, make_article())


def test_they_are_exported_and_erased():
    article, user = make_article(), make_user()
    saved_articles.save_article_for(user, article)
    assert [row["article"] for row in privacy.export(user)["saved_articles"]] == [article.title]

    privacy.erase(user)

    assert not SavedArticle.objects.exists()


# Contents by mail -----------------------------------------------------------------------------------------------------
def issue_out(days: int = 0) -> Issue:
    issue = make_issue(published_on=day(days), title="Going home")
    make_article(issue, title="Sleep & pain", published_on=day(min(days, 0)))
    return issue


def at_noon(days: int = 0):
    return timezone.localtime().replace(hour=12) + timedelta(days=days)


def due(days: int = 0) -> list[str]:
    return [row.key for row in contents_letters.due_contents(at_noon(days))]


def test_a_reader_asks_for_them_and_stops_them_by_a_press():
    user = make_user()
    client = signed_in(user)

    client.post("/journal/contents-by-mail/", {"want": "1"})
    assert "You get them" in client.get("/journal/contents-by-mail/").content.decode()
    assert Subscription.objects.get(user=user).wants_mail
    client.post("/journal/contents-by-mail/")

    assert "You do not get them at present" in client.get("/journal/contents-by-mail/").content.decode()
    assert not Subscription.objects.get(user=user).wants_mail


def test_the_contents_go_once_to_those_who_want_them():
    wants, stopped, gone = make_user(), make_user(), make_user()
    for user in (wants, stopped, gone):
        contents_letters.want_contents(user)
    contents_letters.stop_contents(stopped)
    type(gone).objects.filter(pk=gone.pk).update(is_active=False)
    issue = issue_out()
    make_user()
    assert due() == [str(issue.pk)]

    contents_letters.send_contents(str(issue.pk))
    contents_letters.send_contents(str(issue.pk))

    (letter,) = OutgoingEmail.objects.all()
    assert (letter.to, letter.kind) == (wants.email, "journal-contents")
    assert letter.subject == f"Pain Medicine, {issue}: Going home"
    assert "* Sleep & pain\n  Lena Okafor, pages 801–809\n" in letter.text
    assert letter.subscription.unsubscribe_url in letter.text
    assert BODY_CANARY not in letter.text
    assert due() == []
    assert mail.outbox == []


def test_what_is_not_out_old_or_empty_is_not_due():
    issue_out(3)
    issue_out(-30)
    make_issue(published_on=day(0))

    assert due() == []
    assert len(due(4)) == 1  # what the rehearsal shows
