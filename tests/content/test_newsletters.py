"""Newsletters: what is new is gathered by one press, tried, agreed to, and goes once to each reader."""

from datetime import timedelta
from io import StringIO
from unittest import mock

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as st

from aapm_site.accounts.domain.privacy import erase_person
from aapm_site.core.background import due
from aapm_site.core.roles import CONTENT_EDITOR
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.domain import delivery, mailing_portions, mailings, staff_letters, subscriptions
from aapm_site.mail.domain.bounces import enter_undeliverable
from aapm_site.mail.letter_states import LetterStatus
from aapm_site.mail.models import Mailing, MailingRecipient, OutgoingEmail, Subscription
from aapm_site.mail.queries.mailings import figures_of
from aapm_site.mail.states import BounceSource, EmailState, RecipientState, WhyHeld
from content.domain import newsletter_readers as readers
from content.domain import newsletters
from content.models import Newsletter, NewsletterEntry, Page
from content.states import PageStatus
from tests.factories import staff_client, staff_user, user
from tests.racing import at_once

from .makers import news, page

pytestmark = pytest.mark.django_db
TEMPLATE = "content/newsletter"


def subscribers(count: int) -> list[Subscription]:
    """By turns with an account and without."""
    return [
        readers.want_newsletter(user()) if place % 2 else readers.confirm_newsletter(f"reader{place}@people.example")
        for place in range(count)
    ]


def a_newsletter(*entries: Page, **fields) -> Newsletter:
    fields.setdefault("subject", "News from the Academy")
    fields.setdefault("opening", "<p>Dear reader, <a href='/ask/'>ask us</a>.</p>")
    made = Newsletter.objects.create(**fields)
    for place, entry in enumerate(entries):
        NewsletterEntry.objects.create(newsletter=made, page=entry, order=10 * place)
    return made


def begun(*entries: Page, **fields) -> Newsletter:
    return newsletters.send_newsletter(a_newsletter(*entries, **fields), by=staff_user(CONTENT_EDITOR))


def run(times: int = 1) -> None:
    """The timed work, five minutes apart."""
    for turn in range(times):
        with time_machine.travel(timezone.now() + mailings.EVERY * turn, tick=False):
            due.run_due(timezone.now())


def letters() -> list[OutgoingEmail]:
    return list(OutgoingEmail.objects.filter(template=TEMPLATE).order_by("to"))


def states(newsletter: Newsletter) -> dict[str, int]:
    newsletter.refresh_from_db()
    return figures_of(newsletter.mailing).counts


class TestGathering:
    def test_a_digest_holds_what_everybody_may_read_since_the_last_one(self):
        old = news("old", timezone.now() - timedelta(days=40))
        held = news("held", timezone.now() - timedelta(days=20))
        begun_at = timezone.now() - timedelta(days=10)
        last = Mailing.objects.create(kind=readers.KIND, title="x", portion=1, begun_at=begun_at)
        written_at = begun_at - timedelta(days=2)
        sent = Newsletter.objects.create(
            subject="x", status=LetterStatus.SENT, mailing=last, slug="x", created_at=written_at
        )
        meanwhile = news("meanwhile", timezone.now() - timedelta(days=11))
        again = news("again", timezone.now() - timedelta(days=4))
        NewsletterEntry.objects.create(newsletter=sent, page=again)
        first = news("first", timezone.now() - timedelta(days=5))
        statement = news("statement", timezone.now() - timedelta(days=2), kind="statement")
        news("members", audience="members")
        news("draft", status=PageStatus.DRAFT)
        news("ahead", timezone.now() + timedelta(days=1))
        page("a-page")

        made = newsletters.begin_digest(by=staff_user(CONTENT_EDITOR))
        assert [entry.page for entry in made.entries.all()] == [statement, first, meanwhile]
        assert made.subject.startswith("News from the Academy, ")
        assert old not in newsletters.what_is_new()
        assert held not in newsletters.what_is_new()

    def test_without_an_earlier_one_it_looks_back_a_month(self):
        news("old", timezone.now() - timedelta(days=32))
        young = news("young", timezone.now() - timedelta(days=30))
        assert list(newsletters.what_is_new()) == [young]

    def test_what_is_new_meanwhile_comes_below_what_stands(self):
        first = news("first", timezone.now() - timedelta(days=3))
        made = newsletters.begin_digest(by=staff_user(CONTENT_EDITOR))
        second = news("second", timezone.now() - timedelta(days=5))
        assert newsletters.gather_what_is_new(made, by=None) == 1
        assert newsletters.gather_what_is_new(made, by=None) == 0
        assert [entry.page for entry in made.entries.all()] == [first, second]

    def test_it_holds_twenty_at_most(self):
        for place in range(23):
            news(f"entry-{place}")
        assert newsletters.begin_digest(by=None).entries.count() == newsletters.MOST_ENTRIES

    @how(max_examples=40)
    @given(
        days=st.lists(st.tuples(st.integers(0, 60), st.booleans(), st.booleans()), max_size=6),
        last=st.none() | st.integers(0, 60),
    )
    def test_whatever_the_days_what_is_new_is_what_a_plain_rule_says(self, days, last):
        Page.objects.all().delete()
        Newsletter.objects.all().delete()
        Mailing.objects.all().delete()
        now = timezone.now()
        since = now - timedelta(days=31 if last is None else last)
        if last is not None:
            Mailing.objects.create(kind=readers.KIND, title="x", portion=1, begun_at=since)
        expected = set()
        for place, (ago, is_public, is_news) in enumerate(days):
            at = now - timedelta(days=ago, minutes=place + 1)
            fields = {"published_at": at, "audience": "public" if is_public else "members"}
            made = page(f"p-{place}", kind="news" if is_news else "page", **fields)
            if is_public and is_news and at > since:
                expected.add(made.pk)
        assert {found.pk for found in newsletters.what_is_new()} == expected


