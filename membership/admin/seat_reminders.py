"""Letters to institutions about the end of their seats: written as rows, and read as one institution would get them."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ..domain.seat_reminders import EndOfSeats, end_of_seats, seat_letter
from ..forms.fielded_words import FieldedWordsForm
from ..models import BundleAdministrator, BundlePeriod, SeatReminder
from ..reminder_words import SEAT_FIELDS


class SeatReminderForm(FieldedWordsForm):
    """The words of one letter."""

    known_fields = SEAT_FIELDS


def _example() -> tuple[EndOfSeats, BundleAdministrator] | None:
    """The institution whose seats end next, and somebody who looks after them."""
    ahead = BundlePeriod.objects.not_over(timezone.localdate()).filter(bundle__administrators__user__is_active=True)
    period = ahead.select_related("bundle__plan", "bundle__customer").order_by("ends_on", "pk").first()
    if period is None:
        return None
    person = period.bundle.administrators.filter(user__is_active=True).select_related("user").first()
    end = end_of_seats(period.bundle)
    return (end, person) if end is not None and person is not None else None


@admin.register(SeatReminder)
class SeatReminderAdmin(admin.ModelAdmin):
    """When, and what; each letter goes once for the end of an institution's seats, and is caught up for thirty days."""

    form = SeatReminderForm
    change_form_template = "admin/membership/seatreminder/change_form.html"
    list_display = ("name", "kind", "days", "is_on", "read_it")
    list_filter = ("is_on", "kind")
    search_fields = ("name", "subject", "text")
    prepopulated_fields = {"slug": ("name",)}
    readonly_fields = ("fields_in_braces",)
    fieldsets = (
        (None, {"fields": ("name", "slug", ("kind", "days"), "is_on")}),
        ("The letter", {"fields": ("subject", "text", "fields_in_braces")}),
    )

    def get_urls(self) -> list[Any]:
        preview = path(
            "<int:object_id>/preview/", self.admin_site.admin_view(self.preview), name="membership_seatreminder_preview"
        )
        return [preview, *super().get_urls()]

    def get_readonly_fields(self, request: HttpRequest, obj: SeatReminder | None = None) -> tuple[str, ...]:
        """By the short name it is known what was sent."""
        own = tuple(super().get_readonly_fields(request, obj))
        return (*own, "slug") if obj else own

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else dict(self.prepopulated_fields)

    @admin.display(description="as an institution reads it")
    def read_it(self, reminder: SeatReminder) -> SafeString:
        url = reverse("admin:membership_seatreminder_preview", args=[reminder.pk])
        return format_html(
            '<a href="{}">Read it<span class="visually-hidden"> as an institution: {}</span></a>', url, reminder
        )

    @admin.display(description="what is filled in")
    def fields_in_braces(self, reminder: SeatReminder) -> SafeString:
        rows = ((f"{{{field}}}", words) for field, words in SEAT_FIELDS.items())
        return format_html_join(SafeString("<br>"), "<code>{}</code> {}", rows)

    def preview(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """The letter as the institution whose seats end next would get it today. Nothing is sent."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        reminder = get_object_or_404(SeatReminder, pk=object_id)
        found = _example()
        end, person = found or (None, None)
        context = {
            **self.admin_site.each_context(request),
            "title": f"As an institution reads it: {reminder}",
            "opts": self.opts,
            "reminder": reminder,
            "end": end,
            "person": person,
            "day": reminder.day_of(end.ends_on) if end else None,
            "letter": seat_letter(reminder, end, person.user) if end and person and person.user else None,
        }
        return TemplateResponse(request, "admin/membership/seatreminder/preview.html", context)
