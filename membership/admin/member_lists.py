"""Saved lists of members, the export of any list, and who exported what."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from aapm_site.core.admin.base import ReadOnlyAdmin
from aapm_site.core.files import csv_export

from ..domain.member_lists import record_export
from ..forms.member_list import ExportForm, MemberFilterForm
from ..models import MemberExport, MemberFilter
from ..queries.member_exports import HEAD, exported_rows
from ..queries.member_lists import list_words, members_of, narrowed

EXPORT = "membership.export_members"
# What the filters of the list of members say in an address, and the condition of a saved list that is the same.
SAME = {
    "terms__plan__id__exact": "plans",
    "career_stage__id__exact": "career_stages",
    "state_code__exact": "state_codes",
}
CURRENT = ["active", "grace"]
NOT_CURRENT = ["lapsed", "future", "none", "closed"]


class SavedListFilter(admin.SimpleListFilter):
    """The members on one of the saved lists that this person sees."""

    title = "saved list"
    parameter_name = "list"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(key), name) for key, name in MemberFilter.objects.for_user(request.user).values_list("pk", "name")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """A list that is gone, or a colleague's own, has nobody on it."""
        if not self.value():
            return queryset
        known = dict(self.lookup_choices)
        if self.value() not in known:
            return queryset.none()
        return narrowed(queryset, MemberFilter.objects.get(pk=self.value()), timezone.localdate())


def conditions_in(request: HttpRequest) -> dict[str, Any]:
    """What of the filters of the list of members a saved list can keep, as the address of its form."""
    found: dict[str, Any] = {mine: request.GET[name] for name, mine in SAME.items() if request.GET.get(name)}
    if request.GET.get("standing") in {"current", "not"}:
        found["statuses"] = ",".join(CURRENT if request.GET["standing"] == "current" else NOT_CURRENT)
    return found


@admin.register(MemberFilter)
class MemberFilterAdmin(admin.ModelAdmin):
    """Lists by name: one's own, and those that colleagues share."""

    form = MemberFilterForm
    list_display = ("name", "whose", "conditions", "see_them")
    list_filter = ("is_shared",)
    search_fields = ("name",)
    readonly_fields = ("members_today", "whose")
    fieldsets = (
        (None, {"fields": ("name", "is_shared", "whose", "members_today")}),
        (
            "Who is on it",
            {
                "description": "Leave out what does not matter. Everybody is on it who fits each condition that is "
                "set; where you tick several of one kind, any of them fits.",
                "fields": ("statuses", "plans", "ends_within", ("joined_from", "joined_to")),
            },
        ),
        ("Where they are in their work", {"fields": ("career_stages", "specialties", "groups", "state_codes")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[MemberFilter]:
        found = MemberFilter.objects.for_user(request.user).select_related("owner")
        return found.prefetch_related("plans", "career_stages", "specialties", "groups")

    def get_readonly_fields(self, request: HttpRequest, obj: MemberFilter | None = None) -> tuple[str, ...]:
        """Whether colleagues see it, its owner says."""
        fixed = () if obj is None or obj.owner_id == request.user.pk else ("is_shared",)
        return (*super().get_readonly_fields(request, obj), *fixed)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Each is deleted on its own page, where it is known whose it is."""
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """A new list is the person's who makes it: two of theirs have not one name."""
        made: Any = super().get_form(request, obj, change=change, **kwargs)
        made.owner = request.user
        return made

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Boxes: all that can be chosen is seen at once. The rows themselves are written on their own pages."""
        return super().formfield_for_manytomany(db_field, request, **{**kwargs, "widget": forms.CheckboxSelectMultiple})

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        for name in ("can_add_related", "can_change_related", "can_view_related", "can_delete_related"):
            if hasattr(getattr(field, "widget", None), name):
                setattr(field.widget, name, False)
        if hasattr(field, "help_text") and db_field.many_to_many:
            field.help_text = ""
        return field

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """From the list of members: the conditions that stood there."""
        initial = super().get_changeform_initial_data(request)
        several = {"statuses", "state_codes"} & initial.keys()
        return initial | {name: str(initial[name]).split(",") for name in several}

    @admin.display(description="whose")
    def whose(self, saved: MemberFilter) -> str:
        if saved.pk is None:
            return "Yours"
        owner = saved.owner.display_name if saved.owner else "a former colleague"
        return f"{owner}, for all colleagues" if saved.is_shared else owner

    @admin.display(description="who is on it")
    def conditions(self, saved: MemberFilter) -> str:
        return list_words(saved)

    @admin.display(description="members")
    def see_them(self, saved: MemberFilter) -> SafeString:
        return format_html(
            '<a href="{}">See them<span class="visually-hidden">: {}</span></a>', _address_of(saved), saved
        )

    @admin.display(description="members on it today")
    def members_today(self, saved: MemberFilter) -> SafeString | str:
        if saved.pk is None:
            return "Shown once it is saved."
        return format_html('{}. <a href="{}">See them</a>', f"{members_of(saved).count():,}", _address_of(saved))


def _address_of(saved: MemberFilter) -> str:
    return f"{reverse('admin:membership_membership_changelist')}?list={saved.pk}"


@admin.register(MemberExport)
class MemberExportAdmin(ReadOnlyAdmin):
    """Who took which list out of the site, when, and what for."""

    list_display = ("at", "by", "what", "number", "purpose")
    list_filter = ("at",)
    search_fields = ("what", "purpose", "by__email", "by__last_name")
    list_select_related = ("by",)
    fields = readonly_fields = list_display
    date_hierarchy = "at"


def export_members(owner: Any, request: HttpRequest) -> HttpResponseBase:
    """GET says which list, and asks what for; POST writes that down and sends the file. The address is the list's."""
    if not request.user.has_perm(EXPORT):
        raise PermissionDenied
    try:
        shown = owner.get_changelist_instance(request)
    except IncorrectLookupParameters:
        messages.warning(request, "The address asked for something that cannot be. This is the whole list.")
        return HttpResponseRedirect(reverse("admin:membership_membership_changelist"))
    # The list's own prefetching and pages do not matter here.
    members = shown.get_queryset(request).prefetch_related(None)
    form = ExportForm(request.POST if request.method == "POST" else None)
    what = _what(shown)
    if form.is_valid():
        record_export(members, what, form.cleaned_data["purpose"], by=request.user)
        today = timezone.localdate()
        return csv_export.download(f"members-{today}.csv", HEAD, exported_rows(members, today))
    return _export_page(owner, request, form, what, members.order_by().count())


def _export_page(owner: Any, request: HttpRequest, form: ExportForm, what: str, number: int) -> HttpResponse:
    context = {
        **owner.admin_site.each_context(request),
        "opts": owner.opts,
        "title": "Export members",
        "form": form,
        "what": what,
        "number": number,
        "columns": HEAD,
        "back": f"{reverse('admin:membership_membership_changelist')}?{request.GET.urlencode()}",
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "admin/membership/export.html", context, status=status)


def _what(shown: Any) -> str:
    """Which list it is, in words: its filters as they are set, and the words that were looked for."""
    said = [f"{spec.title}: {choice['display']}" for spec in shown.filter_specs for choice in _set(spec, shown)]
    if shown.query:
        said.append(f"with the words “{shown.query}”")
    return "; ".join(said) or "All members"


def _set(spec: Any, shown: Any) -> list[dict[str, Any]]:
    """The choices of a filter that narrow the list; its first one is “All”."""
    return [choice for choice in list(spec.choices(shown))[1:] if choice.get("selected")]