class TestSending:
    def test_each_reader_gets_it_once_with_a_link_that_stops_it(self):
        rows = subscribers(4)
        told = news("told", title="What we told the Senate", kind="statement")
        newsletter = begun(told, preview_line="One statement")
        run(3)

        newsletter.refresh_from_db()
        assert newsletter.status == LetterStatus.SENT
        sent = letters()
        assert sorted(mail.to for mail in sent) == sorted(row.address for row in rows)
        for mail in sent:
            stop = f"http://localhost:8000/mail/unsubscribe/{mail.subscription.token}/"
            assert mail.headers["List-Unsubscribe"] == f"<{stop}>"
            assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
            mine = f"http://localhost:8000/newsletter/mine/{mail.subscription.token}/"
            for words in (mail.text, mail.html):
                assert stop in words
                assert mine in words
                assert "http://localhost:8000/ask/" in words
                assert "http://localhost:8000/news/told/" in words
                assert "What we told the Senate" in words
            assert "One statement" in mail.html
            assert "<img" not in mail.html
        assert states(newsletter) == {RecipientState.WRITTEN: 4}

    def test_the_worker_hands_it_to_the_mail_server_as_it_is(self, mailoutbox):
        subscribers(1)
        begun(news("told"))
        run()
        (mail,) = letters()
        delivery.attempt_delivery(mail.pk)
        (sent,) = mailoutbox
        assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert sent.alternatives[0][1] == "text/html"

    def test_an_account_and_its_address_are_one_reader(self):
        readers.confirm_newsletter("pat@people.example")
        person = user("pat@people.example")
        Subscription.objects.create(user=person, kind=readers.KIND, title="x", confirmed_at=timezone.now())
        begun(news("told"))
        run()
        assert [(mail.to, mail.user) for mail in letters()] == [("pat@people.example", person)]

    def test_what_the_account_has_stopped_does_not_come_by_the_address(self):
        subscribers(1)
        readers.confirm_newsletter("pat@people.example")
        person = user("pat@people.example")
        Subscription.objects.create(
            user=person, kind=readers.KIND, title="x", confirmed_at=timezone.now(), paused_at=timezone.now()
        )
        begun(news("told"))
        run()
        assert [mail.to for mail in letters()] == ["reader0@people.example"]

    def test_who_must_not_get_it_is_held_back_with_the_reason(self):
        stopped, closed, marked, forgotten, fine, later = subscribers(6)
        newsletter = begun(news("told"))
        subscriptions.pause_subscription(stopped)
        type(closed.user).objects.filter(pk=closed.user_id).update(is_active=False)
        enter_undeliverable(marked.address, BounceSource.STAFF, "By telephone", by=staff_user())
        erase_person(forgotten.user)
        run()
        assert [mail.to for mail in letters()] == sorted([fine.address, later.address])
        assert dict(figures_of(newsletter.mailing).reasons) == {
            WhyHeld.STOPPED_MAIL: 1, WhyHeld.NO_SIGN_IN: 1, WhyHeld.BOUNCED: 1, WhyHeld.FORGOTTEN: 1,
        }  # fmt: skip
        # Who stops between the writing and the sending gets none either.
        Subscription.objects.filter(pk=later.pk).update(paused_at=timezone.now())
        (mail,) = [one for one in letters() if one.to == later.address]
        assert delivery.attempt_delivery(mail.pk).state == EmailState.SUPPRESSED

    def test_only_what_everybody_may_read_goes_out(self):
        subscribers(1)
        for closed in (news("members", audience="members"), news("draft", status=PageStatus.DRAFT), page("a-page")):
            with pytest.raises(NotAllowed, match="Not everybody may read"):
                begun(closed)
        assert MailingRecipient.objects.count() == 0

    def test_what_is_withdrawn_while_it_goes_out_stands_in_no_further_letter(self):
        subscribers(7)
        told, kept = news("told", title="Told too soon"), news("kept")
        newsletter = begun(told, kept, per_hour=60)
        run()
        Page.objects.filter(pk=told.pk).update(audience="members")
        run(2)
        assert [("Told too soon" in mail.text) for mail in letters()].count(True) == 5
        assert len(letters()) == 7
        cache.clear()
        shown = Client().get(newsletter.get_absolute_url()).text
        assert "Told too soon" not in shown
        assert "/news/kept/" in shown

    def test_nothing_to_say_or_nobody_to_read_it_is_refused(self):
        with pytest.raises(NotAllowed, match="Nobody gets the newsletter"):
            begun(news("told"))
        subscribers(1)
        with pytest.raises(NotAllowed, match="It says nothing yet"):
            begun(opening="")
        assert begun(opening="<p>A letter of its own.</p>").status == LetterStatus.SENDING

    @pytest.mark.parametrize(("number", "status"), [(100, LetterStatus.SENDING), (101, LetterStatus.WAITING)])
    def test_more_than_a_hundred_need_a_second_person(self, number, status):
        with mock.patch.object(newsletters, "audience_size", return_value=number):
            assert begun(news("told")).status == status

    def test_whoever_wrote_or_sent_it_does_not_agree(self):
        writer, sender, second = (staff_user(CONTENT_EDITOR) for _ in range(3))
        subscribers(2)
        letter = a_newsletter(news("told"), written_by=writer)
        with mock.patch.object(newsletters, "ALONE", 1):
            waiting = newsletters.send_newsletter(letter, by=sender)
        for person in (writer, sender):
            with pytest.raises(NotAllowed, match="Somebody else must agree"):
                newsletters.agree_to_newsletter(waiting, by=person)
        assert MailingRecipient.objects.count() == 0
        agreed = newsletters.agree_to_newsletter(waiting, by=second)
        assert (agreed.status, agreed.asked_by, agreed.agreed_by) == (LetterStatus.SENDING, sender, second)
        assert MailingRecipient.objects.count() == 2

    def test_paused_stopped_and_gone_on_with(self):
        subscribers(12)
        by = staff_user(CONTENT_EDITOR)
        letter = begun(news("told"), per_hour=60)
        run()
        staff_letters.pause_letter(letter, by=by)
        run(3)
        assert states(letter) == {RecipientState.WRITTEN: 5, RecipientState.WAITING: 7}
        staff_letters.go_on_with_letter(Newsletter.objects.get(), by=by)
        run()
        assert states(letter) == {RecipientState.WRITTEN: 10, RecipientState.WAITING: 2}
        staff_letters.stop_letter(letter, by=by, reason="A wrong date.")
        for mail in letters():
            delivery.attempt_delivery(mail.pk)
        assert states(letter) == {RecipientState.HELD: 12}
        cache.clear()
        assert Client().get(letter.get_absolute_url()).status_code == 404

    def test_addresses_in_the_archive_do_not_meet(self):
        subscribers(1)
        today = timezone.localdate()
        made = [begun(news(f"told-{place}"), subject="Ärzte & <News>!").slug for place in range(3)]
        assert made == [f"{today}-arzte-news", f"{today}-arzte-news-2", f"{today}-arzte-news-3"]
        assert begun(news("one-more"), subject="?!").slug == f"{today}"


