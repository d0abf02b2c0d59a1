"""Looking at the site as a member, for staff: the button on the member's page, and what was looked at."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from aapm_site.core.admin.action_forms import ActionForm
from aapm_site.core.admin.action_views import LoggedActionView
from aapm_site.core.admin.actions import ActionOutcome, AdminAction
from aapm_site.core.admin.base import ReadOnlyAdmin
from aapm_site.core.forms import LongTextField

from ..domain import viewing
from ..middleware import KEY
from ..models import Membership, ViewedPage, Viewing


class ViewingForm(ActionForm):
    """Why somebody looks."""

    reason = LongTextField(
        label="Why do you need to look?",
        max_length=500,
        help_text="Your colleagues read it, and the member in the export of their data.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why, for example “They called: an article does not open.”"},
    )


class ViewingView(LoggedActionView):
    """The look belongs to the session of whoever pressed."""

    def done(self, outcome: ActionOutcome) -> HttpResponse:
        self.request.session[KEY] = int(outcome.sums)
        return super().done(outcome)


def _look(membership: Membership, form: ViewingForm, by: Any) -> ActionOutcome:
    look = viewing.start_viewing(membership.user, by=by, reason=form.cleaned_data["reason"].strip())
    said = f"You see the site as {membership.user} sees it, for {viewing.LASTS.seconds // 60} minutes."
    return ActionOutcome((said,), sums=str(look.pk), url=reverse("membership:mine"))


VIEW_AS = AdminAction(
    verb="view-as",
    label="View as this member",
    button="Look as this member",
    permission=viewing.PERMISSION,
    is_offered=lambda membership: membership.user.is_active and not membership.user.is_staff,
    words=(
        "For 15 minutes this browser shows you the pages, the Journal, the member’s own membership and the first page "
        "of their account as they see them. You can look, and change nothing. The staff pages are closed meanwhile; a "
        "bar at the top of each page ends it.",
        "Each page that you open is written down with your name. The member finds it in the export of their data.",
    ),
    form=ViewingForm,
    view=ViewingView,
    do=_look,
)


class ViewedPageInline(admin.TabularInline):
    model = ViewedPage
    fields = readonly_fields = ("at", "method", "path", "answer")
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("membership.view_viewing")


@admin.register(Viewing)
class ViewingAdmin(ReadOnlyAdmin):
    """Who looked as whom, why, and at which pages."""

    list_display = ("begun_at", "viewer", "person", "reason", "ends_at", "ended_at")
    list_filter = (("viewer", admin.RelatedOnlyFieldListFilter), "begun_at")
    list_select_related = ("viewer", "person")
    search_fields = ("person__email", "person__last_name", "viewer__email", "viewer__last_name")
    fields = readonly_fields = ("viewer", "person", "reason", "begun_at", "ends_at", "ended_at")
    inlines = (ViewedPageInline,)
    date_hierarchy = "begun_at"
