"""What the card provider told: each message as it came, and what came of it."""

import json
from collections.abc import Sequence

from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.utils.html import format_html
from django.utils.safestring import SafeString

from aapm_site.accounts.models import User
from aapm_site.core.admin.action_forms import ActionForm
from aapm_site.core.admin.actions import ActionOutcome, ActionsAdmin, AdminAction
from aapm_site.core.admin.base import ReadOnlyAdmin
from aapm_site.core.templatetags.ui import status

from ..models import ProviderEvent
from ..webhooks import store


def _words(event: ProviderEvent) -> Sequence[str]:
    return (
        event.outcome,
        "This message was kept and nothing was booked. Once you have found out what it means, take it off the list of "
        "what waits.",
    )


def _refusal(event: ProviderEvent) -> str:
    return "" if event.needs_a_look else "This message waits for nobody."


def _see_to(event: ProviderEvent, form: ActionForm, by: User) -> ActionOutcome:
    """The word on the front page goes. Nothing is booked, and who it was is kept."""
    store.mark_message_seen_to(event)
    LogEntry.objects.log_actions(by.pk, [event], CHANGE, "Seen to.", single_object=True)
    return ActionOutcome(("Marked as seen to. The message itself stays here.",))


@admin.register(ProviderEvent)
class ProviderEventAdmin(ReadOnlyAdmin, ActionsAdmin):
    list_display = ("received_at", "type", "outcome", "look", "handled_at")
    empty_value_display = ""
    list_filter = ("needs_a_look", "type", "received_at")
    search_fields = ("event_id", "payment_reference", "outcome")
    search_help_text = "The provider's number of the message or the payment."
    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER
    object_actions = (
        AdminAction(
            verb="seen-to",
            label="I have seen to it",
            permission="billing.record_payment",
            words=_words,
            refusal=_refusal,
            do=_see_to,
        ),
    )
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
