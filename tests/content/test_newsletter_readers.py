"""The newsletter's readers: asked for by anybody, confirmed by a link, stopped by one press, forgotten whole."""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from django.core import signing
from django.test import Client
from django.utils import timezone

from aapm_site.accounts.domain.privacy import erase_person, export_person
from aapm_site.accounts.models import User
from aapm_site.mail.domain import delivery
from aapm_site.mail.domain.bounces import enter_undeliverable
from aapm_site.mail.models import Mailing, MailingRecipient, OutgoingEmail, Subscription, UndeliverableAddress
from aapm_site.mail.states import BounceSource, EmailState, RecipientState
from content.domain import newsletter_readers as readers
from content.retention import RULES
from tests.factories import client_of, staff_user, user
from tests.racing import at_once

from .makers import news

pytestmark = pytest.mark.django_db
PATH = "/newsletter/"
ASKED = "/newsletter/asked/"
READER = "pat@people.example"
HERE = {"headers": {"Sec-Fetch-Site": "same-origin"}}


def ask(email: str = READER, client: Client | None = None, **more):
    return (client or Client()).post(PATH, {"email": email, **more}, **HERE)


def letters() -> list[OutgoingEmail]:
    return list(OutgoingEmail.objects.filter(template="content/newsletter_confirm"))


def link() -> str:
    return re.search(r"http://localhost:8000(/newsletter/\S+)", letters()[-1].text).group(1)


def gets(**who) -> list[tuple[str, bool]]:
    rows = Subscription.objects.filter(kind=readers.KIND, **who).order_by("pk")
    return [(row.address, row.paused_at is None) for row in rows]


def reader(email: str = READER) -> Subscription:
    return readers.confirm_newsletter(email)


def with_account(email: str = READER) -> User:
    return user(email)


class TestAsking:
    def test_nothing_is_kept_until_the_button_behind_the_link_is_pressed(self):
        visitor = Client()
        answer = ask("Pat@People.Example", visitor)
        assert answer["Location"] == ASKED
        assert "We mail you a link" in visitor.get(ASKED).text
        assert answer.cookies == {}
        assert Subscription.objects.count() == 0

        page = visitor.get(link())
        assert "It would come to pat@people.example" in page.text
        assert Subscription.objects.count() == 0

        done = visitor.post(link(), **HERE)
        made = Subscription.objects.get()
        assert (made.address, made.kind, made.user, made.wants_mail) == (READER, "newsletter", None, True)
        assert done["Location"] == f"/newsletter/mine/{made.token}/"
        assert "The newsletter comes to you" in visitor.get(done["Location"]).text
        visitor.post(link(), **HERE)
        assert gets() == [(READER, True)]

    def test_the_letter_is_secret_and_says_how_often_it_comes(self):
        ask()
        (letter,) = letters()
        assert letter.secret
        assert "usually once a month" in letter.text
        assert "If it was not you, do nothing." in letter.text

    def test_a_link_ends_after_seven_days_and_a_forged_one_never_opens(self):
        with time_machine.travel(timezone.now() - timedelta(days=7, seconds=5), tick=False):
            old = signing.dumps(READER, salt=readers.SALT)
        for signed in (old, signing.dumps(READER, salt="another"), "x"):
            for method in ("get", "post"):
                answer = getattr(Client(), method)(f"/newsletter/confirm/{signed}/", **HERE)
                assert answer.status_code == 404
                assert "This link has expired" in answer.text
        assert Subscription.objects.count() == 0

    @pytest.mark.parametrize("known", ["reader", "account", "marked", "complained", "unknown"])
    def test_the_answer_is_the_same_for_every_address(self, known):
        match known:
            case "reader":
                reader()
            case "account":
                readers.want_newsletter(with_account())
            case "marked":
                enter_undeliverable(READER, BounceSource.REPORT, "No such mailbox", by=None)
            case "complained":
                enter_undeliverable(READER, BounceSource.COMPLAINT, "Called it spam", by=None)
        answer = ask()
        assert (answer.status_code, answer["Location"], answer.cookies) == (302, ASKED, {})
        assert len(letters()) == (1 if known == "unknown" else 0)

    def test_who_stopped_it_may_ask_again(self):
        made = reader()
        readers.subscriptions.pause_subscription(made)
        ask()
        Client().post(link(), **HERE)
        assert gets() == [(READER, True)]
        assert Subscription.objects.get().token == made.token

    def test_one_mailbox_gets_three_letters_a_day_however_it_is_written(self):
        for name in ("pat", "PAT", "pat+a", "pat+b", "p.at+c"):
            assert ask(f"{name}@gmail.com")["Location"] == ASKED
        assert len(letters()) == 3
        with time_machine.travel(timezone.now() + timedelta(days=1, seconds=5)):
            ask("pat@gmail.com")
        assert len(letters()) == 4

    def test_one_connection_asks_twenty_times_an_hour(self):
        said = [ask(f"reader{number}@people.example").status_code for number in range(21)]
        assert said == [302] * 20 + [429]
        assert len(letters()) == 20

    def test_a_machine_that_fills_in_everything_gets_the_same_answer_and_no_letter(self):
        assert ask(website="https://spam.example")["Location"] == ASKED
        assert letters() == []

    @pytest.mark.parametrize(
        "email", ["", "no address", "a@b@c.example", "x\r\nBcc: y@z.example", "a" * 250 + "@b.example"]
    )
    def test_what_is_no_address_comes_back(self, email):
        answer = ask(email)
        assert answer.status_code == 422
        assert letters() == []

    def test_a_form_from_elsewhere_is_not_taken(self):
        answer = Client().post(PATH, {"email": READER}, headers={"Sec-Fetch-Site": "cross-site"})
        assert answer.status_code == 403
        assert f'value="{READER}"' in answer.text
        ask()
        assert Client().post(link()).status_code == 403
        assert Subscription.objects.count() == 0


