"""What was mailed, for staff: read-only, with an action that sends again what did not arrive."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import dateformat, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from aapm_site.core.admin.action_forms import ActionForm
from aapm_site.core.admin.action_views import LoggedActionView
from aapm_site.core.admin.actions import ActionOutcome, ActionsAdmin, AdminAction
from aapm_site.core.admin.base import ReadOnlyAdmin
from aapm_site.core.admin.waiting_filter import WaitingFilter
from aapm_site.core.templatetags.ui import status

from . import bounce_admin, mailing_admin  # noqa: F401 - they register themselves
from .bounce_admin import shown_address, with_marks
from .domain import delivery
from .domain.queue import NotAnAddress, one_address
from .domain.readdressing import readdress_email, readdress_refusal
from .models import OutgoingEmail, Subscription
from .registry import kind_words, kinds_seen_by
from .states import EmailState, WhyNotSent
from .undelivered import undelivered_letters

# A message is shown in a document of its own that may do nothing: no scripts, no forms, nothing fetched.
MESSAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"
SECRET_TEXT = "This message carries a code or a link that signs in, so nobody but its reader sees the text."  # noqa: S105


class KindFilter(admin.SimpleListFilter):
    """The kinds that this person may see, in words."""

    title = "kind"
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(kind.name, kind.label) for kind in kinds_seen_by(request.user)]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.of_kind(self.value()) if self.value() else queryset


SHOWN = ("subject", "reader", "user", "state_word", "error", "created_at", "sent_at", "body")
TECHNICAL = ("attempts", "next_attempt_at", "kind_of_letter", "template", "subscription", "reply_to", "message_id")


class UndeliveredFilter(WaitingFilter):
    """What waits for the staff: the letters that the front page counts."""

    parameter_name = "letters"
    choice = ("undelivered", "Letters that could not be delivered")
    waiting = staticmethod(undelivered_letters)


def _can_resend(email: OutgoingEmail) -> bool:
    """What the reader has paused, what is not so any more, and codes that are not kept, are not sent again."""
    return email.why_not_sent not in {WhyNotSent.PAUSED, WhyNotSent.OVERTAKEN} and bool(email.text)


def _resend_words(email: OutgoingEmail) -> Sequence[str]:
    twice = ""
    if email.sent_at:
        on = dateformat.format(timezone.localdate(email.sent_at), "F j, Y")
        twice = f"; the mail server took it on {on}, so it may arrive twice"
    words = (f"It goes to {email.to}, with the same text{twice}.",)
    if email.why_not_sent:
        return (*words, f"It was not sent because {email.get_why_not_sent_display()}.")
    return (*words, f"Last time: {email.error}") if email.error else words


def _resend(email: OutgoingEmail, form: ActionForm, by: Any) -> ActionOutcome:
    delivery.resend_email(email)
    return ActionOutcome((f"“{email.subject}” goes to {email.to} once more.",))


class LetterAddressForm(ActionForm):
    """The address as it should have been."""

    to = forms.EmailField(label="Corrected address", max_length=254)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.subject is not None:
            self.initial.setdefault("to", self.subject.to)

    def mark(self) -> str:
        """It changes when somebody else sends it again."""
        found = OutgoingEmail.objects.get(pk=self.subject.pk)
        return f"{found.state} {found.attempts} {found.to}"[:80]

    def clean_to(self) -> str:
        try:
            return one_address(self.cleaned_data["to"])
        except NotAnAddress as refused:
            raise ValidationError("That is not one plain e-mail address.") from refused


def _readdress_words(email: OutgoingEmail) -> Sequence[str]:
    words = [f"It could not be delivered to {email.to}: {email.error or 'the mail server gave no reason'}"]
    words.append("It goes out once more, with the same text. Give the address of the same reader only.")
    if email.user and email.user.email == email.to:
        words.append(f"This is also the address of {email.user}’s account: correct it there for what comes later.")
    return words


def _readdress(email: OutgoingEmail, form: LetterAddressForm, by: Any) -> ActionOutcome:
    done = readdress_email(email, form.cleaned_data["to"])
    return ActionOutcome((f"“{done.subject}” goes to {done.to} now.",))


class ReaddressView(LoggedActionView):
    """Asks by the message's own words."""

    @property
    def title(self) -> str:
        return f"Correct the address of “{self.subject.subject}”"


