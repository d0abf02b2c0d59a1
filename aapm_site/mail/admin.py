"""What was mailed, for staff: read-only, with a button that sends again what did not arrive."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from aapm_site.core.admin.base import ReadOnlyAdmin
from aapm_site.core.templatetags.ui import status
from aapm_site.core.transitions import NotAllowed

from .domain import delivery
from .models import OutgoingEmail, Subscription
from .registry import confidential
from .states import EmailState

# A message is shown in a document of its own that may do nothing: no scripts, no forms, nothing fetched.
MESSAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"
SECRET_TEXT = "This message carries a code or a link that signs in, so nobody but its reader sees the text."  # noqa: S105


KEPT_BACK = "This message holds what your role does not read here, such as a link to pay an invoice."


@admin.register(OutgoingEmail)
class OutgoingEmailAdmin(ReadOnlyAdmin):
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
    def body(self, email: OutgoingEmail) -> SafeString | str:
        if not email.readable:
            return SECRET_TEXT
        if email.is_kept_back:
            return KEPT_BACK
        return format_html('<pre class="mail-text">{}</pre>', email.text) if email.text else "The text has been wiped."

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/html/", view(self.as_html), name="mail_outgoingemail_html"),
            path("<int:pk>/resend/", view(self.resend), name="mail_outgoingemail_resend"),
            *super().get_urls(),
        ]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        email = kwargs.get("obj")
        context["email_html"] = email is not None and _is_open(email) and bool(email.html)
        context["can_resend"] = (
            email is not None
            and request.user.has_perm("mail.resend_outgoingemail")
            and email.state in (EmailState.FAILED, EmailState.SENT, EmailState.QUEUED)
            and bool(email.text)
        )
        return super().render_change_form(request, context, *args, **kwargs)

    def _found(self, request: HttpRequest, pk: int) -> OutgoingEmail:
        email = self.get_object(request, str(pk))
        if email is None:
            raise Http404
        if not self.has_view_permission(request, email):
            raise PermissionDenied
        return email

    def as_html(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The message as its reader sees it, in a sandbox."""
        email = self._found(request, pk)
        if not _is_open(email) or not email.html:
            raise Http404
        response = HttpResponse(email.html)
        response["Content-Security-Policy"] = MESSAGE_POLICY
        return response

    def resend(self, request: HttpRequest, pk: int) -> HttpResponse:
        """GET asks, POST puts the message back in the queue."""
        email = self._found(request, pk)
        if not request.user.has_perm("mail.resend_outgoingemail"):
            raise PermissionDenied
        back = reverse("admin:mail_outgoingemail_change", args=[email.pk], current_app=self.admin_site.name)
        if request.method == "POST":
            try:
                delivery.resend_email(email)
            except NotAllowed as refused:
                messages.error(request, str(refused))
            else:
                messages.success(request, f"“{email.subject}” goes to {email.to} once more.")
            return HttpResponseRedirect(back)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Send “{email.subject}” again?",
            "opts": self.opts,
            "email": email,
            "back": back,
        }
        return TemplateResponse(request, "admin/mail/outgoingemail/resend.html", context)


def _is_open(email: OutgoingEmail) -> bool:
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