class Killed(BaseException):
    """The worker ends without a word."""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_after", [False, True])
@pytest.mark.parametrize(
    "step",
    [
        "aapm_site.mail.domain.mailing_portions.compose_email",
        "aapm_site.mail.domain.mailing_portions.queue_emails",
        "aapm_site.mail.domain.mailing_portions.MailingRecipient.objects.bulk_update",
        "content.domain.newsletters.move",
    ],
)
def test_a_worker_that_is_killed_at_a_step_leaves_all_or_nothing(step, is_after):
    subscribers(7)
    letter = begun(news("told"), per_hour=60)
    module, name = step.rsplit(".", 1)
    target = {"bulk_update": MailingRecipient.objects}.get(name) or __import__(module, fromlist=[name])
    real = getattr(target, name)

    def kill(*args, **kwargs):
        if is_after:
            real(*args, **kwargs)
        raise Killed

    start = timezone.now()
    for turn in range(2):
        with time_machine.travel(start + mailings.EVERY * turn, tick=False):
            with mock.patch.object(target, name, kill):
                try:
                    mailings.send_portion(str(letter.mailing.pk))
                except Killed:
                    assert len(letters()) == 5 * turn
            mailings.send_portion(str(letter.mailing.pk))
            mailings.send_portion(str(letter.mailing.pk))
    assert len({mail.to for mail in letters()}) == len(letters()) == 7
    assert states(letter) == {RecipientState.WRITTEN: 7}


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_of_two_workers_one_writes_a_portion(self):
        subscribers(9)
        letter = begun(news("told"), per_hour=60)
        assert at_once(*[lambda: mailings.send_portion(str(letter.mailing.pk))] * 4) == [None] * 4
        assert len(letters()) == 5

    def test_two_presses_send_it_once(self):
        subscribers(3)
        letter, by = a_newsletter(news("told")), staff_user(CONTENT_EDITOR)
        said = at_once(*[lambda: newsletters.send_newsletter(letter, by=by)] * 2)
        assert sorted(type(one).__name__ for one in said) == ["Newsletter", "NotAllowed"]
        assert (Mailing.objects.count(), MailingRecipient.objects.count()) == (1, 3)

    def test_two_who_gather_add_each_entry_once(self):
        news("told")
        letter = a_newsletter()
        at_once(*[lambda: newsletters.gather_what_is_new(letter, by=None)] * 3)
        assert letter.entries.count() == 1


