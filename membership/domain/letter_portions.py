"""What one portion of a letter to members asks and says: why a member gets none, and what each of the others reads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Prefetch

from aapm_site.mail.models import Mailing, MailingRecipient
from aapm_site.mail.states import WhyHeld

from ..letter_states import WhyNotToMember
from ..letter_words import names_a_term
from ..models import MemberLetter, Membership, Term
from ..reminder_words import fill, written

KIND = "member-letter"
TITLE = "Letters from the Academy to its members"
TEMPLATE = "membership/member_letter"


@dataclass(frozen=True)
class MemberPortion:
    """One letter and the memberships of those whose turn it is."""

    letter: MemberLetter
    memberships: Mapping[int, Membership]
    needs_term: bool

    def why_held(self, row: MailingRecipient) -> str:
        membership = self.memberships.get(row.user_id or 0)
        if membership is None:
            return WhyHeld.FORGOTTEN
        reasons = (
            (WhyHeld.DECEASED, membership.deceased_on is not None),
            (WhyHeld.NO_SIGN_IN, not membership.user.is_active),
            (WhyNotToMember.CLOSED, membership.closed_at is not None),
            (WhyNotToMember.NO_TERM, self.needs_term and not membership.terms.all()),
        )
        return next((why for why, is_so in reasons if is_so), "")

    def context(self, row: MailingRecipient) -> dict[str, Any]:
        return letter_to(self.letter, self.memberships[row.user_id or 0])


def portion_of(mailing: Mailing, rows: Sequence[MailingRecipient]) -> MemberPortion:
    letter = MemberLetter.objects.get(mailing=mailing)
    terms = Prefetch("terms", Term.objects.valid().order_by("starts_on"))
    found = Membership.objects.filter(user__in=[row.user_id for row in rows if row.user_id])
    theirs = {one.user_id: one for one in found.select_related("user").prefetch_related(terms)}
    return MemberPortion(letter, theirs, names_a_term(letter.subject, letter.text))


def is_for_them(row: MailingRecipient) -> bool:
    """Whether a letter that waits in the mail is still for the member."""
    return not Membership.objects.filter(user=row.user_id, deceased_on__isnull=False).exists()


def letter_to(letter: MemberLetter, membership: Membership) -> dict[str, str]:
    """The subject and the text for one member, as they are mailed."""
    last = max(
        (term for term in membership.terms.all() if not term.is_void), key=lambda term: term.starts_on, default=None
    )
    values = {
        "name": membership.user.get_short_name(),
        "number": str(membership.number),
        "category": last.plan.name if last else "",
        "ends_on": written(last.ends_on) if last else "",
        "site": settings.SITE_ORIGIN,
    }
    return {"subject": " ".join(fill(letter.subject, values).split()), "body": fill(letter.text, values)}