class ResendView(LoggedActionView):
    """Asks by the message's own words."""

    @property
    def title(self) -> str:
        return f"Send “{self.subject.subject}” again?"


@admin.register(OutgoingEmail)
class OutgoingEmailAdmin(ReadOnlyAdmin, ActionsAdmin):
    """Messages of the kinds that a person may see, newest first. The text of secret ones: in the demonstration only.

    Whoever may open the list at all sees nothing of another room's letters: no row, no count, no choice of a filter.
    """

    when_empty = "Every letter of the site stands here with what became of it."
    list_display = ("subject", "reader", "kind_of_letter", "state_word", "attempts", "created_at", "sent_at")
    list_filter = (UndeliveredFilter, "state", KindFilter, "secret", "created_at")
    search_fields = ("to", "subject", "message_id")
    date_hierarchy = "created_at"
    change_form_template = "admin/mail/outgoingemail/change_form.html"
    fieldsets = ((None, {"fields": SHOWN}), ("Technical", {"fields": TECHNICAL, "classes": ("collapse",)}))
    readonly_fields = (*SHOWN, *TECHNICAL)
    object_actions = (
        AdminAction(
            verb="readdress",
            label="Correct the address and send again",
            permission="mail.resend_outgoingemail",
            refusal=readdress_refusal,
            words=_readdress_words,
            form=LetterAddressForm,
            view=ReaddressView,
            do=_readdress,
        ),
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

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        """Of what did not arrive, the oldest comes first."""
        if request.GET.get(UndeliveredFilter.parameter_name):
            return ("created_at", "pk")
        return ("-created_at", "-pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[OutgoingEmail]:
        seen = OutgoingEmail.objects.seen_by(request.user)
        return with_marks(seen.select_related("user", "subscription__user"), "to")

    @admin.display(description="to", ordering="to")
    def reader(self, email: Any) -> SafeString | str:
        return shown_address(email.to, is_marked=email.is_undeliverable)

    @admin.display(description="kind", ordering="kind")
    def kind_of_letter(self, email: OutgoingEmail) -> str:
        return kind_words(email.kind)

    @admin.display(description="state", ordering="state")
    def state_word(self, email: OutgoingEmail) -> SafeString:
        return status(email.state, email.state_words, tone="pause" if email.state == EmailState.SUPPRESSED else "")

    @admin.display(description="text")
    def body(self, email: Any) -> SafeString | str:
        if not email.readable:
            return SECRET_TEXT
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
        context["email_html"] = email is not None and email.readable and bool(email.html)
        return super().render_change_form(request, context, *args, **kwargs)

    def as_html(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The message as its reader sees it, in a sandbox."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        email = self.get_object(request, str(pk))
        if email is None or not email.readable or not email.html:
            raise Http404
        response = HttpResponse(email.html)
        response["Content-Security-Policy"] = MESSAGE_POLICY
        return response


@admin.register(Subscription)
class SubscriptionAdmin(ReadOnlyAdmin):
    list_display = ("title", "address", "frequency", "created_at", "confirmed_at", "paused_at")
    list_filter = (KindFilter, "frequency")
    search_fields = ("email", "user__email", "title")
    list_select_related = ("user",)
    fields = readonly_fields = (
        "title",
        "user",
        "email",
        "kind_of_letter",
        "frequency",
        "created_at",
        "confirmed_at",
        "paused_at",
    )

    @admin.display(description="kind")
    def kind_of_letter(self, row: Subscription) -> str:
        return kind_words(row.kind)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Subscription]:
        return Subscription.objects.seen_by(request.user)
