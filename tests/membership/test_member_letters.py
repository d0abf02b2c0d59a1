"""Letters to the members on a saved list: who gets one, once, however it is interrupted, and who agrees."""

from datetime import timedelta
from unittest import mock

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils import timezone

from aapm_site.accounts.domain.privacy import erase_person
from aapm_site.accounts.models import User
from aapm_site.core.background import due
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.domain import delivery, mailing_portions, mailings, staff_letters, subscriptions
from aapm_site.mail.domain.bounces import enter_undeliverable
from aapm_site.mail.letter_states import LetterStatus
from aapm_site.mail.models import MailingRecipient, OutgoingEmail, Subscription
from aapm_site.mail.queries.mailings import figures_of
from aapm_site.mail.states import BounceSource, EmailState, RecipientState, WhyHeld, WhyNotSent
from membership.domain import deaths, letter_portions, member_letters
from membership.letter_states import WhyNotToMember
from membership.models import MemberFilter, MemberLetter, Term
from tests.factories import staff_client, staff_user

from .factories import day, make_member, make_plan

pytestmark = pytest.mark.django_db
STAFF = "Membership staff"


def members(count: int) -> list[User]:
    plan = make_plan(name="Physician")
    made = [make_member((-100, 200), plan=plan) for _ in range(count)]
    for user in made:
        confirm(user)
    return made


def confirm(user: User) -> None:
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)


def a_letter(**fields) -> MemberLetter:
    fields.setdefault("audience", MemberFilter.objects.get_or_create(name="Members", statuses=["active"])[0])
    fields.setdefault("subject", "The spring meeting, {name}")
    fields.setdefault("text", "Dear {name},\n\nyour term as {category} runs until {ends_on}.")
    return MemberLetter.objects.create(**fields)


def begun(**fields) -> MemberLetter:
    return member_letters.send_letter(a_letter(**fields), by=staff_user(STAFF))


def run(letter: MemberLetter, times: int = 1) -> None:
    """The timed work, five minutes apart."""
    for turn in range(times):
        with time_machine.travel(timezone.now() + mailings.EVERY * turn, tick=False):
            due.run_due(timezone.now())


def states(letter: MemberLetter) -> dict[str, int]:
    letter.refresh_from_db()
    return figures_of(letter.mailing).counts


def test_each_member_gets_it_once_with_a_link_that_stops_it():
    one, two = members(2)
    letter = begun()
    run(letter, 3)

    letter.refresh_from_db()
    assert letter.status == LetterStatus.SENT
    assert letter.went_to == "Members (standing: Active)"
    sent = OutgoingEmail.objects.filter(kind=letter_portions.KIND).order_by("user")
    assert [mail.user for mail in sent] == [one, two]
    term = Term.objects.get(membership=one.membership)
    assert sent[0].subject == "The spring meeting, Lena"
    assert f"your term as Physician runs until {letter_portions.written(term.ends_on)}." in sent[0].text
    subscription = Subscription.objects.get(user=one, kind=letter_portions.KIND)
    assert sent[0].headers["List-Unsubscribe"] == f"<{subscription.unsubscribe_url}>"
    assert sent[0].headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "because you are or have been a member" in sent[0].text
    assert states(letter) == {RecipientState.WRITTEN: 2}


def test_who_must_not_get_it_is_held_back_with_the_reason():
    gone, stopped, marked, silent, closed, unconfirmed, fine, without = members(8)
    letter = begun()
    deaths.record_death(gone.membership, on=None)
    pause = subscriptions.subscribe(stopped, letter_portions.KIND, letter_portions.TITLE)
    subscriptions.pause_subscription(pause)
    enter_undeliverable(marked.email.upper(), BounceSource.STAFF, "By telephone", by=staff_user(STAFF))
    User.objects.filter(pk=silent.pk).update(email=None)
    type(closed.membership).objects.filter(pk=closed.membership.pk).update(closed_at=timezone.now())
    EmailAddress.objects.filter(user=unconfirmed).update(verified=False)
    User.objects.filter(pk=unconfirmed.pk).update(password="a sign-up that was not finished")
    Term.objects.filter(membership=without.membership).update(void_at=timezone.now(), void_reason="x")
    run(letter)

    found = dict(MailingRecipient.objects.filter(mailing=letter.mailing).values_list("user", "why"))
    assert found == {
        gone.pk: WhyHeld.DECEASED, stopped.pk: WhyHeld.STOPPED_MAIL, marked.pk: WhyHeld.BOUNCED,
        silent.pk: WhyHeld.NO_ADDRESS, closed.pk: WhyNotToMember.CLOSED, unconfirmed.pk: WhyHeld.UNCONFIRMED,
        without.pk: WhyNotToMember.NO_TERM, fine.pk: "",
    }  # fmt: skip
    assert list(OutgoingEmail.objects.filter(kind=letter_portions.KIND).values_list("to", flat=True)) == [fine.email]
    assert states(letter) == {RecipientState.HELD: 7, RecipientState.WRITTEN: 1}


