"""What makes a letter to members, and as which of them it is read."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from aapm_site.core.admin.action_forms import ActionForm
from aapm_site.core.forms import OneLineField, SiteForm, whole_number

from ..letter_words import LETTER_FIELDS
from ..models import MemberFilter, MemberLetter, Membership
from ..queries.member_lists import members_of
from .fielded_words import FieldedWordsForm


class MemberLetterForm(FieldedWordsForm):
    """The letter, and to which list it goes."""

    known_fields = LETTER_FIELDS
    reader: Any = None  # of the form: whose lists are offered

    class Meta:
        model = MemberLetter
        fields = ("audience", "subject", "text", "per_hour")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if (audience := self.fields.get("audience")) is not None and self.reader is not None:
            chosen = Q(pk=self.instance.audience_id)  # a colleague's own, of a letter that they wrote
            offered = MemberFilter.objects.for_user(self.reader) | MemberFilter.objects.filter(chosen)
            audience.queryset = offered  # type: ignore[attr-defined]  # a choice among rows
            audience.required = True


class AsMember(forms.Form):
    """The field of both forms below; `letter` says whose list it is without an answer."""

    letter: MemberLetter

    def clean_member(self) -> Membership | None:
        """The member; without an answer the first on the letter's list."""
        text = self.cleaned_data["member"].strip()
        if not text:
            audience = self.letter.audience
            return _with_terms(members_of(audience)).first() if audience else None
        wanted = Q(user__email__iexact=text)
        if (number := whole_number(text, digits=9)) is not None:
            wanted |= Q(number=number) | Q(former_numbers__number=number)
        found = _with_terms(Membership.objects.filter(wanted)).first()
        if found is None:
            raise ValidationError("No member has this number or e-mail address.")
        return found


def _with_terms(members: Any) -> Any:
    return members.select_related("user").prefetch_related("terms").order_by("number", "pk")


def _member_field() -> OneLineField:
    return OneLineField(
        label="As this member",
        required=False,
        max_length=254,
        help_text="Member number or e-mail address. Left empty: the first on the list.",
    )


class LetterPreviewForm(AsMember, SiteForm):
    """As which member it is shown."""

    member = _member_field()

    def __init__(self, *args: Any, letter: MemberLetter, **kwargs: Any) -> None:
        self.letter = letter
        super().__init__(*args, **kwargs)


class TestLetterForm(AsMember, ActionForm):
    """As which member it is mailed to oneself."""

    __test__ = False  # no test, whatever its name

    member = _member_field()

    def clean_member(self) -> Membership | None:
        self.letter = self.subject
        if (found := super().clean_member()) is None:
            raise ValidationError("Nobody is on this list today. Name a member.")
        return found