class TestFigures:
    def test_whoever_stops_it_is_counted_beside_the_last_letter_that_went_to_them(self):
        one, two, three = subscribers(3)
        first = begun(news("told"))
        run()
        subscriptions.pause_subscription(one)
        subscriptions.pause_subscription(one)
        with time_machine.travel(timezone.now() + timedelta(days=30)):
            second = begun(news("again", timezone.now()))
            run()
            subscriptions.pause_subscription(two)
            readers.forget_readers(Subscription.objects.filter(pk=one.pk))
        first.refresh_from_db()
        assert [figures_of(each.mailing).stopped for each in (first, second)] == [1, 1]
        assert three.wants_mail

    def test_a_slip_is_not_counted(self):
        (one,) = subscribers(1)
        letter = begun(news("told"))
        run()
        subscriptions.pause_subscription(one)
        subscriptions.resume_subscription(one)
        assert figures_of(letter.mailing).stopped == 0
        subscriptions.pause_subscription(one)
        with time_machine.travel(timezone.now() + timedelta(days=2)):
            subscriptions.resume_subscription(one)
        assert figures_of(letter.mailing).stopped == 1

    def test_the_list_and_the_page_say_the_same(self):
        rows = subscribers(4)
        letter = begun(news("told"))
        run()
        mails = OutgoingEmail.objects.filter(template=TEMPLATE)
        mails.filter(to=rows[0].address).update(state=EmailState.FAILED)
        mails.exclude(to=rows[0].address).update(state=EmailState.SENT, sent_at=timezone.now())
        subscriptions.pause_subscription(rows[1])
        staff = staff_client(CONTENT_EDITOR)
        for _ in range(2):  # by the mail's own word, and by what was kept once the mail has forgotten it
            (row,) = staff.get("/admin/content/newsletter/").context["cl"].result_list
            assert (row.sent_number, row.back_number, row.stopped_number) == (3, 1, 1)
            page = staff.get(reverse("admin:content_newsletter_change", args=[letter.pk])).text
            assert "Stopped such letters after this one: 1." in page
            assert "Nobody is told whether a letter was opened" in page
            mailing_portions.settle_mailings()
            mails.delete()


