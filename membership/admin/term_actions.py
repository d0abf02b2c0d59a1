"""What staff decide about a member's terms: recording one, ending one early, taking one back. Each with a reason."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format

from aapm_site.core.admin.action_forms import ActionForm, reason_for_colleagues
from aapm_site.core.admin.action_views import LoggedActionView
from aapm_site.core.admin.actions import ActionOutcome, AdminAction
from aapm_site.core.forms import field_of

from ..domain import category_changes, memberships
from ..models import Membership, Plan, Term

CHANGE = "membership.change_membership"
# An honorary one has an action of its own: somebody has decided it.
BY_HAND = (Term.Source.GIVEN, Term.Source.PAID, Term.Source.BUNDLE, Term.Source.IMPORTED)


def has_terms(membership: Membership) -> bool:
    return Term.objects.valid().filter(membership=membership).exists()


class RecordTermForm(ActionForm):
    """In which category, how it came, and why it is recorded by hand."""

    plan = forms.ModelChoiceField(
        Plan.objects.none(), label="Category", error_messages={"required": "Choose the category."}
    )
    source = forms.ChoiceField(
        label="How it came",
        choices=[(source.value, source.label) for source in BY_HAND],
        widget=forms.RadioSelect,
        error_messages={"required": "Say how it came."},
    )
    reason = reason_for_colleagues("Why?", "Say why; your colleagues will read it.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "plan", forms.ModelChoiceField).queryset = Plan.objects.all()


def _record(membership: Membership, form: RecordTermForm, by: Any) -> ActionOutcome:
    said = form.cleaned_data
    term = memberships.add_term(
        membership, said["plan"], on=timezone.localdate(), source=said["source"], note=said["reason"].strip()[:300]
    )
    days = f"{date_format(term.starts_on)} to {date_format(term.ends_on)}"
    return ActionOutcome((f"Recorded: {term.plan}, {days}, {term.get_source_display().lower()}. {term.note}",))


class OneTermForm(ActionForm):
    """Which term, and why."""

    term = forms.ModelChoiceField(
        Term.objects.none(), label="Which term?", error_messages={"required": "Choose the term."}
    )
    reason = reason_for_colleagues("Why?", "Say why; your colleagues will read it.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        terms = Term.objects.valid().filter(membership=self.subject).order_by("-starts_on")
        field_of(self, "term", forms.ModelChoiceField).queryset = terms


def _void(membership: Membership, form: OneTermForm, by: Any) -> ActionOutcome:
    term = memberships.void_term(form.cleaned_data["term"], reason=form.cleaned_data["reason"])
    return ActionOutcome((f"Taken back: {term}. {term.void_reason}",))


class EndTermForm(OneTermForm):
    """The last day that it still has."""

    last_day = forms.DateField(
        label="Its last day",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "Choose its last day.", "invalid": "Choose a day."},
    )
    field_order = ("term", "last_day", "reason", "seen")


def _end(membership: Membership, form: EndTermForm, by: Any) -> ActionOutcome:
    said = form.cleaned_data
    term = memberships.end_term(said["term"], on=said["last_day"])
    return ActionOutcome((f"Ended early: {term}. {said['reason'].strip()}",))


def _runs_or_will(membership: Membership) -> bool:
    today = timezone.localdate()
    terms = Term.objects.valid().filter(membership=membership, starts_on__lte=today)
    return terms.filter(ends_on__gt=today - timedelta(days=1)).exists()


NEXT, TODAY = "next", "today"


class ChangeCategoryForm(ActionForm):
    """Which category, from when, and why."""

    plan = forms.ModelChoiceField(
        Plan.objects.none(), label="Category", error_messages={"required": "Choose the category."}
    )
    start = forms.ChoiceField(
        label="From when?",
        choices=[
            (NEXT, "From the next term: they renew at its dues, and the present term stays as it is"),
            (TODAY, "For the rest of the term that runs, without dues: what was wrong is put right"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Say from when."},
    )
    reason = reason_for_colleagues("Why?", "Say why; your colleagues will read it.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "plan", forms.ModelChoiceField).queryset = Plan.objects.all()


def _change_category(membership: Membership, form: ChangeCategoryForm, by: Any) -> ActionOutcome:
    said = form.cleaned_data
    plan, reason = said["plan"], said["reason"].strip()
    if said["start"] == NEXT:
        category_changes.choose_next(membership.user, plan, by=by, any_category=True)
        return ActionOutcome((f"From the next term on the category is {plan}. {reason}",))
    term = category_changes.change_rest(membership.user, plan, by=by, reason=reason)
    return ActionOutcome((f"Changed: {term}. {reason}",))


CHANGE_CATEGORY = AdminAction(
    verb="change-category",
    label="Change the category",
    permission=CHANGE,
    is_offered=has_terms,
    words=(
        "An offer for other dues that is not paid ends with it. Nobody is written to, and no money moves. A member who "
        "pays for a change at once orders it on “My membership”; for a check, place an order with that change.",
    ),
    form=ChangeCategoryForm,
    view=LoggedActionView,
    do=_change_category,
)
RECORD_TERM = AdminAction(
    verb="record-term",
    label="Record a term",
    permission=CHANGE,
    words=(
        "It follows the last term if the membership runs, else it begins today, as the category’s rule says. No order "
        "is made and nobody is written to. Dues that come by an order record their terms themselves.",
    ),
    form=RecordTermForm,
    view=LoggedActionView,
    do=_record,
)
END_TERM = AdminAction(
    verb="end-term",
    label="End a term early",
    permission=CHANGE,
    danger=True,
    is_offered=_runs_or_will,
    words=(
        "It ends on the day that you choose, without grace; the list shows when it was to end. Nobody is written to, "
        "and no money moves: issue a credit note on the order if something goes back.",
    ),
    form=EndTermForm,
    view=LoggedActionView,
    do=_end,
)
VOID_TERM = AdminAction(
    verb="void-term",
    label="Take a term back",
    permission=CHANGE,
    danger=True,
    is_offered=has_terms,
    words=(
        "It counts for nothing from now on: what it opened is closed at once, and its days are free for another term. "
        "It stays in the list with your reason. Nobody is written to, and no money moves.",
    ),
    form=OneTermForm,
    view=LoggedActionView,
    do=_void,
)