class TestWithAnAccount:
    def test_a_switch_turns_it_on_and_off_without_a_letter(self):
        client = client_of(with_account())
        assert "It does not come to pat@people.example yet." in client.get(PATH).text
        client.post(PATH, {"do": "on"}, **HERE)
        assert gets() == [(READER, True)]
        assert "It comes to pat@people.example." in client.get(PATH).text
        enter_undeliverable(READER, BounceSource.STAFF, "By telephone", by=None)
        assert "Our mail came back." in client.get(PATH).text
        assert "What comes, and how often" in client.get("/account/mail/").text
        client.post(PATH, {"do": "off"}, **HERE)
        assert gets() == [(READER, False)]
        assert client.post(PATH, {"do": "x"}, **HERE).status_code == 422
        assert letters() == []

    def test_the_short_form_sent_after_signing_in_switches_it_on(self):
        ask(client=client_of(with_account()))
        assert gets() == [(READER, True)]

    def test_an_address_that_is_not_confirmed_is_asked_like_a_visitors(self):
        client = client_of(user(READER, verified=False))
        User.objects.update(last_login=None)  # as if the sign-up had not been finished
        assert f'value="{READER}"' in client.get(PATH).text
        assert client.post(PATH, {"do": "on"}, **HERE).status_code == 422
        assert Subscription.objects.count() == 0

    def test_a_link_to_the_address_of_an_account_begins_it_there(self):
        person = with_account()
        ask()
        Client().post(link(), **HERE)
        assert gets(user=person) == [(READER, True)]
        assert Subscription.objects.count() == 1

    def test_what_came_without_the_account_becomes_the_accounts(self):
        made = reader()
        person = with_account()
        assert readers.gets_newsletter(person)
        readers.stop_newsletter(person)
        assert not readers.gets_newsletter(person)
        made.refresh_from_db()
        assert (made.user, made.email, gets()) == (person, "", [(READER, False)])

    def test_where_there_are_two_the_accounts_counts(self):
        person = with_account()
        readers.want_newsletter(person)
        Subscription.objects.create(email=READER, kind=readers.KIND, title="x", confirmed_at=timezone.now())
        readers.stop_newsletter(person)
        assert gets() == [(READER, False)]

    def test_an_account_goes_with_its_newsletter(self):
        person = with_account()
        readers.want_newsletter(person)
        assert [row["kind"] for row in export_person(person)["mail"]["subscriptions"]] == ["newsletter"]
        erase_person(person)
        assert Subscription.objects.count() == 0


