"""Letters of the time before all kinds went by one set of tables: back there and forth again, nothing is lost."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from aapm_site.core.models import Hold
from aapm_site.mail.domain import mailings, staff_letters
from aapm_site.mail.models import Mailing, MailingRecipient
from aapm_site.mail.states import RecipientState
from membership.domain import group_letters
from membership.models import GroupLetter, MemberLetter
from tests.factories import staff_user

from .test_group_letters import drafted, led_group, reader
from .test_member_letters import STAFF, a_letter, begun, members

BEFORE = ("membership", "0001_squashed_0049_issues_put_together")
FACTS = ("kind", "key", "title", "portion", "next_at")


def known() -> list[tuple]:
    """Each letter's mailing, and each reader with what became of the letter."""
    found = []
    for letter in (*MemberLetter.objects.order_by("pk"), *GroupLetter.objects.order_by("pk")):
        if letter.mailing:
            rows = letter.mailing.recipients.order_by("pk").values_list("user", "state", "why", "email", "at")
            facts = (getattr(letter.mailing, name) for name in FACTS)
            found.append((letter.pk, *facts, *ends(letter.mailing), list(rows)))
    return found


def ends(mailing: Mailing) -> tuple[bool, bool]:
    """How it ended; the moment is told by the letter's own row, which was written a moment apart."""
    return mailing.stopped_at is not None, mailing.done_at is not None


def asked(sql: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


@pytest.mark.django_db
def test_letters_go_back_to_their_old_tables_and_return_whole():
    members(7)
    paused, sent, stopped = begun(per_hour=60), begun(), begun(per_hour=60)
    for mailing in Mailing.objects.order_by("pk"):
        mailings.send_portion(str(mailing.pk))
    by = staff_user(STAFF)
    staff_letters.pause_letter(paused, by=by)
    staff_letters.stop_letter(stopped, by=by, reason="A wrong date.")
    begun(per_hour=60)
    a_letter()
    group, chair = led_group()
    reader(group)
    group_letters.order_letter(drafted(group, chair), by=chair)
    going = GroupLetter.objects.get().mailing
    Hold.objects.create(work="group-letters", key=str(going.pk), by=by)
    drafted(group, chair)
    before, rows = known(), MailingRecipient.objects.count()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    executor = MigrationExecutor(connection)
    executor.migrate([BEFORE])
    assert Mailing.objects.count() == 0
    assert asked("SELECT state, count(*) FROM membership_letterrecipient GROUP BY state ORDER BY state") == [
        ("held", 2), ("waiting", 2 + 7), ("written", 5 + 7 + 5),
    ]  # fmt: skip
    assert asked("SELECT count(*), count(ordered_at), count(next_at) FROM membership_groupletter") == [(2, 1, 1)]
    assert asked("SELECT status, next_batch_at IS NULL FROM membership_memberletter ORDER BY id") == [
        ("paused", True), ("sent", True), ("stopped", True), ("sending", False), ("draft", True),
    ]  # fmt: skip
    assert Hold.objects.get().key == str(GroupLetter.objects.values_list("pk", flat=True).order_by("pk")[0])

    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    assert known() == before
    assert MailingRecipient.objects.count() == rows
    assert Hold.objects.get().key == str(GroupLetter.objects.exclude(mailing=None).get().mailing_id)
    assert sent.pk in [one[0] for one in before]

    Mailing.objects.filter(next_at__isnull=False).update(next_at=timezone.now())  # what was going goes on
    for key in Mailing.objects.filter(next_at__isnull=False).values_list("pk", flat=True):
        mailings.send_portion(str(key))
    assert set(going.recipients.model.objects.filter(mailing__kind="group-letters").values_list("state")) == {
        (RecipientState.WRITTEN,)
    }
