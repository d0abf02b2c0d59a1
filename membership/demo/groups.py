"""The demonstration’s special interest groups, with chairs and letters; and an honorary member."""

import random
from datetime import timedelta
from typing import Any

from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.mail.models import Mailing, MailingRecipient, Subscription
from aapm_site.mail.states import RecipientState

from ..domain.group_letters import PORTION
from ..domain.groups import LETTERS, letters_title
from ..domain.honors import grant_honor
from ..models import Group, GroupJoinRequest, GroupLetter, GroupMember, Honor, Membership, Plan
from .people import DOMAIN, MEMBER, SEED

ASKED = (
    "I run the headache clinic of our county hospital on Thursdays, and have nobody to ask about cluster headache.",
    "My fellowship ends in June. I would like to hear how others have built a headache service from nothing.",
)
HONORED = "For three decades of teaching residents to listen before they prescribe."


def load_groups(rows: list[dict[str, Any]]) -> None:
    """The groups that are missing, each with some of the sample members. Nothing is mailed."""
    dice = random.Random(SEED)  # noqa: S311 - sample people, not secrets
    today = timezone.localdate()
    current = Membership.objects.current(today).filter(user__email__endswith=f"@{DOMAIN}")
    members = list(current.select_related("user").order_by("user__email"))
    for row in rows:
        people = dice.sample(members, min(row["members"] + row["asks"], len(members)))
        told = {name: row[name].strip() for name in ("name", "summary", "purpose", "how_to_join")}
        group, is_new = Group.objects.get_or_create(slug=row["slug"], defaults=told)
        if is_new:
            asking, inside = people[: row["asks"]], people[row["asks"] :]
            _fill(group, row, inside)
            _let_ask(group, asking)


def _fill(group: Group, row: dict[str, Any], inside: list[Membership]) -> None:
    today = timezone.localdate()
    rows = [
        GroupMember(
            group=group,
            membership=one,
            joined_on=today - timedelta(days=40 + 11 * place),
            chair_since=today - timedelta(days=30) if place < row["chairs"] else None,
        )
        for place, one in enumerate(inside)
    ]
    mine = Membership.objects.filter(user__email=MEMBER).first()
    if mine is not None and row["demo"] != "none":
        since = today - timedelta(days=30)
        rows.append(
            GroupMember(
                group=group, membership=mine, joined_on=since, chair_since=since if row["demo"] == "chair" else None
            )
        )
    GroupMember.objects.bulk_create(rows)
    _subscribe(group, [one.membership for one in rows])
    if letter := row.get("letter"):
        _lay_letter(group, letter, rows)


def _subscribe(group: Group, members: list[Membership]) -> None:
    """Each gets the letters but every fifth, who has stopped them."""
    now = timezone.now()
    Subscription.objects.bulk_create(
        Subscription(
            user_id=one.user_id,
            kind=LETTERS,
            key=group.key,
            title=letters_title(group),
            confirmed_at=now,
            paused_at=now if place % 5 == 4 else None,
        )
        for place, one in enumerate(members)
    )


def _lay_letter(group: Group, letter: dict[str, str], rows: list[GroupMember]) -> None:
    """One that went to everybody some weeks ago, as a record: nothing of it is sent; and one that is being written."""
    at = timezone.now() - timedelta(days=19)
    by = User.objects.filter(email=MEMBER).first()
    mailing = Mailing.objects.create(
        kind=LETTERS, key=group.key, title=letter["subject"], portion=PORTION, begun_at=at,
        done_at=at + timedelta(minutes=12),
    )  # fmt: skip
    GroupLetter.objects.create(
        group=group, by=by, subject=letter["subject"], text=letter["text"].strip(), written_at=at, mailing=mailing
    )
    MailingRecipient.objects.bulk_create(
        MailingRecipient(
            mailing=mailing, user_id=row.membership.user_id, state=RecipientState.SENT, at=at + timedelta(minutes=12)
        )
        for row in rows
    )


def _let_ask(group: Group, asking: list[Membership]) -> None:
    for place, one in enumerate(asking):
        GroupJoinRequest.objects.create(
            group=group,
            membership=one,
            message=ASKED[place % len(ASKED)],
            asked_at=timezone.now() - timedelta(days=2 + 5 * place),
        )


def load_honors() -> None:
    """One sample member is an honorary one, once."""
    plan = Plan.objects.filter(slug="honorary").first()
    staff = User.objects.filter(is_superuser=True).first()
    if plan is None or Honor.objects.exists():
        return
    last = (
        Membership.objects.filter(user__email__endswith=f"@{DOMAIN}", closed_at=None, pauses=None)
        .order_by("joined_on", "pk")
        .first()
    )
    if last is not None:
        grant_honor(last, plan, by=staff, decided_by="The board, in its meeting of October", reason=HONORED)
