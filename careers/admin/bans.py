"""The ban list for staff: written on, lifted, and beside each entry the organizations that it names."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from aapm_site.core.admin.action_forms import ActionForm, reason_for_colleagues
from aapm_site.core.admin.actions import ActionOutcome, ActionsAdmin, AdminAction
from aapm_site.core.admin.base import ReadOnlyAdmin
from aapm_site.core.templatetags.ui import status
from aapm_site.core.transitions import NotAllowed

from ..domain import bans
from ..models import BannedEmployer, Employer
from ..queries.bans import employers_named_by

ONE_OF_THREE = (
    "Fill in one of the first three. Whoever it names can no longer register, join a team, prove a domain or renew a "
    "position; what is live stays as it is until you decide about it."
)


class BanForm(forms.ModelForm):
    """One of the three, and why."""

    class Meta:
        model = BannedEmployer
        fields = ("name", "domain", "address", "reason")
        widgets = {"reason": forms.Textarea(attrs={"rows": 4})}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        given = {name: cleaned.get(name, "") for name in ("name", "domain", "address")}
        typed = [name for name, value in given.items() if value]
        try:
            given = bans.normal_ban(**given)
            bans.refuse_listed(**given)
        except (NotAllowed, ValidationError) as refused:
            said = refused.messages if isinstance(refused, ValidationError) else [str(refused)]
            self.add_error(typed[0] if len(typed) == 1 else None, said)
            return cleaned
        return cleaned | given

    def validate_constraints(self) -> None:
        """Asked above, in words that help; what comes between is met by domain/bans.py."""


class LiftBanForm(ActionForm):
    """Why, for whoever asks later."""

    reason = reason_for_colleagues("Why?", "Say why; your colleagues will read it.")


def _lift(entry: BannedEmployer, form: LiftBanForm, by: Any) -> ActionOutcome:
    done = bans.lift_ban(entry, why=form.cleaned_data["reason"], by=by)
    return ActionOutcome((f"{done} is off the ban list.",))


class HoldsFilter(admin.SimpleListFilter):
    """Those that hold, and those that were lifted."""

    title = "whether it holds"
    parameter_name = "holds"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Holds"), ("no", "Lifted")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Model]) -> QuerySet[Model]:
        return queryset.filter(lifted_at__isnull=self.value() == "yes") if self.value() else queryset


@admin.register(BannedEmployer)
class BannedEmployerAdmin(ActionsAdmin, ReadOnlyAdmin):
    """Who may not register, join, prove a domain or send a position. Entries are lifted, not changed."""

    form = BanForm
    list_display = ("entry", "standing", "reason", "added_at", "added_by", "lifted_at", "lifted_by")
    list_filter = (HoldsFilter, "added_at")
    list_select_related = ("added_by", "lifted_by")
    search_fields = ("name", "domain", "address", "reason")
    shown = ("entry", "standing", "named", "reason", "added_at", "added_by", "lifted_at", "lifted_by", "why_lifted")
    object_actions = (
        AdminAction(
            verb="lift",
            label="Lift the ban",
            permission="careers.lift_bannedemployer",
            words=lambda entry: (f"{entry} may register and post again. Nobody is told of your press.",),
            form=LiftBanForm,
            refusal=lambda entry: bans.LIFTED if entry.lifted_at else "",
            do=_lift,
        ),
    )

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return [(None, {"fields": BanForm.Meta.fields, "description": ONE_OF_THREE})]
        return [(None, {"fields": self.shown})]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return () if obj is None else self.shown

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("careers.add_bannedemployer")

    def save_model(self, request: HttpRequest, obj: BannedEmployer, form: Any, change: bool) -> None:
        """Somebody may have written it in the same moment: then theirs stands."""
        given = {name: getattr(obj, name) for name in ("name", "domain", "address")}
        try:
            done = bans.ban_employer(**given, reason=obj.reason, by=request.user)
        except NotAllowed:
            done = BannedEmployer.objects.holding().get(**given)
        obj.pk = done.pk

    @admin.display(description="who", ordering="name")
    def entry(self, entry: BannedEmployer) -> str:
        return str(entry)

    @admin.display(description="standing")
    def standing(self, entry: BannedEmployer) -> SafeString:
        return status("closed", "Lifted") if entry.lifted_at else status("failed", "Banned")

    @admin.display(description="organizations here that it names")
    def named(self, entry: BannedEmployer) -> SafeString | str:
        """Each with its live positions: pausing one is its own decision."""
        lines = [(*_employer_link(one), *_jobs_link(one)) for one in employers_named_by(entry)]
        if not lines:
            return "None"
        return format_html_join(SafeString("<br>"), '<a href="{}">{}</a>: <a href="{}">{}</a>', lines) + format_html(
            '<p class="help">{}</p>', "Nothing is paused by itself. Pause a position on its own page."
        )


def _employer_link(employer: Employer) -> tuple[str, str]:
    return reverse("admin:careers_employer_change", args=[employer.pk]), employer.name


def _jobs_link(employer: Any) -> tuple[str, str]:
    words = f"{employer.live} live position{'' if employer.live == 1 else 's'}"
    return f"{reverse('admin:careers_job_changelist')}?stage=live&employer={employer.pk}", words
