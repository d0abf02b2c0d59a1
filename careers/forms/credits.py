"""Forms about credits: which one a job uses, for which employer somebody buys, what staff give."""

from typing import Any

from django import forms

from aapm_site.core.admin.action_forms import ActionForm
from aapm_site.core.forms import LongTextField, SiteForm, field_of

from ..credit_types import CreditType
from ..domain import credit_ledger
from ..domain.credits import MOST_AT_ONCE
from ..models import CreditBalance, Employer, Package
from ..queries.credits import Owned, last_entry


class NamedKindForm(SiteForm):
    """The kind that a button or a choice names, whether it is owned or not."""

    kind = forms.CharField(max_length=20)

    def clean_kind(self) -> CreditType:
        found = CreditType.named(self.cleaned_data["kind"])
        if found is None:
            raise forms.ValidationError("This is no kind of posting.")
        return found


class SubmitForm(SiteForm):
    """Which of several kinds a job uses. With one kind the form says it by itself; with none it has no field."""

    def __init__(self, *args: Any, owned: list[Owned], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = {row.kind.key: row.kind for row in owned}
        if owned:
            self.fields["kind"] = forms.ChoiceField(
                required=len(owned) > 1,
                label="Which posting should it use?",
                choices=[(row.kind.key, f"{row.kind}: {row.left} left") for row in owned],
                initial=owned[0].kind.key,
                widget=forms.RadioSelect if len(owned) > 1 else forms.HiddenInput,
                error_messages={
                    "required": "Choose one of them.",
                    "invalid_choice": "Of these none is left. Choose another, please.",
                },
            )

    @property
    def kind(self) -> CreditType | None:
        return self.kinds.get(self.cleaned_data.get("kind", ""))


class RenewForm(SubmitForm):
    """Which posting renews a job. `seen` is the mark of the days that the page shows: a repeated press is told."""

    seen = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)

    def __init__(self, *args: Any, seen: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = seen


class WaitForm(SiteForm):
    """What is bought for a job that waits, by the package's slug."""

    buy = forms.ModelChoiceField(Package.objects.filter(is_active=True), to_field_name="slug")


class BuyerForm(SiteForm):
    """The employer for which somebody buys, by its public id."""

    employer = forms.CharField(max_length=40)

    def __init__(self, *args: Any, employers: list[Employer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.employers = {employer.public_id: employer for employer in employers}

    def clean_employer(self) -> Employer:
        found = self.employers.get(self.cleaned_data["employer"])
        if found is None:
            raise forms.ValidationError("Choose one of your organizations.")
        return found


def kinds_on_offer(employer: Employer) -> list[CreditType]:
    """The kinds that packages sell, and those that the employer owns."""
    rows = {*Package.objects.values_list("runs_days", "featured")}
    rows |= {*CreditBalance.objects.filter(employer=employer).values_list("runs_days", "featured")}
    return sorted((CreditType(*row) for row in rows or {(30, False)}), key=lambda kind: (kind.featured, kind.runs_days))


class GiveForm(ActionForm):
    """Credits that staff give an employer, or take back with a minus sign.

    `seen` holds how far the employer's ledger had come when the page was made.
    """

    changed_since = (
        "Not done: postings came or went since you opened this page. If that was your own press of the button, you are "
        "done. Otherwise look at what is left now, and begin again."
    )
    count = forms.IntegerField(
        min_value=-MOST_AT_ONCE,
        max_value=MOST_AT_ONCE,
        initial=1,
        label="How many",
        help_text="With a minus sign, unused postings are taken back.",
    )
    kind = forms.ChoiceField(label="Of which kind")
    reason = LongTextField(
        max_length=300,
        label="Reason",
        help_text="The employer’s team reads it.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = {kind.key: kind for kind in kinds_on_offer(self.subject)}
        field_of(self, "kind", forms.ChoiceField).choices = [(key, str(kind)) for key, kind in self.kinds.items()]

    def mark(self) -> str:
        return last_entry(self.subject)

    def refuse_if_changed(self) -> None:
        """The employer's ledger stays locked until the action is done."""
        credit_ledger.lock_employer(self.subject.pk)
        super().refuse_if_changed()

    @property
    def credit_type(self) -> CreditType:
        return self.kinds[self.cleaned_data["kind"]]


class EntryKeyForm(SiteForm):
    """Where a page of the ledger begins."""

    before = forms.IntegerField(required=False, min_value=1, max_value=2**53)
    days_before = forms.IntegerField(required=False, min_value=1, max_value=2**53)