class TestPages:
    @pytest.fixture
    def staff(self):
        return staff_client(CONTENT_EDITOR)

    def url(self, letter, page="change", *more):
        return reverse(f"admin:content_newsletter_{page}", args=[letter.pk, *more])

    def typed(self, *entries: Page, **more) -> dict[str, object]:
        rows = {
            f"entries-{place}-{name}": value
            for place, entry in enumerate(entries)
            for name, value in (("page", entry.pk), ("order", 10 * place))
        }
        return {
            "subject": "The winter letter", "preview_line": "", "opening": "<p>Dear reader.</p>", "per_hour": 3000,
            "entries-TOTAL_FORMS": len(entries), "entries-INITIAL_FORMS": 0, **rows, **more,
        }  # fmt: skip

    def test_one_press_begins_with_what_is_new(self, staff):
        told = news("told")
        assert "Begin with what is new" in staff.get("/admin/content/newsletter/").text
        answer = staff.post("/admin/content/newsletter/digest/", follow=True)
        made = Newsletter.objects.get()
        assert (made.written_by, [entry.page for entry in made.entries.all()]) == (staff.user, [told])
        assert "One entry is in it" in answer.text
        assert staff.get("/admin/content/newsletter/digest/").status_code == 405

    def test_it_is_written_with_entries_in_their_order(self, staff):
        one, two = news("one"), news("two", kind="statement")
        answer = staff.post("/admin/content/newsletter/add/", self.typed(two, one, subject=" The  winter\tletter "))
        assert answer.status_code == 302
        made = Newsletter.objects.get()
        assert (made.subject, made.written_by) == ("The winter letter", staff.user)
        assert [entry.page for entry in made.entries.all()] == [two, one]

    @pytest.mark.parametrize(
        "closed", [{"audience": "members"}, {"status": PageStatus.DRAFT}, {"kind": "page"}, {"audience": "group:x"}]
    )
    def test_what_not_everybody_may_read_cannot_be_chosen(self, staff, closed):
        answer = staff.post("/admin/content/newsletter/add/", self.typed(news("closed", **closed)))
        assert answer.status_code == 200
        assert "Choose news or a statement that everybody may read today." in answer.text
        assert Newsletter.objects.count() == 0
        found = staff.get(
            "/admin/autocomplete/", {"app_label": "content", "model_name": "newsletterentry", "field_name": "page"}
        )
        assert found.json()["results"] == []

    @pytest.mark.parametrize("opening", ['<p>See <img src="/media/x.png" alt="x"></p>', "<p>{loadposition x}</p>"])
    def test_a_letter_holds_no_pictures_and_no_live_blocks(self, staff, opening):
        answer = staff.post("/admin/content/newsletter/add/", self.typed(opening=opening))
        assert answer.status_code == 200
        assert "Letters hold no pictures and no live blocks." in answer.text

    def test_it_is_read_as_a_letter_and_tried_on_oneself(self, staff):
        subscribers(2)
        letter = a_newsletter(news("told"))
        page = staff.get(self.url(letter, "preview"))
        assert "2 readers today" in page.text
        assert "http://localhost:8000/news/told/" in page.text
        html = staff.get(self.url(letter, "html"))
        assert html["Content-Security-Policy"].startswith("default-src 'none'")
        assert '<a href="http://localhost:8000/news/told/">' in html.text
        assert (OutgoingEmail.objects.count(), MailingRecipient.objects.count()) == (0, 0)

        staff.post(self.url(letter, "send_test"))
        mail = OutgoingEmail.objects.get()
        assert (mail.to, mail.subject, mail.subscription) == (staff.user.email, "Test: News from the Academy", None)
        assert "This is a test: it came to you alone." in mail.text
        assert MailingRecipient.objects.count() == 0

    def test_a_press_sends_it_and_its_words_are_fixed(self, staff):
        subscribers(3)
        letter = a_newsletter(news("told"))
        assert "3 readers get it" in staff.get(self.url(letter, "send")).text
        staff.post(self.url(letter, "send"))
        run()
        page = staff.get(self.url(letter))
        assert 'name="subject"' not in page.text
        assert 'name="entries-0-page"' not in page.text
        staff.post(self.url(letter), self.typed(news("another")))
        letter.refresh_from_db()
        assert (letter.subject, letter.entries.count()) == ("News from the Academy", 1)
        recipients = staff.get(f"/admin/mail/mailingrecipient/?mailing__id__exact={letter.mailing.pk}")
        assert len(recipients.context["cl"].result_list) == 3
        assert staff.post(self.url(letter, "delete"), {"post": "yes"}).status_code == 403

    @pytest.mark.parametrize("change", ["opening", "entry", "title", "withdrawn"])
    @pytest.mark.parametrize("step", ["send", "agree"])
    def test_what_a_colleague_changed_since_it_was_read_does_not_go(self, staff, step, change):
        subscribers(2)
        told, more = news("told"), news("more")
        letter = a_newsletter(told, more)
        if step == "agree":
            with mock.patch.object(newsletters, "ALONE", 1):
                newsletters.send_newsletter(letter, by=staff_user(CONTENT_EDITOR))
        seen = staff.get(self.url(letter, step)).context["form"].initial["seen"]
        {
            "opening": lambda: Newsletter.objects.update(opening="<p>Words that nobody else has read.</p>"),
            "entry": lambda: NewsletterEntry.objects.filter(page=more).update(page=news("third")),
            "title": lambda: Page.objects.filter(pk=told.pk).update(title="Another title"),
            "withdrawn": lambda: NewsletterEntry.objects.filter(page=more).delete(),
        }[change]()

        late = staff.post(self.url(letter, step), {"seen": seen})
        assert (late.status_code, "A colleague has changed it since" in late.text) == (422, True)
        letter.refresh_from_db()
        assert (letter.mailing, MailingRecipient.objects.count()) == (None, 0)

        read_again = staff.get(self.url(letter, step)).context["form"].initial["seen"]
        staff.post(self.url(letter, step), {"seen": read_again})
        assert MailingRecipient.objects.count() == 2

    @pytest.mark.parametrize("way", ["words", "entries", "gathered"])
    def test_who_wrote_in_it_last_does_not_agree_to_it(self, staff, way):
        subscribers(2)
        writer, more = staff_user(CONTENT_EDITOR), news("more")
        letter = a_newsletter(subject="The winter letter", opening="<p>Dear reader.</p>", written_by=writer)
        if way == "gathered":
            staff.post(self.url(letter, "gather"))
        else:
            staff.post(self.url(letter), self.typed(*([more] if way == "entries" else [])))
            assert Newsletter.objects.get().written_by == (staff.user if way == "entries" else writer)
            if way == "words":
                staff.post(self.url(letter), self.typed(opening="<p>Words of the second person.</p>"))
        with mock.patch.object(newsletters, "ALONE", 1):
            waiting = newsletters.send_newsletter(Newsletter.objects.get(), by=writer)
        with pytest.raises(NotAllowed, match="Somebody else must agree"):
            newsletters.agree_to_newsletter(waiting, by=staff.user)

    def test_the_words_of_one_that_goes_out_are_read_and_not_their_marks(self, staff):
        subscribers(1)
        shown = staff.get(self.url(begun(news("told")))).text

        assert '<div class="text-read"><p>Dear reader, ' in shown
        assert "&lt;p&gt;" not in shown

    def test_what_a_colleague_sent_meanwhile_is_not_written_over(self, staff):
        subscribers(1)
        letter = a_newsletter(news("told"))
        real = Newsletter.objects.select_for_update

        def sent_meanwhile(*args, **kwargs):
            with mock.patch.object(Newsletter.objects, "select_for_update", real):
                newsletters.send_newsletter(letter, by=staff_user(CONTENT_EDITOR))
            return real(*args, **kwargs)

        with mock.patch.object(Newsletter.objects, "select_for_update", sent_meanwhile):
            answer = staff.post(self.url(letter), self.typed(news("another")), follow=True)
        assert "what you typed was not saved" in answer.text
        letter.refresh_from_db()
        assert (letter.subject, letter.status, letter.entries.count()) == (
            "News from the Academy", LetterStatus.SENDING, 1,
        )  # fmt: skip

    def test_the_second_person_finds_it_on_the_front_page(self, staff):
        subscribers(2)
        letter = a_newsletter(news("told"))
        with mock.patch.object(newsletters, "ALONE", 1):
            staff.post(self.url(letter, "send"))
        other = staff_client(CONTENT_EDITOR)
        assert "Newsletters that need a second person" in other.get("/admin/").text
        assert "Agree, and send it…" in other.get(self.url(letter)).text
        assert "Agree, and send it…" not in staff.get(self.url(letter)).text
        found = other.get("/admin/content/newsletter/?waits=second").context["cl"].result_list
        assert list(found) == [letter]
        other.post(self.url(letter, "decide", "return"), {"reason": "Too long."})
        letter.refresh_from_db()
        assert (letter.status, letter.asked_by) == (LetterStatus.DRAFT, None)