def test_it_goes_in_portions_and_not_before_their_time():
    members(12)
    letter = begun(per_hour=60)  # five in five minutes
    numbers = []
    start = timezone.now()
    for minutes in (0, 0, 2, 5, 10, 15):
        with time_machine.travel(start + timedelta(minutes=minutes), tick=False):
            due.run_due(timezone.now())
        numbers.append(MailingRecipient.objects.exclude(state=RecipientState.WAITING).count())
    assert numbers == [5, 5, 5, 10, 12, 12]
    letter.refresh_from_db()
    assert letter.status == LetterStatus.SENT


class Killed(BaseException):
    """The worker ends without a word."""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "step",
    [
        "aapm_site.mail.domain.mailing_portions._subscriptions",
        "aapm_site.mail.domain.mailing_portions.compose_email",
        "aapm_site.mail.domain.mailing_portions.queue_emails",
        "aapm_site.mail.domain.mailing_portions.MailingRecipient.objects.bulk_update",
        "membership.domain.member_letters.move",
    ],
)
@pytest.mark.parametrize("is_after", [False, True])
def test_a_worker_that_is_killed_at_a_step_leaves_all_or_nothing(step, is_after):
    members(7)
    letter = begun(per_hour=60)
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
                    before = MailingRecipient.objects.exclude(state=RecipientState.WAITING).count()
                    assert before == 5 * turn
                    assert OutgoingEmail.objects.filter(kind=letter_portions.KIND).count() == before
            mailings.send_portion(str(letter.mailing.pk))
            mailings.send_portion(str(letter.mailing.pk))

    assert sorted(OutgoingEmail.objects.filter(kind=letter_portions.KIND).values_list("to", flat=True)) == sorted(
        User.objects.filter(membership__isnull=False).values_list("email", flat=True)
    )
    assert states(letter) == {RecipientState.WRITTEN: 7}


def test_paused_nothing_is_written_and_it_goes_on_where_it_was():
    members(8)
    by = staff_user(STAFF)
    letter = begun(per_hour=60)
    run(letter)
    staff_letters.pause_letter(letter, by=by)
    run(letter, 3)
    assert states(letter) == {RecipientState.WRITTEN: 5, RecipientState.WAITING: 3}
    letter.refresh_from_db()
    staff_letters.go_on_with_letter(letter, by=by)
    run(letter, 2)
    assert states(letter) == {RecipientState.WRITTEN: 8}


def test_stopped_the_rest_is_held_back_in_the_mail_too():
    members(8)
    letter = begun(per_hour=60)
    run(letter)
    first = OutgoingEmail.objects.filter(kind=letter_portions.KIND).order_by("pk")
    delivery.attempt_delivery(first[0].pk)
    staff_letters.stop_letter(letter, by=staff_user(STAFF), reason="A wrong date.")
    for mail in first:
        delivery.attempt_delivery(mail.pk)

    assert set(first.values_list("state", "why_not_sent")) == {
        (EmailState.SENT, ""), (EmailState.SUPPRESSED, WhyNotSent.OVERTAKEN),
    }  # fmt: skip
    assert states(letter) == {RecipientState.SENT: 1, RecipientState.HELD: 7}
    mailing_portions.settle_mailings()
    assert figures_of(letter.mailing).reasons == [(WhyHeld.LETTER_STOPPED, 7)]
    with pytest.raises(NotAllowed):
        staff_letters.go_on_with_letter(letter, by=staff_user(STAFF))


@pytest.mark.parametrize("happens", ["stop", "die"])
def test_what_happens_between_writing_and_sending_counts(happens):
    (user,) = members(1)
    letter = begun()
    run(letter)
    mail = OutgoingEmail.objects.get(kind=letter_portions.KIND)
    # As if it had been said a moment before the portion was committed: what waits was not found then.
    if happens == "stop":
        Subscription.objects.filter(user=user).update(paused_at=timezone.now())
    else:
        type(user.membership).objects.filter(user=user).update(deceased_on=day(0))
    assert delivery.attempt_delivery(mail.pk).state == EmailState.SUPPRESSED


