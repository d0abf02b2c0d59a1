"""Profiles of seekers: staff read them, and keep one from employers where there is a reason."""

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from aapm_site.accounts.models import User
from aapm_site.core.admin.action_forms import ActionForm
from aapm_site.core.admin.action_views import ActionView, LoggedActionView
from aapm_site.core.admin.actions import ActionOutcome, ActionsAdmin, AdminAction
from aapm_site.core.admin.base import ReadOnlyAdmin
from aapm_site.core.admin.worded_filter import worded
from aapm_site.core.forms import LongTextField

from ..domain import profiles
from ..models import Profile
from ..presenters.profile import FACTS, TEXTS, standing_of

HIDE = "careers.hide_profile"
LOOKED = "Looked at the profile."


class HideForm(ActionForm):
    """Why: the person reads it."""

    reason = LongTextField(
        label="Reason",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="The person reads it word for word on the page of the profile. Say what would mend it.",
        error_messages={"required": "Please give a reason; the person will read it."},
    )


def _hide(profile: Profile, form: HideForm, by: User) -> ActionOutcome:
    profiles.hide_profile(profile, by=by, reason=form.cleaned_data["reason"])
    return ActionOutcome(("Employers do not find this profile any more.",))


def _show(profile: Profile, form: ActionForm, by: User) -> ActionOutcome:
    profiles.show_profile_again(profile)
    return ActionOutcome(("The profile is again as its person has set it.",))


class ReadView(ActionView):
    """Shows the person's own words in answer to the press: an address alone shows nothing and notes nothing."""

    def done(self, outcome: ActionOutcome) -> HttpResponse:
        self.owner.log_change(self.request, self.subject, LOOKED)
        context = {
            **self.owner.admin_site.each_context(self.request),
            "opts": self.owner.opts,
            "title": f"In their own words: {self.subject.user}",
            "subject": self.subject,
            "texts": [(heading, getattr(self.subject, name)) for name, heading in TEXTS],
            "back": self.back,
        }
        return TemplateResponse(self.request, "careers/admin/profile_words.html", context)


@admin.register(Profile)
class ProfileAdmin(ReadOnlyAdmin, ActionsAdmin):
    """What the person chose from lists. Their own words are read by a press that is noted; the pay that they hope for
    and the CV are no business of the staff's.
    """

    states_in_lists = {"standing": lambda profile: standing_of(profile).tone}
    list_display = ("person", "profession", "stage", "standing", "updated_at")
    list_filter = (
        "searchable",
        "active",
        ("hidden_at", worded("hidden or not", empty="Not hidden", filled="Hidden by staff")),
        "profession",
        "stage",
    )
    list_select_related = ("user", "profession")
    search_fields = ("user__first_name", "user__last_name", "user__email")
    fields = readonly_fields = (
        *("person", "standing", "what_they_say"),
        *("searchable", "name_shown", "active", "paused_at", "has_cv", "created_at", "updated_at", "confirmed_at"),
        *("hidden_at", "hidden_by", "hidden_reason"),
    )
    view_on_site = False
    object_actions = (
        AdminAction(
            verb="read",
            label="Read their own words",
            permission="careers.view_profile",
            words=("What they wrote of themselves is shown. That you looked is noted in the history of the profile.",),
            view=ReadView,
            do=lambda profile, form, by: ActionOutcome((LOOKED,)),
        ),
        AdminAction(
            verb="hide",
            label="Hide from employers",
            permission=HIDE,
            words=(
                "No employer finds the profile until you show it again. Its person reads your reason, and may mend it.",
            ),
            danger=True,
            form=HideForm,
            is_offered=lambda profile: not profile.hidden_at,
            refusal=lambda profile: profiles.IS_HIDDEN if profile.hidden_at else "",
            view=LoggedActionView,
            do=_hide,
        ),
        AdminAction(
            verb="show",
            label="Show it again",
            permission=HIDE,
            words=("Employers find it again, if its person lets them.",),
            is_offered=lambda profile: bool(profile.hidden_at),
            refusal=lambda profile: "" if profile.hidden_at else profiles.IS_NOT_HIDDEN,
            view=LoggedActionView,
            do=_show,
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Profile]:
        return super().get_queryset(request).prefetch_related("specialties", "places__place")

    @admin.display(description="person", ordering="user__last_name")
    def person(self, profile: Profile) -> str:
        return str(profile.user)

    @admin.display(description="where it stands")
    def standing(self, profile: Profile) -> str:
        return standing_of(profile).label

    @admin.display(description="CV", boolean=True)
    def has_cv(self, profile: Profile) -> bool:
        return bool(profile.cv)

    @admin.display(description="what they say")
    def what_they_say(self, profile: Profile) -> str:
        said = ((term, words(profile)) for _, term, words in FACTS)
        return "\n".join(f"{term}: {words}" for term, words in said if words)