class TestArchive:
    def test_what_was_sent_is_a_page_for_everybody(self):
        subscribers(1)
        letter = begun(news("told", title="What we said"), preview_line="One statement")
        run()
        page = Client().get(letter.get_absolute_url())
        assert page.status_code == 200
        assert "Dear reader," in page.text
        assert 'href="/news/told/"' in page.text
        assert letter.get_absolute_url() in Client().get("/newsletter/past/").text
        assert letter.get_absolute_url() in Client().get("/newsletter/").text
        assert letter.get_absolute_url() in Client().get("/sitemap-newsletters.xml").text
        token = Subscription.objects.get().token
        assert token not in page.text

    def test_it_says_what_the_letter_said_when_a_title_changed_since(self):
        subscribers(1)
        told = news("told", title="As it was")
        letter = begun(told)
        Page.objects.filter(pk=told.pk).update(title="As it is now")
        assert "As it was" in Client().get(letter.get_absolute_url()).text

    def test_a_draft_stands_nowhere(self):
        a_newsletter(news("told"))
        assert "News from the Academy" not in Client().get("/newsletter/past/").text
        assert "None has gone out yet." in Client().get("/newsletter/past/").text
        assert "News from the Academy" not in Client().get("/newsletter/").text


def test_the_search_leads_to_it(client, settings):
    settings.DEMO = False
    call_command("load_starter_content", stdout=StringIO())
    for words in ("newsletter", "Newsletters", "how do I unsubscribe", "mailing list"):
        assert 'href="/newsletter/"' in client.get("/search/", {"q": words}).text