def test_what_the_mail_says_is_counted_at_once_and_kept_when_the_mail_forgets():
    one, two, three = members(3)
    letter = begun()
    run(letter)
    mails = OutgoingEmail.objects.filter(kind=letter_portions.KIND)
    mails.filter(user=one).update(state=EmailState.SENT, sent_at=timezone.now())
    mails.filter(user=two).update(state=EmailState.FAILED)
    expected = {RecipientState.SENT: 1, RecipientState.FAILED: 1, RecipientState.WRITTEN: 1}
    assert states(letter) == expected

    assert mailing_portions.settle_mailings() == 2
    assert mailing_portions.settle_mailings() == 0
    mails.filter(user__in=[one, two]).delete()
    assert states(letter) == expected
    erase_person(one)
    assert states(letter) == expected
    assert MailingRecipient.objects.filter(user=None).count() == 1


def test_somebody_who_is_forgotten_before_their_turn_gets_nothing():
    one, two = members(2)
    letter = begun()
    erase_person(one)
    run(letter)
    assert figures_of(letter.mailing).reasons == [(WhyHeld.FORGOTTEN, 1)]
    assert OutgoingEmail.objects.get(kind=letter_portions.KIND).user == two


@pytest.mark.parametrize(("number", "status"), [(100, LetterStatus.SENDING), (101, LetterStatus.WAITING)])
def test_more_than_a_hundred_need_a_second_person(number, status):
    with mock.patch.object(member_letters, "audience_size", return_value=number):
        assert begun().status == status


def test_whoever_wrote_or_sent_it_does_not_agree():
    writer, sender, second = (staff_user(STAFF) for _ in range(3))
    members(1)
    letter = a_letter(written_by=writer)
    with mock.patch.object(member_letters, "ALONE", 0):
        waiting = member_letters.send_letter(letter, by=sender)
    for person in (writer, sender):
        with pytest.raises(NotAllowed, match="Somebody else must agree"):
            member_letters.agree_to_letter(waiting, by=person)
    assert MailingRecipient.objects.count() == 0
    agreed = member_letters.agree_to_letter(waiting, by=second)
    assert (agreed.status, agreed.asked_by, agreed.agreed_by) == (LetterStatus.SENDING, sender, second)
    assert MailingRecipient.objects.count() == 1
    with pytest.raises(NotAllowed, match="decided already"):
        member_letters.agree_to_letter(waiting, by=second)


def test_the_second_person_does_not_agree_to_a_list_that_was_widened_since_it_was_sent():
    members(1)
    letter = a_letter()
    with mock.patch.object(member_letters, "ALONE", 0):
        waiting = member_letters.send_letter(letter, by=staff_user(STAFF))
    MemberFilter.objects.update(statuses=["active", "lapsed", "closed"])
    with pytest.raises(NotAllowed, match="Send it back"):
        member_letters.agree_to_letter(waiting, by=staff_user(STAFF))
    assert MailingRecipient.objects.count() == 0


def test_nobody_or_nothing_to_fill_in_is_refused():
    with pytest.raises(NotAllowed, match="Nobody is on this list"):
        begun()
    members(1)
    with pytest.raises(NotAllowed, match="braces"):
        begun(text="Dear {nam}")
    with pytest.raises(NotAllowed, match="Nobody is on this list"):
        begun(audience=None)


