"""Each reader of each letter that goes to many, for the staff who see letters of that kind."""

from typing import Any

from django.contrib import admin
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from aapm_site.core.admin.base import ReadOnlyAdmin
from aapm_site.core.admin.states import by_value

from .models import Mailing, MailingRecipient
from .presenters.mailings import state_words
from .queries.mailings import NOW


@admin.register(MailingRecipient)
class MailingRecipientAdmin(ReadOnlyAdmin):
    """With what became of it; the timed work alone writes here."""

    states_in_lists = {
        "said": by_value("now", waiting="wait", written="wait", sent="live", failed="back", held="pause")
    }
    list_display = ("mailing", "who", "said", "at", "message")
    list_filter = ("state",)
    linked_by = ("mailing__id__exact",)
    search_fields = ("user__last_name", "=user__email", "=subscription__email")
    list_select_related = ("mailing", "user", "subscription__user", "email")
    fields = readonly_fields = list_display
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[MailingRecipient]:
        seen = Mailing.objects.seen_by(request.user).order_by().values("pk")
        return super().get_queryset(request).filter(mailing__in=seen).annotate(now=NOW)

    @admin.display(description="reader")
    def who(self, row: MailingRecipient) -> str:
        return row.reader

    @admin.display(description="what became of it", ordering="state")
    def said(self, row: Any) -> str:
        return state_words(row.mailing.kind, row.now, row.why)

    @admin.display(description="message", ordering=F("email__sent_at"))
    def message(self, row: MailingRecipient) -> SafeString | str:
        if row.email is None:
            return ""
        url = reverse("admin:mail_outgoingemail_change", args=[row.email_id])
        return format_html('<a href="{}">{}</a>', url, row.email.subject)
