"""Two workers and two presses at once, each over a connection of its own: nobody gets a letter twice."""

import threading

import pytest
from django.db import transaction
from django.utils import timezone

from aapm_site.mail.domain import mailing_portions, mailings, staff_letters
from aapm_site.mail.letter_states import LetterStatus
from aapm_site.mail.models import Mailing, MailingRecipient, OutgoingEmail
from membership.domain import letter_portions, member_letters
from membership.models import MemberLetter
from tests import racing
from tests.factories import staff_user

from .test_member_letters import a_letter, begun, members, states

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_workers_one_writes_a_portion():
    members(9)
    letter = begun(per_hour=60)
    said = racing.at_once(*[lambda: mailings.send_portion(str(letter.mailing.pk))] * 4)
    assert said == [None] * 4
    assert OutgoingEmail.objects.filter(kind=letter_portions.KIND).count() == 5
    assert states(letter) == {"written": 5, "waiting": 4}


def test_control_without_the_lock_somebody_would_get_two():
    members(2)
    letter = begun()
    both_have_read = threading.Barrier(2)

    def careless() -> None:
        with transaction.atomic():
            rows = mailing_portions._waiting(letter.mailing)
            both_have_read.wait(timeout=20)
            facts = mailing_portions._facts(letter.mailing, rows)
            mailing_portions.queue_emails([mailing_portions._letter_of(row, facts) for row in rows])

    racing.at_once(careless, careless)
    assert OutgoingEmail.objects.filter(kind=letter_portions.KIND).count() == 4


def test_two_presses_send_it_once():
    members(3)
    letter, by = a_letter(), staff_user("Membership staff")
    said = racing.at_once(*[lambda: member_letters.send_letter(letter, by=by)] * 2)
    assert sorted(type(one).__name__ for one in said) == ["MemberLetter", "NotAllowed"]
    assert MailingRecipient.objects.count() == 3


def test_a_pause_and_a_portion_at_once_leave_one_order():
    members(9)
    letter, by = begun(per_hour=60), staff_user("Membership staff")
    racing.at_once(
        lambda: staff_letters.pause_letter(letter, by=by), lambda: mailings.send_portion(str(letter.mailing.pk))
    )
    assert MemberLetter.objects.get().status == LetterStatus.PAUSED
    assert OutgoingEmail.objects.filter(kind=letter_portions.KIND).count() in {0, 5}
    Mailing.objects.filter(next_at__isnull=False).update(next_at=timezone.now())
    mailings.send_portion(str(letter.mailing.pk))
    assert OutgoingEmail.objects.filter(kind=letter_portions.KIND).count() in {0, 5}