class TestPages:
    @pytest.fixture
    def staff(self):
        return staff_client(STAFF)

    def url(self, letter, page="change", *more):
        return reverse(f"admin:membership_memberletter_{page}", args=[letter.pk, *more])

    def test_a_word_that_nothing_stands_for_is_told_when_it_is_saved(self, staff):
        members(1)
        audience = MemberFilter.objects.create(name="All", owner=staff.user)
        typed = {"audience": audience.pk, "subject": "Hello {nmae}", "text": "Dear {name", "per_hour": 3000}
        refused = staff.post("/admin/membership/memberletter/add/", typed)
        assert "Nothing stands for “nmae”" in refused.text
        assert "Nothing stands for “{”" in refused.text
        assert MemberLetter.objects.count() == 0
        done = staff.post(
            "/admin/membership/memberletter/add/", {**typed, "subject": "Hello {name}", "text": "Dear {name}"}
        )
        assert done.status_code == 302
        assert MemberLetter.objects.get().written_by == staff.user

    def test_it_is_read_as_a_member_and_tried_on_oneself(self, staff):
        one, two = members(2)
        letter = a_letter()
        page = staff.get(self.url(letter, "preview"), {"member": two.membership.number})
        assert page.context["member"] == two.membership
        assert "your term as Physician runs until" in page.text
        assert staff.get(self.url(letter, "preview"), {"member": "nobody@example.org"}).status_code == 422
        assert staff.get(self.url(letter, "preview")).context["member"] == one.membership
        assert OutgoingEmail.objects.count() == 0

        staff.post(self.url(letter, "send_test"), {"member": two.email})
        mail = OutgoingEmail.objects.get()
        assert (mail.to, mail.subject, mail.subscription) == (staff.user.email, "Test: The spring meeting, Lena", None)
        assert MailingRecipient.objects.count() == 0

    def test_a_press_sends_it_and_its_words_are_fixed(self, staff):
        members(3)
        letter = a_letter()
        asked = staff.get(self.url(letter, "send"))
        assert "3 members are on the list now" in asked.text
        staff.post(self.url(letter, "send"))
        run(letter)

        page = staff.get(self.url(letter))
        assert 'name="subject"' not in page.text
        assert "See each recipient" in page.text
        staff.post(self.url(letter), {"subject": "Another", "text": "x"})
        letter.refresh_from_db()
        assert letter.subject == "The spring meeting, {name}"
        recipients = staff.get(f"/admin/mail/mailingrecipient/?mailing__id__exact={letter.mailing.pk}")
        assert len(recipients.context["cl"].result_list) == 3

    @pytest.mark.parametrize("change", ["text", "list"])
    def test_what_a_colleague_changed_since_it_was_read_does_not_go(self, staff, change):
        members(2)
        letter = a_letter()
        seen = staff.get(self.url(letter, "send")).context["form"].initial["seen"]
        {
            "text": lambda: MemberLetter.objects.update(text="Words that nobody else has read."),
            "list": lambda: MemberFilter.objects.update(statuses=["active", "lapsed"]),
        }[change]()

        late = staff.post(self.url(letter, "send"), {"seen": seen})
        assert (late.status_code, "A colleague has changed it since" in late.text) == (422, True)
        assert MailingRecipient.objects.count() == 0

        read_again = staff.get(self.url(letter, "send")).context["form"].initial["seen"]
        staff.post(self.url(letter, "send"), {"seen": read_again})
        assert MailingRecipient.objects.count() == 2

    def test_who_wrote_in_it_last_does_not_agree_to_it(self, staff):
        members(1)
        audience = MemberFilter.objects.create(name="All", statuses=["active"])
        letter = a_letter(audience=audience, written_by=staff_user(STAFF))
        words = {"audience": audience.pk, "subject": letter.subject, "text": letter.text, "per_hour": 3000}
        staff.post(self.url(letter), words)
        assert MemberLetter.objects.get().written_by == letter.written_by  # nothing was changed
        staff.post(self.url(letter), {**words, "text": "Words of the second person."})
        with mock.patch.object(member_letters, "ALONE", 0):
            waiting = member_letters.send_letter(MemberLetter.objects.get(), by=letter.written_by)
        with pytest.raises(NotAllowed, match="Somebody else must agree"):
            member_letters.agree_to_letter(waiting, by=staff.user)

    def test_what_a_colleague_sent_meanwhile_is_not_written_over(self, staff):
        members(1)
        letter = a_letter()
        page_of = self.url(letter)
        real = MemberLetter.objects.select_for_update

        def sent_meanwhile(*args, **kwargs):
            with mock.patch.object(MemberLetter.objects, "select_for_update", real):
                member_letters.send_letter(letter, by=staff_user(STAFF))
            return real(*args, **kwargs)

        typed = {"audience": letter.audience.pk, "subject": "Another", "text": "x", "per_hour": 3000}
        with mock.patch.object(MemberLetter.objects, "select_for_update", sent_meanwhile):
            answer = staff.post(page_of, typed, follow=True)
        assert "what you typed was not saved" in answer.text
        letter.refresh_from_db()
        assert (letter.subject, letter.status) == ("The spring meeting, {name}", LetterStatus.SENDING)

    def test_the_second_person_finds_it_on_the_front_page(self, staff):
        members(1)
        letter = a_letter()
        with mock.patch.object(member_letters, "ALONE", 0):
            staff.post(self.url(letter, "send"))
        other = staff_client(STAFF)
        waits = "Letters to members that need a second person"
        assert waits in other.get("/admin/").text
        assert [q.number for q in staff.get("/admin/").context["waiting"] if q.queue.name == "member-letters"] == [0]
        found = other.get("/admin/membership/memberletter/?waits=second").context["cl"].result_list
        assert list(found) == [letter]
        other.post(self.url(letter, "decide", "return"), {"reason": "Too long."})
        letter.refresh_from_db()
        assert (letter.status, letter.asked_by) == (LetterStatus.DRAFT, None)
