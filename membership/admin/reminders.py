"""Letters about the end of a term: written as rows, and read as one member would get them before they are sent."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from aapm_site.core.forms import OneLineField, SiteForm, whole_number
from aapm_site.core.seo import absolute

from ..domain.reminders import PREVIEWED_LINK, letter
from ..forms.fielded_words import FieldedWordsForm
from ..models import Membership, Reminder, Term
from ..reminder_words import FIELDS


class ReminderForm(FieldedWordsForm):
    """The words of one letter."""

    known_fields = FIELDS


class PreviewForm(SiteForm):
    """As which member."""

    member = OneLineField(
        label="As this member",
        required=False,
        max_length=254,
        help_text="Member number or e-mail address. Left empty: the member whose term ends next.",
    )

    def clean_member(self) -> Term | None:
        """The last term of the member."""
        text = self.cleaned_data["member"].strip()
        terms = Term.objects.valid().select_related("membership__user")
        if not text:
            return terms.filter(ends_on__gte=timezone.localdate()).order_by("ends_on", "pk").first()
        wanted = Q(user__email__iexact=text)
        if (number := whole_number(text, digits=9)) is not None:
            wanted |= Q(number=number) | Q(former_numbers__number=number)
        found = terms.filter(membership__in=Membership.objects.filter(wanted)).order_by("-starts_on").first()
        if found is None:
            raise ValidationError("No member with a term has this number or e-mail address.")
        return found


@admin.register(Reminder)
class ReminderAdmin(admin.ModelAdmin):
    """When, to whom, and what; each letter goes once for a term, and what was missed is caught up for thirty days."""

    when_empty = "A reminder says how many days before or after the end of a term a letter goes, and what it says."
    form = ReminderForm
    change_form_template = "admin/membership/reminder/change_form.html"
    list_display = ("name", "kind", "days", "for_whom", "is_on", "read_it")
    list_filter = ("is_on", "kind")
    search_fields = ("name", "subject", "text")
    prepopulated_fields = {"slug": ("name",)}
    filter_horizontal = ("plans",)
    readonly_fields = ("fields_in_braces",)
    fieldsets = (
        (None, {"fields": ("name", "slug", ("kind", "days"), "is_on", "plans")}),
        ("The letter", {"fields": ("subject", "text", "fields_in_braces")}),
    )

    def get_urls(self) -> list[Any]:
        preview = path(
            "<int:object_id>/preview/", self.admin_site.admin_view(self.preview), name="membership_reminder_preview"
        )
        return [preview, *super().get_urls()]

    def get_readonly_fields(self, request: HttpRequest, obj: Reminder | None = None) -> tuple[str, ...]:
        """By the short name it is known what was sent."""
        own = tuple(super().get_readonly_fields(request, obj))
        return (*own, "slug") if obj else own

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else dict(self.prepopulated_fields)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("plans")

    @admin.display(description="goes to")
    def for_whom(self, reminder: Reminder) -> str:
        return ", ".join(str(plan) for plan in reminder.plans.all()) or "Every category"

    @admin.display(description="as a member reads it")
    def read_it(self, reminder: Reminder) -> SafeString:
        url = reverse("admin:membership_reminder_preview", args=[reminder.pk])
        return format_html(
            '<a href="{}">Read it<span class="visually-hidden"> as a member: {}</span></a>', url, reminder
        )

    @admin.display(description="what is filled in")
    def fields_in_braces(self, reminder: Reminder) -> SafeString:
        rows = ((f"{{{field}}}", words) for field, words in FIELDS.items())
        return format_html_join(SafeString("<br>"), "<code>{}</code> {}", rows)

    def preview(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """The letter as one member would get it today. Nothing is sent, and the link in it leads nowhere."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        reminder = get_object_or_404(Reminder, pk=object_id)
        form = PreviewForm(request.GET)
        term = form.cleaned_data["member"] if form.is_valid() else None
        context = {
            **self.admin_site.each_context(request),
            "title": f"As a member reads it: {reminder}",
            "opts": self.opts,
            "reminder": reminder,
            "form": form,
            "term": term,
            "day": reminder.day_of(term) if term else None,
            "fits": term is not None and reminder.fits(term),
            "letter": letter(reminder, term, absolute(PREVIEWED_LINK)) if term else None,
        }
        return TemplateResponse(request, "admin/membership/reminder/preview.html", context)
