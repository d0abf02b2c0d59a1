"""The kinds of letters to many that membership sends, each with its due work: staff's to lists, chairs' to groups."""

from django.urls import reverse

from aapm_site.mail.domain.mailings import portions_of
from aapm_site.mail.mailing_kinds import MailingKind
from aapm_site.mail.models import Mailing

from ..letter_states import WhyNotToMember
from . import group_letters, letter_portions, member_letters
from .groups import LETTERS

REASONS = {str(why.value): str(why.label) for why in WhyNotToMember}


def _member_letter_url(mailing: Mailing) -> str:
    return reverse("admin:membership_memberletter_change", args=[mailing.member_letter.pk])


def _group_letter_url(mailing: Mailing) -> str:
    return reverse("admin:membership_groupletter_change", args=[mailing.group_letter.pk])


TO_MEMBERS = MailingKind(
    letter_portions.KIND,
    letter_portions.TEMPLATE,
    letter_portions.portion_of,
    _member_letter_url,
    subscription_title=letter_portions.TITLE,
    reasons=REASONS,
    done=member_letters.is_all_written,
    still_for=letter_portions.is_for_them,
)
TO_GROUPS = MailingKind(
    LETTERS,
    group_letters.TEMPLATE,
    group_letters.portion_of,
    _group_letter_url,
    reasons=REASONS,
    still_for=group_letters.is_for_them,
)
KINDS = (
    (
        TO_MEMBERS,
        portions_of(
            "member-letters",
            "Letters to members",
            TO_MEMBERS.name,
            permission="membership.view_memberletter",
            order=42,
        ),
    ),
    (
        TO_GROUPS,
        portions_of(
            "group-letters", "Letters of groups", TO_GROUPS.name, permission="membership.view_groupletter", order=46
        ),
    ),
)
