"""List mail: one click stops it, and nothing else does."""

import pytest
from django.test import Client

from aapm_site.mail.domain import subscriptions
from aapm_site.mail.domain.queue import queue_email
from aapm_site.mail.models import OutgoingEmail, Subscription
from aapm_site.mail.states import EmailState
from tests.factories import client_of, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def news():
    return subscriptions.subscribe(user(), "news", "News and statements")


def path(subscription: Subscription) -> str:
    return f"/mail/unsubscribe/{subscription.token}/"


def state(subscription: Subscription) -> bool:
    subscription.refresh_from_db()
    return subscription.wants_mail


def test_a_mail_program_unsubscribes_without_cookie_or_sign_in(news):
    client = Client(enforce_csrf_checks=True)

    answer = client.post(path(news), {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    assert answer.content == b"You are unsubscribed.\n"
    assert answer.cookies == {}
    assert not state(news)


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_at_the_link_changes_nothing(news, method):
    answer = getattr(Client(), method)(path(news))

    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    assert state(news)


def test_the_page_names_the_mail_and_stops_it(news):
    client = Client(enforce_csrf_checks=True)

    assert "Stop this mail?" in client.get(path(news)).content.decode()
    page = client.post(path(news), {"do": "pause"}).content.decode()

    assert "You are unsubscribed" in page
    assert "News and statements" in page
    assert not state(news)


def test_repeating_it_does_no_harm(news):
    client = Client()
    client.post(path(news), {"List-Unsubscribe": "One-Click"})
    news.refresh_from_db()
    first = news.paused_at

    assert client.post(path(news), {"List-Unsubscribe": "One-Click"}).status_code == 200

    news.refresh_from_db()
    assert news.paused_at == first


def test_a_slip_can_be_undone(news):
    subscriptions.pause_subscription(news)

    page = Client().post(path(news), {"do": "resume"}).content.decode()

    assert "You get this mail again" in page
    assert state(news)


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_forged_link_is_not_found_and_does_no_harm(news, method):
    forged = f"/mail/unsubscribe/{news.token[:-1]}{'a' if news.token[-1] != 'a' else 'b'}/"

    assert getattr(Client(), method)(forged).status_code == 404
    assert state(news)


def test_the_link_of_a_subscription_that_is_gone_does_no_harm(news):
    old = path(news)
    other = subscriptions.subscribe(user(), "news", "News and statements")
    news.delete()

    assert Client().post(old, {"List-Unsubscribe": "One-Click"}).status_code == 404
    assert state(other)


def test_pausing_stops_what_is_waiting(news, templates):
    templates("t/hello")
    waiting = queue_email("amara@example.org", "t/hello", {}, subscription=news)
    other = queue_email("amara@example.org", "t/hello", {})

    subscriptions.pause_subscription(news)

    waiting.refresh_from_db()
    other.refresh_from_db()
    assert (waiting.state, other.state) == (EmailState.SUPPRESSED, EmailState.QUEUED)


def test_a_closed_account_gets_no_list_mail(news):
    news.user.is_active = False
    news.user.save()

    assert not Subscription.objects.select_related("user").get(pk=news.pk).wants_mail


def confirmation_path() -> str:
    text = OutgoingEmail.objects.get(template="mail/confirm").text
    return next(line for line in text.split() if "/mail/confirm/" in line).removeprefix("http://localhost:8000")


def test_an_address_is_confirmed_by_the_mailed_link_only():
    subscriptions.ask_to_confirm("Amara@Example.org", "news", "News")
    subscription = Subscription.objects.get()
    email = OutgoingEmail.objects.get()

    assert subscription.email == "amara@example.org"
    assert (email.to, email.secret) == ("amara@example.org", True)
    assert not subscription.wants_mail

    link = confirmation_path()
    assert Client().get(link).status_code == 200
    assert not state(subscription)
    page = Client(enforce_csrf_checks=True).post(link).content.decode()

    assert "Your address is confirmed" in page
    assert state(subscription)


def test_resuming_does_not_confirm():
    subscriptions.ask_to_confirm("amara@example.org", "news", "News")
    subscription = Subscription.objects.get()

    Client().post(path(subscription), {"do": "resume"})

    assert not state(subscription)


def test_an_old_or_forged_confirmation_link_is_refused(monkeypatch):
    subscriptions.ask_to_confirm("amara@example.org", "news", "News")
    link = confirmation_path()

    assert Client().post(link[:-2] + "x/").status_code == 404
    monkeypatch.setattr(subscriptions, "CONFIRM_SECONDS", -1)
    assert Client().post(link).status_code == 404
    assert not state(Subscription.objects.get())


def test_asking_again_sends_no_second_subscription_and_nothing_to_the_confirmed():
    subscriptions.ask_to_confirm("amara@example.org", "news", "News")
    subscriptions.ask_to_confirm("AMARA@example.org", "news", "News")
    assert (Subscription.objects.count(), OutgoingEmail.objects.count()) == (1, 2)
    subscriptions.confirm_subscription(Subscription.objects.get())

    subscriptions.ask_to_confirm("amara@example.org", "news", "News")

    assert OutgoingEmail.objects.count() == 2


def test_a_person_manages_their_own_list_mail_only(news):
    other = subscriptions.subscribe(user(), "news", "News and statements")
    client = client_of(news.user)

    assert client.post(f"/account/mail/{other.pk}/", {"do": "pause"}).status_code == 404
    assert state(other)
    client.post(f"/account/mail/{news.pk}/", {"do": "frequency", "frequency": "weekly"})
    news.refresh_from_db()
    assert news.frequency == "weekly"
    client.post(f"/account/mail/{news.pk}/", {"do": "frequency", "frequency": "hourly"})
    news.refresh_from_db()
    assert news.frequency == "weekly"
    client.post(f"/account/mail/{news.pk}/", {"do": "pause"})
    assert not state(news)
    assert "Paused" in client.get("/account/mail/").content.decode()
    client.post(f"/account/mail/{news.pk}/", {"do": "resume"})
    assert state(news)
