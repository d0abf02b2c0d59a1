"""The actions on an employer that let it search profiles without a live position, and end that."""

from datetime import date

from django import forms
from django.utils import timezone
from django.utils.formats import date_format

from aapm_site.accounts.models import User
from aapm_site.accounts.people import Actor
from aapm_site.core.admin.action_forms import ActionForm, reason_for_colleagues
from aapm_site.core.admin.action_views import LoggedActionView
from aapm_site.core.admin.actions import ActionOutcome, AdminAction

from ..domain import profile_access
from ..models import Employer, ProfileAccess

GIVE = "careers.give_profileaccess"


class AccessForm(ActionForm):
    """Until when, and why."""

    until = forms.DateField(
        label="Last day",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="It belongs to it. At most two years from now.",
    )
    reason = reason_for_colleagues("Why?", "Say why, or by which invoice it was bought.")


def _running(employer: Employer) -> list[ProfileAccess]:
    return list(ProfileAccess.objects.filter(employer=employer).running(timezone.localdate()))


def _day(on: date) -> str:
    return date_format(on, "F j, Y")


def _words(employer: Employer) -> tuple[str, ...]:
    until = [
        f"It may search already, until {date_format(one.ends_on, 'F j, Y')}: {one.reason}" for one in _running(employer)
    ]
    verified = [] if employer.verified else ["It is not verified. Until it is, the search stays closed to it."]
    return (
        f"{employer} may search the profiles of clinicians until that day, also while no position of it is live.",
        *until,
        *verified,
    )


def _give(employer: Employer, form: AccessForm, by: User) -> ActionOutcome:
    made = profile_access.give_profile_access(
        employer, until=form.cleaned_data["until"], by=by, reason=form.cleaned_data["reason"]
    )
    return ActionOutcome(
        (f"{employer} may search profiles until {date_format(made.ends_on, 'F j, Y')}: {made.reason}",)
    )


class EndAccessForm(ActionForm):
    """Why: whoever asks later reads it in the history."""

    reason = reason_for_colleagues("Why?", "Say why; your colleagues will read it.")


def _end(employer: Employer, form: EndAccessForm, by: Actor) -> ActionOutcome:
    profile_access.end_profile_access(employer)
    return ActionOutcome((f"{employer} searches profiles no longer without a live position.",))


PROFILE_ACCESS = (
    AdminAction(
        verb="let-search",
        label="Let it search profiles",
        permission=GIVE,
        words=_words,
        form=AccessForm,
        view=LoggedActionView,
        do=_give,
    ),
    AdminAction(
        verb="end-search",
        label="End the search of profiles",
        permission=GIVE,
        danger=True,
        is_offered=lambda employer: bool(_running(employer)),
        words=("From now on it searches only while a position of it is live.",),
        form=EndAccessForm,
        view=LoggedActionView,
        do=_end,
    ),
)
