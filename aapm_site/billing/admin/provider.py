"""What the card provider told: each message as it came, and what came of it."""

import json
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from aapm_site.core.admin.base import ReadOnlyAdmin
from aapm_site.core.templatetags.ui import status

from ..models import ProviderEvent


@admin.register(ProviderEvent)
class ProviderEventAdmin(ReadOnlyAdmin):
    change_form_template = "billing/admin/event_change_form.html"
    list_display = ("received_at", "type", "outcome", "look", "handled_at")
    empty_value_display = ""
    list_filter = ("needs_a_look", "type", "received_at")
    search_fields = ("event_id", "payment_reference", "outcome")
    search_help_text = "The provider's number of the message or the payment."
    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER
    fields = readonly_fields = (
        "type", "outcome", "look", "received_at", "handled_at", "event_id", "payment_reference", "message",
    )  # fmt: skip

    @admin.display(description="state", ordering="needs_a_look")
    def look(self, event: ProviderEvent) -> SafeString:
        if event.needs_a_look:
            return status("waiting", "Needs a look")
        return status("done", "Done", tone="end") if event.handled_at else status("waiting", "Waits")

    @admin.display(description="message")
    def message(self, event: ProviderEvent) -> SafeString:
        text = json.dumps(event.payload, indent=2, ensure_ascii=False, sort_keys=True)
        return format_html('<pre class="mail-text">{}</pre>', text)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.seen_to))
        return [path("<int:object_id>/seen-to/", view, name="billing_providerevent_seen_to"), *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        event = context.get("original")
        may = request.user.has_perm("billing.record_payment")
        context["can_be_seen_to"] = bool(event and event.needs_a_look and may)
        return super().render_change_form(request, context, *args, **kwargs)

    def seen_to(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Somebody has looked: the word on the front page goes. Nothing is booked, and who it was is kept."""
        event = self.get_object(request, str(object_id))
        if event is None:
            raise Http404
        if not request.user.has_perm("billing.record_payment"):
            raise PermissionDenied
        if ProviderEvent.objects.filter(pk=event.pk, needs_a_look=True).update(needs_a_look=False):
            self.log_change(request, event, "Seen to.")
            messages.success(request, "Marked as seen to. The message itself stays here.")
        return HttpResponseRedirect(reverse("admin:billing_providerevent_change", args=[event.pk]))