class TestTheOwnPage:
    def page(self, made: Subscription, more: str = "") -> str:
        return f"/newsletter/mine/{made.token}/{more}"

    def test_one_press_stops_it_and_another_takes_it_up_again(self):
        made = reader()
        Client().post(self.page(made), {"do": "off"}, **HERE)
        assert gets() == [(READER, False)]
        assert "The newsletter has stopped" in Client().get(self.page(made)).text
        Client().post(self.page(made), {"do": "on"}, **HERE)
        assert gets() == [(READER, True)]
        assert "came back" not in Client().get(self.page(made)).text
        enter_undeliverable(READER, BounceSource.STAFF, "By telephone", by=None)
        assert "Our mail came back." in Client().get(self.page(made)).text
        assert Client().post(self.page(made), {"do": "off"}).status_code == 403

    def test_a_mail_program_stops_it_with_one_post(self):
        made = reader()
        answer = Client(enforce_csrf_checks=True).post(
            f"/mail/unsubscribe/{made.token}/", {"List-Unsubscribe": "One-Click"}
        )
        assert (answer.status_code, answer.cookies, gets()) == (200, {}, [(READER, False)])

    def test_another_kinds_token_opens_nothing(self):
        other = Subscription.objects.create(email=READER, kind="subscription", title="x")
        for more in ("", "export/", "erase/"):
            assert Client().get(self.page(other, more)).status_code == 404

    def test_the_export_names_each_letter_and_what_became_of_it(self):
        made = reader()
        mailing = Mailing.objects.create(kind=readers.KIND, title="November", portion=1)
        MailingRecipient.objects.create(mailing=mailing, subscription=made, state=RecipientState.SENT)
        answer = Client().get(self.page(made, "export/"))
        found = json.loads(answer.content)
        assert (found["address"], found["stopped_at"]) == (READER, None)
        assert [(row["letter"], row["what_became_of_it"]) for row in found["letters"]] == [("November", "Sent")]
        assert answer["Cache-Control"] == "private, no-store"

    def test_erasing_leaves_a_count_and_no_address(self):
        ask()
        Client().post(link(), **HERE)
        made = Subscription.objects.get()
        mailing = Mailing.objects.create(kind=readers.KIND, title="November", portion=1)
        row = MailingRecipient.objects.create(mailing=mailing, subscription=made, state=RecipientState.SENT)
        assert "Erase all of it" in Client().get(self.page(made, "erase/")).text
        assert Subscription.objects.count() == 1
        done = Client().post(self.page(made, "erase/"), **HERE)
        assert done["Location"] == "/newsletter/erased/"
        row.refresh_from_db()
        assert (row.state, row.subscription) == (RecipientState.SENT, None)
        assert (Subscription.objects.count(), OutgoingEmail.objects.count()) == (0, 0)


def test_a_link_that_arrives_lifts_the_mark_of_the_address():
    ask()
    wanted = link()
    enter_undeliverable(READER, BounceSource.STAFF, "By telephone", by=staff_user("Content editor"))
    Client().post(wanted, **HERE)
    assert UndeliverableAddress.objects.filter(lifted_at=None).count() == 0


def test_a_mark_that_comes_in_between_keeps_the_letter_back():
    ask()
    (letter,) = letters()
    enter_undeliverable(READER, BounceSource.COMPLAINT, "Called it spam", by=None)
    assert delivery.attempt_delivery(letter.pk).state == EmailState.SUPPRESSED


@pytest.mark.parametrize(("days", "left"), [(89, 1), (91, 0)])
def test_an_address_that_stopped_it_is_forgotten_and_an_account_is_not(days, left):
    made = reader()
    person = with_account("other@people.example")
    readers.want_newsletter(person)
    Subscription.objects.update(paused_at=timezone.now() - timedelta(days=days))
    awake = reader("third@people.example")
    (rule,) = [rule for rule in RULES if rule.name == "newsletter-readers"]
    assert rule.forget(timezone.now() - timedelta(days=rule.days)) == 1 - left
    assert Subscription.objects.filter(pk=made.pk).count() == left
    assert Subscription.objects.filter(pk__in=[awake.pk]).count() == 1
    assert gets(user=person) == [("other@people.example", False)]


def test_the_short_form_stands_beside_the_news_and_not_for_who_is_signed_in():
    news("first")
    for path in ("/news/", "/news/first/"):
        page = Client().get(path)
        assert 'action="/newsletter/"' in page.text
        assert "csrfmiddlewaretoken" not in page.text
        assert page.cookies == {}
        assert "Choose the newsletter" in client_of(user()).get(path).text


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_of_many_presses_one_row_comes(self):
        said = at_once(*[lambda: readers.confirm_newsletter(READER)] * 4)
        assert {type(one).__name__ for one in said} == {"Subscription"}
        assert gets() == [(READER, True)]

    def test_the_link_and_the_switch_at_once_make_one(self):
        reader()
        person = with_account()
        said = at_once(
            lambda: readers.confirm_newsletter(READER),
            lambda: readers.want_newsletter(person),
            lambda: readers.confirm_newsletter(READER),
        )
        assert {type(one).__name__ for one in said} == {"Subscription"}
        assert gets() == [(READER, True)]
        assert Subscription.objects.get().user == person

    def test_of_many_who_ask_for_one_mailbox_three_letters_go(self):
        at_once(*[lambda: readers.ask_to_confirm_newsletter(READER)] * 6)
        assert len(letters()) == 3