class TestQuestions:
    """However many there are, the database is asked as often."""

    @pytest.mark.parametrize("number", [1, 12])
    def test_of_the_list_of_past_ones(self, number, django_assert_num_queries):
        subscribers(1)
        told = news("told")
        for place in range(number):
            begun(told, subject=f"Letter {place}")
        Client().get("/newsletter/past/")  # what the process remembers from now on
        with django_assert_num_queries(2):
            assert Client().get("/newsletter/past/").status_code == 200

    @pytest.mark.parametrize("number", [1, 12])
    def test_of_the_page_that_is_asked_for_it(self, number, django_assert_num_queries):
        subscribers(1)
        told = news("told")
        for place in range(number):
            begun(told, subject=f"Letter {place}")
        Client().get("/newsletter/")  # what the process remembers from now on
        with django_assert_num_queries(2):
            assert Client().get("/newsletter/").text.count("Letter ") == min(number, 3)

    @pytest.mark.parametrize("number", [1, 12])
    def test_of_one_that_went_out(self, number, django_assert_num_queries):
        subscribers(1)
        letter = begun(*(news(f"told-{one}") for one in range(number)))
        Client().get(letter.get_absolute_url())
        with django_assert_num_queries(3):
            page = Client().get(letter.get_absolute_url())
        assert page.text.count('class="news-item') == number

    @pytest.mark.parametrize("number", [1, 12])
    def test_of_a_readers_own_page(self, number, django_assert_num_queries):
        (reader,) = subscribers(1)
        for place in range(number):
            begun(news(f"told-{place}"))
        Client().get(f"/newsletter/mine/{reader.token}/")
        with django_assert_num_queries(3):  # and: does our mail come back?
            assert Client().get(f"/newsletter/mine/{reader.token}/").status_code == 200

    @pytest.mark.parametrize("number", [1, 12])
    def test_of_a_portion(self, number, django_assert_num_queries):
        subscribers(2 * number)
        letter = begun(*(news(f"told-{one}") for one in range(number)))
        with django_assert_num_queries(18):
            mailings.send_portion(str(letter.mailing.pk))
        assert len(letters()) == 2 * number
