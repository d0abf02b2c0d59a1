"""A chair's letters to the group: who may write, who gets them, once each, and never an address."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.core.background.due import run_due
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.domain import mailing_portions, mailings
from aapm_site.mail.domain.delivery import attempt_delivery
from aapm_site.mail.models import Mailing, MailingRecipient, OutgoingEmail, Subscription
from aapm_site.mail.states import EmailState, RecipientState, WhyHeld, WhyNotSent
from membership.domain import group_letters, groups
from membership.domain.group_letters import PORTION, STARTS_AFTER
from membership.domain.memberships import close_membership
from membership.letter_states import WhyNotToMember
from membership.models import Group, GroupLetter, GroupMember
from tests.racing import at_once

from .factories import make_member
from .test_groups import ACTIVE, LAPSED, confirmed, lead, make_group, put_in


def reader(group: Group, term=ACTIVE, *, letters: bool = True):
    person = confirmed(make_member(term))
    put_in(group, person)
    if letters:
        groups.want_letters(person, group)
    return person


def drafted(group: Group, chair) -> GroupLetter:
    return group_letters.write_letter(group, by=chair, subject="We meet", text="On Monday at 6.\n\nBring a case.")


def led_group():
    group = make_group()
    return group, lead(group, confirmed(make_member(ACTIVE)))


def send_now() -> None:
    """The portions of all letters are due, and written."""
    Mailing.objects.filter(next_at__isnull=False).update(next_at=timezone.now())
    for mailing in Mailing.objects.all():
        mailings.send_portion(str(mailing.pk))


def let_it_go(letter: GroupLetter) -> None:
    """What the clock does when the first portion is due."""
    send_now()


@pytest.mark.django_db
class TestWhoGetsIt:
    def test_members_who_run_and_want_it_get_one_each(self):
        group, chair = led_group()
        gets = reader(group)
        lapsed, silent, gone, elsewhere = (
            reader(group, LAPSED),
            reader(group, letters=False),
            reader(group),
            make_member(ACTIVE),
        )
        gone.is_active = False
        gone.save()
        stopped = reader(group)
        groups.stop_letters(stopped, group)
        other = make_group("rural")
        put_in(other, elsewhere)
        groups.want_letters(elsewhere, other)

        letter = drafted(group, chair)
        assert group_letters.order_letter(letter, by=chair) == 1
        let_it_go(letter)
        mail = OutgoingEmail.objects.get()
        assert (mail.to, mail.state) == (gets.email, EmailState.QUEUED)
        assert mail.subject == "[Headache] We meet"
        for person in (chair, lapsed, silent, gone, stopped, elsewhere):
            assert person.email not in f"{mail.text}{mail.html}{mail.reply_to}{mail.headers}"
        assert mail.text.startswith("On Monday at 6.\n\nBring a case.\n\n" + chair.display_name)
        assert mail.headers["List-Unsubscribe"] == f"<{Subscription.objects.get(user=gets).unsubscribe_url}>"
        assert GroupLetter.objects.get().mailing.done_at

    @pytest.mark.parametrize(
        ("what", "why"),
        [("leaves", WhyNotToMember.LEFT), ("stops", WhyHeld.STOPPED_MAIL), ("lapses", WhyNotToMember.LEFT)],
    )
    def test_who_does_not_want_or_may_not_have_it_meanwhile_is_passed_over(self, what, why):
        group, chair = led_group()
        person, letter = reader(group), drafted(group, chair)
        group_letters.order_letter(letter, by=chair)
        if what == "leaves":
            groups.leave_group(person, group)
        elif what == "stops":
            groups.stop_letters(person, group)
        else:
            close_membership(person.membership)
        let_it_go(letter)
        assert not OutgoingEmail.objects.filter(kind="group-letters").exists()
        row = MailingRecipient.objects.get()
        assert (row.state, row.why) == (RecipientState.HELD, why)

    @pytest.mark.parametrize("what", ["leaves", "stopped", "lapses"])
    def test_a_mail_that_waits_is_kept_back_when_it_holds_no_more(self, what):
        group, chair = led_group()
        person, letter = reader(group), drafted(group, chair)
        group_letters.order_letter(letter, by=chair)
        reader(group)  # who joined later is no reader of it
        send_now()
        mail = OutgoingEmail.objects.get(kind="group-letters")
        if what == "leaves":
            GroupMember.objects.filter(membership=person.membership).delete()
        elif what == "stopped":
            Mailing.objects.update(stopped_at=timezone.now(), done_at=None)
        else:
            close_membership(person.membership)
        attempt_delivery(mail.pk)
        mail.refresh_from_db()
        assert (mail.state, mail.why_not_sent) == (EmailState.SUPPRESSED, WhyNotSent.OVERTAKEN)

    def test_an_address_that_nobody_has_confirmed_gets_no_typed_words(self):
        group, chair = led_group()
        person = make_member(ACTIVE)
        EmailAddress.objects.create(user=person, email=person.email, verified=False, primary=True)
        User.objects.filter(pk=person.pk).update(password="a sign-up that was not finished")
        put_in(group, person)
        groups.want_letters(person, group)
        letter = drafted(group, chair)
        group_letters.order_letter(letter, by=chair)
        let_it_go(letter)
        assert not OutgoingEmail.objects.exists()
        assert MailingRecipient.objects.get().why == WhyHeld.UNCONFIRMED


@pytest.mark.django_db
class TestSending:
    def test_it_waits_ten_minutes_goes_in_portions_and_once_each(self):
        group, chair = led_group()
        people = [reader(group) for _ in range(3)]
        letter = drafted(group, chair)
        group_letters.order_letter(letter, by=chair)
        run_due(timezone.now())
        assert not OutgoingEmail.objects.exists()
        with time_machine.travel(timezone.now() + STARTS_AFTER, tick=False):
            Mailing.objects.update(portion=2)
            for _ in range(2):  # a run that is repeated at once writes nothing more
                run_due(timezone.now())
            assert OutgoingEmail.objects.count() == 2
        with time_machine.travel(timezone.now() + timedelta(days=3)):  # days late
            run_due(timezone.now())
            run_due(timezone.now())
        assert sorted(OutgoingEmail.objects.values_list("to", flat=True)) == sorted(one.email for one in people)
        assert PORTION == 100

    def test_a_worker_that_dies_in_a_portion_has_written_nothing_of_it(self):
        group, chair = led_group()
        reader(group)
        letter = drafted(group, chair)
        group_letters.order_letter(letter, by=chair)
        Mailing.objects.update(next_at=timezone.now())
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(mailing_portions, "queue_emails", lambda emails: 1 / 0)
            run_due(timezone.now())
        assert MailingRecipient.objects.get().state == RecipientState.WAITING
        run_due(timezone.now())
        assert OutgoingEmail.objects.count() == 1

    def test_one_letter_a_day(self):
        group, chair = led_group()
        reader(group)
        first, second = drafted(group, chair), drafted(group, chair)
        group_letters.order_letter(first, by=chair)
        with pytest.raises(NotAllowed, match="one letter a day"):
            group_letters.order_letter(second, by=chair)
        group_letters.stop_letter(first, by=chair)  # a slip does not cost the day
        assert group_letters.order_letter(second, by=chair) == 1
        with pytest.raises(NotAllowed, match="sent already"):
            group_letters.order_letter(second, by=chair)
        with pytest.raises(NotAllowed, match="sent already"):
            group_letters.change_letter(second, by=chair, subject="x", text="x")

    def test_a_letter_that_some_have_got_costs_the_day_although_it_is_stopped(self):
        group, chair = led_group()
        for _ in range(2):
            reader(group)
        first, second = drafted(group, chair), drafted(group, chair)
        group_letters.order_letter(first, by=chair)
        Mailing.objects.update(portion=1)
        let_it_go(first)
        group_letters.stop_letter(first, by=chair)

        with pytest.raises(NotAllowed, match="one letter a day"):
            group_letters.order_letter(second, by=chair)

        with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
            assert group_letters.order_letter(second, by=chair) == 2

    def test_stopped_before_it_goes_nobody_reads_it(self):
        group, chair = led_group()
        reader(group)
        letter = drafted(group, chair)
        group_letters.order_letter(letter, by=chair)
        group_letters.stop_letter(letter, by=chair)
        with time_machine.travel(timezone.now() + timedelta(days=1)):
            run_due(timezone.now())
        assert not OutgoingEmail.objects.exists()
        with pytest.raises(NotAllowed, match="nothing to stop"):
            group_letters.stop_letter(letter, by=chair)

    def test_nobody_to_write_to_and_a_closed_group(self):
        group, chair = led_group()
        letter = drafted(group, chair)
        with pytest.raises(NotAllowed, match="nobody to send it to"):
            group_letters.order_letter(letter, by=chair)
        assert GroupLetter.objects.get().is_draft
        groups.close_group(group)
        with pytest.raises(NotAllowed, match="closed"):
            group_letters.order_letter(letter, by=chair)


@pytest.mark.django_db
class TestPages:
    def test_a_chair_writes_tries_and_sends(self, client):
        group, chair = led_group()
        person = reader(group)
        client.force_login(chair)
        at = f"{group.get_absolute_url()}chairs/letters/"
        refused = client.post(at, {"subject": "We meet", "text": "x" * 7_000})
        assert refused.status_code == 422
        assert "x" * 7_000 in refused.text
        shown = client.post(at, {"subject": "We meet", "text": "<b>On</b> Monday."}, follow=True)
        assert "&lt;b&gt;On&lt;/b&gt; Monday." in shown.text
        assert "Send it to 1" in shown.text
        assert person.email not in shown.text
        letter = GroupLetter.objects.get()
        here = f"{at}{letter.public_id}/"

        client.post(here, {"test": "1"})
        test = OutgoingEmail.objects.get()
        assert (test.to, test.subject) == (chair.email, "Test: [Headache] We meet")
        client.post(f"{here}words/", {"subject": "We meet", "text": "On Tuesday."})
        assert GroupLetter.objects.get().text == "On Tuesday."
        assert "goes to one member, beginning in ten minutes" in client.post(here, {"send": "1"}, follow=True).text
        assert "Being sent" in client.get(f"{group.get_absolute_url()}chairs/").text
        assert "its words stay as they are" in client.get(f"{here}words/", follow=True).text
        assert "Stopped" in client.post(here, {"stop": "1"}, follow=True).text

    def test_words_that_another_chair_has_changed_are_neither_sent_nor_written_over_unread(self, client):
        group, chair = led_group()
        other = lead(group, confirmed(make_member(ACTIVE)))
        reader(group)
        letter = drafted(group, chair)
        client.force_login(chair)
        here = f"{group.get_absolute_url()}chairs/letters/{letter.public_id}/"
        seen = re.search(r'name="seen" value="([^"]+)"', client.get(here).text)[1]
        assert re.search(r'name="seen" value="([^"]+)"', client.get(f"{here}words/").text)[1] == seen
        group_letters.change_letter(letter, by=other, subject="We meet", text="Words of the other chair.")

        for press in ("send", "throw-away"):
            late = client.post(here, {press: "1", "seen": seen}, follow=True)
            assert "Another chair has changed this letter" in late.text
        typed = client.post(f"{here}words/", {"subject": "We meet", "text": "My own words.", "seen": seen})
        assert (typed.status_code, "My own words." in typed.text) == (422, True)
        assert "Words of the other chair." in typed.text
        assert GroupLetter.objects.get().text == "Words of the other chair."
        assert Mailing.objects.count() == 0

        seen = re.search(r'name="seen" value="([^"]+)"', typed.text)[1]
        client.post(f"{here}words/", {"subject": "We meet", "text": "My own words.", "seen": seen})
        assert GroupLetter.objects.get().text == "My own words."
        seen = re.search(r'name="seen" value="([^"]+)"', client.get(here).text)[1]
        client.post(here, {"send": "1", "seen": seen})
        assert Mailing.objects.count() == 1

    def test_a_letter_is_there_for_the_chairs_of_its_own_group_alone(self, client):
        group, chair = led_group()
        letter = drafted(group, chair)
        other = make_group("rural")
        client.force_login(lead(other, make_member(ACTIVE)))
        for owner in (group, other):
            at = f"{owner.get_absolute_url()}chairs/letters/{letter.public_id}/"
            for address in (at, f"{at}words/"):
                assert client.get(address).status_code == 404
                assert client.post(address, {"send": "1"}).status_code == 404
        assert GroupLetter.objects.get().is_draft

    def test_staff_read_it_and_stop_it(self, desk):
        group, chair = led_group()
        reader(group)
        letter = drafted(group, chair)
        group_letters.order_letter(letter, by=chair)
        at = f"/admin/membership/groupletter/{letter.pk}"
        assert "On Monday at 6." in re.sub(r"\s+", " ", desk.get(f"{at}/change/").text)
        desk.post(f"{at}/stop/", {"reason": "It was for another group."})
        assert GroupLetter.objects.get().mailing.stopped_at


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_two_presses_of_send_order_it_once(self):
        group, chair = led_group()
        reader(group)
        letter = drafted(group, chair)
        said = at_once(*[lambda: group_letters.order_letter(letter, by=chair)] * 2)
        assert sorted(type(one).__name__ for one in said) == ["NotAllowed", "int"]
        assert MailingRecipient.objects.count() == 1

    def test_two_runs_of_one_portion_write_to_each_reader_once(self):
        group, chair = led_group()
        for _ in range(3):
            reader(group)
        letter = drafted(group, chair)
        group_letters.order_letter(letter, by=chair)
        Mailing.objects.update(next_at=timezone.now())
        key = str(Mailing.objects.get().pk)
        assert at_once(*[lambda: mailings.send_portion(key)] * 3) == [None] * 3
        assert OutgoingEmail.objects.count() == 3

    def test_a_chair_who_is_removed_while_writing_sends_nothing(self):
        group, chair = led_group()
        reader(group)
        letter = drafted(group, chair)
        row = GroupMember.objects.get(membership=chair.membership)
        said = at_once(lambda: groups.dismiss_chair(row) and None, lambda: group_letters.order_letter(letter, by=chair))
        sent = said[1] == 1
        assert sent or str(said[1]) == groups.NO_CHAIR
        assert GroupLetter.objects.get().is_going is sent
        with pytest.raises(NotAllowed, match="Only a chair"):
            group_letters.stop_letter(letter, by=chair)
