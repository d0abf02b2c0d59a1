"""Two workers and two presses at once, each over a connection of its own: nobody gets a letter twice."""

import threading

import pytest
from django.db import transaction
from django.utils import timezone

from aapm_site.mail.models import OutgoingEmail
from membership.domain import letter_portions, member_letters
from membership.letter_states import LetterStatus
from membership.models import LetterRecipient, MemberLetter
from tests import racing
from tests.factories import staff_user

from .test_member_letters import a_letter, begun, members, states

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_workers_one_writes_a_portion():
    members(9)
    letter = begun(per_hour=60)
    said = racing.at_once(*[lambda: member_letters.send_portion(str(letter.pk))] * 4)
    assert said == [None] * 4
    assert OutgoingEmail.objects.filter(kind=letter_portions.KIND).count() == 5
    assert states(letter) == {"written": 5, "waiting": 4}


def test_control_without_the_lock_somebody_would_get_two():
    members(2)
    letter = begun()
    both_have_read = threading.Barrier(2)

    def careless() -> None:
        with transaction.atomic():
            rows = letter_portions._waiting(letter, 5)
            both_have_read.wait(timeout=20)
            facts = letter_portions._facts(letter, rows)
            letter_portions.queue_emails([letter_portions._letter_of(row, letter, facts) for row in rows])

    racing.at_once(careless, careless)
    assert OutgoingEmail.objects.filter(kind=letter_portions.KIND).count() == 4


def test_two_presses_send_it_once():
    members(3)
    letter, by = a_letter(), staff_user("Membership staff")
    said = racing.at_once(*[lambda: member_letters.send_letter(letter, by=by)] * 2)
    assert sorted(type(one).__name__ for one in said) == ["MemberLetter", "NotAllowed"]
    assert LetterRecipient.objects.count() == 3


def test_a_pause_and_a_portion_at_once_leave_one_order():
    members(9)
    letter, by = begun(per_hour=60), staff_user("Membership staff")
    racing.at_once(
        lambda: member_letters.pause_letter(letter, by=by), lambda: member_letters.send_portion(str(letter.pk))
    )
    assert MemberLetter.objects.get().status == LetterStatus.PAUSED
    assert OutgoingEmail.objects.filter(kind=letter_portions.KIND).count() in {0, 5}
    MemberLetter.objects.update(next_batch_at=timezone.now())
    member_letters.send_portion(str(letter.pk))
    assert OutgoingEmail.objects.filter(kind=letter_portions.KIND).count() in {0, 5}
