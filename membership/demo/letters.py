"""Saved lists of members, a letter that was sent to one, one that waits for a second person, and an export."""

from datetime import timedelta

from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.mail.letter_states import LetterStatus
from aapm_site.mail.models import Mailing, MailingRecipient
from aapm_site.mail.states import RecipientState, WhyHeld

from ..domain.letter_portions import KIND
from ..models import CareerStage, MemberExport, MemberFilter, MemberLetter
from ..queries.member_lists import list_words, members_of

MEETING = """Dear {name},

the abstracts of this year’s meeting can be sent in until the end of the month. You need a title, four sentences and
one figure, and our editors help with all three.

You are a member in the category {category} until {ends_on}, so the meeting’s lower fee is yours.

Your Academy
{site}"""
SURVEY = """Dear {name},

we would like to know what your first years in pain medicine are like, and what you miss. Five questions, three minutes:
{site}/ask/

Your Academy"""


def load_letters() -> int:
    """Those that are missing; how many letters were added. Nothing is mailed."""
    if MemberLetter.objects.exists() or MemberFilter.objects.exists():
        return 0
    staff = User.objects.filter(is_superuser=True).order_by("pk").first()
    current, early = _lists(staff)
    MemberFilter.objects.create(name="Lapsed", is_shared=True, owner=staff, statuses=["lapsed"])
    MemberFilter.objects.create(name="Ends within a month", is_shared=True, owner=staff, ends_within=30)
    _sent(current, staff)
    MemberLetter.objects.create(
        audience=early, subject="Your first years in pain medicine", text=SURVEY, status=LetterStatus.WAITING,
        asked_at=timezone.now() - timedelta(days=1),
    ).status_changes.create(from_status=LetterStatus.DRAFT, to_status=LetterStatus.WAITING)  # fmt: skip
    MemberExport.objects.create(
        by=staff, at=timezone.now() - timedelta(days=12), what="saved list: Lapsed", purpose="To telephone them",
        number=members_of(MemberFilter.objects.get(name="Lapsed")).count(),
    )  # fmt: skip
    return 2


def _lists(staff: User | None) -> tuple[MemberFilter, MemberFilter]:
    current = MemberFilter.objects.create(
        name="Members today", is_shared=True, owner=staff, statuses=["active", "grace"]
    )
    early = MemberFilter.objects.create(
        name="Early career, today", is_shared=True, owner=staff, statuses=["active", "grace"]
    )
    early.career_stages.set(CareerStage.objects.filter(slug="early-career"))
    return current, early


def _sent(audience: MemberFilter, staff: User | None) -> None:
    """A letter of some weeks ago; what the mail said of it is long forgotten, and stands beside each member."""
    at = timezone.now() - timedelta(days=25)
    subject = "Abstracts for this year’s meeting"
    mailing = Mailing.objects.create(
        kind=KIND, title=subject, portion=250, begun_at=at, done_at=at + timedelta(hours=1)
    )
    letter = MemberLetter.objects.create(
        audience=audience, subject=subject, text=MEETING, status=LetterStatus.SENT, mailing=mailing,
        written_by=staff, created_at=at, ended_at=at + timedelta(hours=1),
        went_to=f"{audience.name} ({list_words(audience)})",
    )  # fmt: skip
    steps = ((LetterStatus.DRAFT, LetterStatus.SENDING), (LetterStatus.SENDING, LetterStatus.SENT))
    for hours, (earlier, later) in enumerate(steps):
        letter.status_changes.create(from_status=earlier, to_status=later, at=at + timedelta(hours=hours))
    held = (WhyHeld.STOPPED_MAIL, WhyHeld.BOUNCED, WhyHeld.STOPPED_MAIL, WhyHeld.NO_ADDRESS)
    members = members_of(audience).order_by("number").values_list("user", flat=True)
    MailingRecipient.objects.bulk_create(
        MailingRecipient(mailing=mailing, user_id=member, at=at, **_became(place, held))
        for place, member in enumerate(members)
    )


def _became(place: int, held: tuple[WhyHeld, ...]) -> dict[str, str]:
    """One in twenty-five held back, one in eighty came back."""
    if place % 25 == 7:
        return {"state": RecipientState.HELD, "why": held[place // 25 % len(held)]}
    return {"state": RecipientState.FAILED if place % 80 == 3 else RecipientState.SENT}
