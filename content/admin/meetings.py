"""Meetings in the admin: written in one form, announced and called off by buttons, seen before they are public."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone

from aapm_site.core.admin.actions import ActionsAdmin, MoveAction
from aapm_site.core.admin.rich_text import RichTextAdmin
from content.domain import meetings
from content.forms.schedule import ReadStepForm
from content.models import Meeting
from content.queries.meetings import PublicMeeting
from content.states import MeetingStatus
from content.views.meetings import show

PUBLISH = "content.publish_meeting"
STAFF_ONLY = "Only staff see this; it shows what has been saved."


class MeetingTime(admin.SimpleListFilter):
    """Ahead, or over."""

    title = "time"
    parameter_name = "time"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("ahead", "Lies ahead"), ("over", "Is over")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Meeting]) -> QuerySet[Meeting]:
        now = timezone.now()
        if self.value() == "ahead":
            return queryset.filter(ends_at__gt=now)
        return queryset.filter(ends_at__lte=now) if self.value() == "over" else queryset


MEETING_ACTIONS = (
    MoveAction(
        verb="publish",
        to=MeetingStatus.PUBLISHED,
        do=meetings.publish_meeting,
        permission=PUBLISH,
        form=ReadStepForm,
        is_offered=lambda meeting: meeting.status == MeetingStatus.DRAFT,
    ),
    MoveAction(
        verb="reinstate",
        to=MeetingStatus.PUBLISHED,
        do=meetings.reinstate_meeting,
        permission=PUBLISH,
        form=ReadStepForm,
        is_offered=lambda meeting: meeting.status == MeetingStatus.CANCELED,
    ),
    MoveAction(
        verb="cancel",
        to=MeetingStatus.CANCELED,
        do=meetings.cancel_meeting,
        permission=PUBLISH,
        refusal=lambda meeting: meetings.OVER if meeting.ends_at <= timezone.now() else "",
    ),
    MoveAction(verb="withdraw", to=MeetingStatus.DRAFT, do=meetings.withdraw_meeting, permission=PUBLISH),
)


@admin.register(Meeting)
class MeetingAdmin(RichTextAdmin, ActionsAdmin):
    change_form_template = "content/admin/meeting_change_form.html"
    list_display = ("title", "kind", "starts_on", "town", "status")
    list_filter = (MeetingTime, "status", "kind", "format")
    search_fields = ("title", "summary", "town", "venue", "slug")
    date_hierarchy = "starts_on"
    list_per_page = 50
    view_on_site = False  # a draft is not there; the form links to the page or its preview
    prepopulated_fields = {"slug": ("title",)}
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    readonly_fields = ("published_at", "canceled_at", "canceled_because", "updated_at")
    object_actions = MEETING_ACTIONS
    fieldsets = (
        ("What readers see", {"fields": ("kind", "title", "slug", "summary", "body", "for_whom")}),
        (
            "When",
            {
                "fields": (("starts_on", "starts_time"), ("ends_on", "ends_time"), "time_zone"),
                "description": "Days and hours by the clock of the place. Without hours it takes whole days.",
            },
        ),
        ("Where", {"fields": ("format", "venue", "street", ("town", "region"))}),
        ("Credit", {"fields": (("credits", "credit_kind"),)}),
        ("Taking part", {"fields": ("registration_url", "registration_until", "price", "organizer")}),
        (
            "Record",
            {
                "fields": ("staff_status", "published_at", "canceled_at", "canceled_because", "updated_at"),
                "classes": ("collapse",),
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Meeting]:
        return super().get_queryset(request).defer("search")

    def save_model(self, request: HttpRequest, obj: Meeting, form: Any, change: bool) -> None:
        meetings.save_meeting(obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Meeting | None = None) -> tuple[str, ...]:
        """An address that was public stays."""
        fields = super().get_readonly_fields(request, obj)
        return (*fields, "slug") if obj and obj.published_at else fields

    def get_prepopulated_fields(self, request: HttpRequest, obj: Meeting | None = None) -> dict[str, Sequence[str]]:
        """A new meeting's address word follows its title; that of one which exists stays as it is."""
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.preview)
        return [path("<path:object_id>/preview/", view, name="content_meeting_preview"), *super().get_urls()]

    def preview(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The page as readers will see it, published or not."""
        meeting = self.get_object(request, object_id)
        if meeting is None:
            raise Http404
        if not self.has_view_permission(request, meeting):
            raise PermissionDenied
        return show(request, PublicMeeting.of(meeting), preview=STAFF_ONLY)
