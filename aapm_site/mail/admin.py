"""What was mailed, for staff: read-only, with an action that sends again what did not arrive."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import dateformat, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from aapm_site.core.admin.action_forms import ActionForm
from aapm_site.core.admin.action_views import ActionView
from aapm_site.core.admin.actions import ActionOutcome, ActionsAdmin, AdminAction
from aapm_site.core.admin.base import ReadOnlyAdmin
from aapm_site.core.templatetags.ui import status

from .domain import delivery
from .models import OutgoingEmail, Subscription
from .registry import confidential
from .states import EmailState

# A message is shown in a document of its own that may do nothing: no scripts, no forms, nothing fetched.
MESSAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"
SECRET_TEXT = "This message carries a code or a link that signs in, so nobody but its reader sees the text."  # noqa: S105

KEPT_BACK = "This message holds what your role does not read here, such as a link to pay an invoice."


def _can_resend(email: OutgoingEmail) -> bool:
    return email.state in (EmailState.FAILED, EmailState.SENT, EmailState.QUEUED) and bool(email.text)


def _resend_words(email: OutgoingEmail) -> Sequence[str]:
    twice = ""
    if email.sent_at:
        on = dateformat.format(timezone.localdate(email.sent_at), "F j, Y")
        twice = f"; the mail server took it on {on}, so it may arrive twice"
    words = (f"It goes to {email.to}, with the same text{twice}.",)
    return (*words, f"Last time: {email.error}") if email.error else words


def _resend(email: OutgoingEmail, form: ActionForm, by: Any) -> ActionOutcome:
    delivery.resend_email(email)
    return ActionOutcome((f"“{email.subject}” goes to {email.to} once more.",))


class ResendView(ActionView):
    """Asks by the message's own words."""

    @property
    def title(self) -> str:
        return f"Send “{self.subject.subject}” again?"


@admin.register(OutgoingEmail)
class OutgoingEmailAdmin(ReadOnlyAdmin, ActionsAdmin):
    """Messages, newest first. The text of secret ones is shown in the demonstration only."""

    list_display = ("subject", "to", "kind", "state_word", "attempts", "created_at", "sent_at")
    list_filter = ("state", "kind", "secret", "created_at")
    search_fields = ("to", "subject", "message_id")
    date_hierarchy = "created_at"
    change_form_template = "admin/mail/outgoingemail/change_form.html"
    fields = (
        "subject", "to", "user", "state_word", "error", "attempts", "next_attempt_at", "sent_at", "created_at",
        "kind", "template", "subscription", "reply_to", "message_id", "body",
    )  # fmt: skip
    readonly_fields = fields
    object_actions = (
        AdminAction(
            verb="resend",
            label="Send again",
            permission="mail.resend_outgoingemail",
            is_offered=_can_resend,
            words=_resend_words,
            view=ResendView,
            do=_resend,
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[OutgoingEmail]:
        return super().get_queryset(request).select_related("user", "subscription__user")

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> OutgoingEmail | None:
        """With `is_kept_back`: whether its kind is not for this person to read."""
        email = super().get_object(request, object_id, from_field)
        if email is not None:
            rule = confidential.get(email.kind.partition(".")[0])
            email.is_kept_back = rule is not None and not request.user.has_perm(rule.permission)
        return email

    @admin.display(description="state", ordering="state")
    def state_word(self, email: OutgoingEmail) -> SafeString:
        return status(
            email.state, email.get_state_display(), tone="pause" if email.state == EmailState.SUPPRESSED else ""
        )

    @admin.display(description="text")
    def body(self, email: Any) -> SafeString | str:
        if not email.readable:
            return SECRET_TEXT
        if email.is_kept_back:
            return KEPT_BACK
        return format_html('<pre class="mail-text">{}</pre>', email.text) if email.text else "The text has been wiped."

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/html/", view(self.as_html), name="mail_outgoingemail_html"),
            *super().get_urls(),
        ]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        email = kwargs.get("obj")
        context["email_html"] = email is not None and _is_open(email) and bool(email.html)
        return super().render_change_form(request, context, *args, **kwargs)

    def as_html(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The message as its reader sees it, in a sandbox."""
        email = self.get_object(request, str(pk))
        if email is None:
            raise Http404
        if not self.has_view_permission(request, email):
            raise PermissionDenied
        if not _is_open(email) or not email.html:
            raise Http404
        response = HttpResponse(email.html)
        response["Content-Security-Policy"] = MESSAGE_POLICY
        return response


def _is_open(email: Any) -> bool:
    return email.readable and not email.is_kept_back


@admin.register(Subscription)
class SubscriptionAdmin(ReadOnlyAdmin):
    list_display = ("title", "address", "frequency", "created_at", "confirmed_at", "paused_at")
    list_filter = ("kind", "frequency")
    search_fields = ("email", "user__email", "title")
    list_select_related = ("user",)
    fields = readonly_fields = (
        "title",
        "user",
        "email",
        "kind",
        "frequency",
        "created_at",
        "confirmed_at",
        "paused_at",
    )
