"""Employers in the admin, with their teams."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.core.admin.actions import ActionsAdmin
from aapm_site.core.admin.closing import ClosedByDecision
from aapm_site.core.transitions import NotAllowed

from ..choices import MemberRole
from ..domain import employers
from ..models import Employer, EmployerInvitation, EmployerMember
from ..presenters.employer_record import facts_of
from ..queries.employer_record import record_of
from ..queries.verification import proved_and_waiting
from .employer_actions import EMPLOYER_ACTIONS


class WaitsFilter(admin.SimpleListFilter):
    """Employers that a decision of the staff's waits for."""

    title = "what waits"
    parameter_name = "waits"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("proved", "Domain proved, to be verified")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Employer]) -> QuerySet[Employer]:
        if self.value() != "proved":
            return queryset
        return queryset.filter(pk__in=proved_and_waiting().order_by().values("pk"))


class MemberForm(forms.ModelForm):
    """A place on a team; nobody of the staff gets one here."""

    class Meta:
        model = EmployerMember
        fields = ("user", "role")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.has_changed() and (user := cleaned.get("user")):
            self._refused("user", employers.refuse_staff, user)
            if "user" in self.changed_data and self.instance.employer_id:
                self._refused("user", employers.refuse_new_at_closed, self.instance.employer)
        changed = {"user", "role"} & {*self.changed_data}
        if changed and not self.errors and cleaned.get("role") == MemberRole.OWNER and self.instance.employer_id:
            self._refused("role", employers.refuse_owner_at_once, self.instance.employer)
        return cleaned

    def _refused(self, name: str, refuse: Callable[[Any], None], about: Any) -> None:
        try:
            refuse(about)
        except NotAllowed as refused:
            self.add_error(name, str(refused))


class TeamFormSet(forms.BaseInlineFormSet):
    """The team as it will be."""

    def clean(self) -> None:
        super().clean()
        if any(self.errors) or self.instance.pk is None:
            return
        staying = [form.cleaned_data for form in self.forms if form not in self.deleted_forms]
        shown, roles = [form.instance.pk for form in self.initial_forms], {row["role"] for row in staying if row}
        try:
            employers.refuse_team_without_owner(self.instance, shown=shown, roles=roles)
        except NotAllowed as refused:
            raise ValidationError(str(refused)) from refused


class MemberInline(admin.StackedInline):
    model = EmployerMember
    form = MemberForm
    formset = TeamFormSet
    fields = ("user", "role", "joined_at")
    readonly_fields = ("joined_at",)
    autocomplete_fields = ("user",)
    extra = 0


class InvitationInline(admin.StackedInline):
    model = EmployerInvitation
    fields = ("email", "role", "invited_by", "invited_at")
    readonly_fields = fields
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Employer)
class EmployerAdmin(ClosedByDecision, ActionsAdmin):
    """Who posts, and whether staff know that they are who they say."""

    when_empty = "Employers sign up by themselves. Add one for somebody who asks by telephone."
    is_named_in_lists = True
    list_display = ("name", "kind", "place", "verified", "job_count", "closed_at")
    list_filter = (WaitsFilter, "verified", "trusted", "kind", "is_sample")
    list_select_related = ("place",)
    search_fields = ("name", "slug", "members__user__email")
    autocomplete_fields = ("place",)
    prepopulated_fields = {"slug": ("name",)}
    inlines = (MemberInline, InvitationInline)
    # Its own page is the team's board, which staff are not on.
    view_on_site = False
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    fields = (
        *("name", "slug", "kind", "place", "website", "about"),
        *("verified", "trusted", "closed_at", "is_sample", "customer"),
    )
    readonly_fields = ("verified", "trusted", "closed_at", "customer")
    decided = ("verified", "trusted", "closed_at")
    change_form_template = "careers/admin/employer_change_form.html"
    object_actions = EMPLOYER_ACTIONS

    def get_queryset(self, request: HttpRequest) -> QuerySet[Employer]:
        return super().get_queryset(request).annotate(number_of_jobs=Count("jobs"))

    @admin.display(description="positions", ordering="number_of_jobs")
    def job_count(self, employer: Any) -> int:
        return employer.number_of_jobs

    def save_model(self, request: HttpRequest, obj: Employer, form: Any, change: bool) -> None:
        """What was changed, and nothing else, by the function that serves owners, too."""
        if not change:
            super().save_model(request, obj, form, change)
            return
        was_verified = Employer.objects.filter(pk=obj.pk, verified=True).exists()
        changed = {name: form.cleaned_data[name] for name in form.changed_data}
        done = employers.edit_employer(obj, by=request.user, **changed)
        if was_verified and not done.verified:
            messages.warning(request, f"{done} is not verified any more: that was known of what it was called before.")

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """The owners of a team hear what staff change of it, those too who own it no more."""
        if formset.model is not EmployerMember:
            super().save_formset(request, form, formset, change)
            return
        employer = form.instance
        former = list(
            User.objects.filter(employer_memberships__employer=employer, employer_memberships__role=MemberRole.OWNER)
        )
        before = _places(employer)
        super().save_formset(request, form, formset, change)
        if told := _changes(before, _places(employer)):
            employers.team_changed_by_staff(employer, told, former_owners=former)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """What it has stands above the form."""
        employer = context.get("original")
        if employer is not None:
            context["record"] = facts_of(employer, record_of(employer, timezone.now()), request.user)
        return super().render_change_form(request, context, *args, **kwargs)


def _places(employer: Employer) -> dict[int, str]:
    """Each place of the team in words."""
    return {member.pk: str(member) for member in employer.members.select_related("user", "employer")}


def _changes(before: dict[int, str], after: dict[int, str]) -> list[str]:
    """What is another now, a sentence each."""
    kept = before.keys() & after.keys()
    return [
        *(f"New: {after[pk]}." for pk in sorted(after.keys() - kept)),
        *(f"Removed: {before[pk]}." for pk in sorted(before.keys() - kept)),
        *(f"Changed: {before[pk]} is now {after[pk]}." for pk in sorted(kept) if before[pk] != after[pk]),
    ]
