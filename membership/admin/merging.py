"""Two persons who are one, for staff: whom to keep is the page, who goes is said, and what moves is shown first."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from aapm_site.accounts.domain.merging import merge_people
from aapm_site.accounts.models import User
from aapm_site.core.admin.action_forms import ActionForm, reason_for_colleagues
from aapm_site.core.admin.action_views import LoggedActionView
from aapm_site.core.admin.actions import ActionOutcome, AdminAction
from aapm_site.core.forms import OneLineField, whole_number

from ..domain.merging import OVERLAP
from ..models import Membership


class MergeForm(ActionForm):
    """Who goes, what becomes of terms for the same days, and why."""

    other = OneLineField(
        label="Who is this person too?",
        max_length=254,
        help_text="Member number or e-mail address of the record that goes. This one stays.",
        error_messages={"required": "Say which record goes."},
    )
    overlap = forms.ChoiceField(
        label="If both have a term for the same days",
        choices=[("", "Tell me, and change nothing"), (OVERLAP, "Take back the one of the record that goes")],
        required=False,
        widget=forms.RadioSelect,
    )
    reason = reason_for_colleagues("How do you know?", "Say how you know that they are one person.")

    def clean_other(self) -> User:
        """By the address, or by the number of today or of before a merge."""
        text = self.cleaned_data["other"].strip()
        wanted = Q(email__iexact=text)
        if (number := whole_number(text, digits=9)) is not None:
            wanted |= Q(membership__number=number)
        found = User.objects.filter(wanted).first()
        if found is None:
            raise ValidationError("Nobody here has this e-mail address or member number.")
        if self.subject is not None and found.pk == self.subject.user_id:
            raise ValidationError("This is the person on this page. Name the other record.")
        return found


def _merge(membership: Membership, form: MergeForm, by: Any) -> ActionOutcome:
    """What moves is what was seen: `sums` are the sentences."""
    other, reason = form.cleaned_data["other"], form.cleaned_data["reason"].strip()
    answers = frozenset({form.cleaned_data["overlap"]} - {""})
    said = merge_people(membership.user, other, answers=answers)
    return ActionOutcome((f"{other.display_name} is merged into {membership}.", *said, reason), sums=" ".join(said))


MERGE = AdminAction(
    verb="merge",
    label="Merge another record into this one",
    button="Merge",
    permission="membership.merge_members",
    danger=True,
    is_checked=True,
    words=(
        "Everything of the other record becomes this person’s: terms, groups, applications, orders, saved positions. "
        "Its member number leads here. It has no account afterwards, and both addresses get a letter that says so.",
        "It cannot be taken back. What moves is shown before anything is done.",
    ),
    form=MergeForm,
    view=LoggedActionView,
    do=_merge,
)
