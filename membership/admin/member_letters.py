"""Letters to the members on a saved list: written, read as one of them, tried, sent, watched and stopped."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from aapm_site.accounts.second_person import SecondPersonFilter
from aapm_site.core.admin.action_views import LoggedActionView
from aapm_site.core.admin.actions import ActionOutcome, ActionsAdmin, AdminAction, MoveAction
from aapm_site.core.admin.base import ReadOnlyAdmin

from ..domain import member_letters
from ..domain.letter_portions import letter_to
from ..forms.member_letter import LetterPreviewForm, MemberLetterForm, TestLetterForm
from ..letter_states import LetterStatus
from ..letter_words import LETTER_FIELDS
from ..models import LetterRecipient, MemberLetter
from ..presenters.member_letters import figures_words, send_words, state_words
from ..queries.letter_figures import NOW, figures_of, letters_to_agree_to
from ..queries.member_lists import list_words

SEND, AGREE = "membership.send_memberletter", "membership.agree_memberletter"


def _send(letter: MemberLetter, form: Any, by: Any) -> ActionOutcome:
    sent = member_letters.send_letter(letter, by=by)
    if sent.status == LetterStatus.WAITING:
        return ActionOutcome(("It waits for a second person, who finds it on the front page.",))
    return ActionOutcome(("It is being sent. The figures below say how far it is.",))


def _agree(letter: MemberLetter, form: Any, by: Any) -> ActionOutcome:
    member_letters.agree_to_letter(letter, by=by)
    return ActionOutcome(("It is being sent. The figures below say how far it is.",))


def _go_on(letter: MemberLetter, form: Any, by: Any) -> ActionOutcome:
    member_letters.go_on_with_letter(letter, by=by)
    return ActionOutcome(("It goes on within five minutes.",))


def _test(letter: MemberLetter, form: TestLetterForm, by: Any) -> ActionOutcome:
    member = form.cleaned_data["member"]
    member_letters.send_test(letter, member, by=by)
    return ActionOutcome((f"Sent to {by.email}, as {member} would read it. Members got nothing.",))


def _stands(*statuses: LetterStatus) -> Any:
    return lambda letter: letter.status in statuses


def _words_to_agree(letter: MemberLetter) -> tuple[str, ...]:
    return (f"“{letter.subject}”", *send_words(member_letters.audience_size(letter), letter.per_hour, is_agreed=True))


ACTIONS = (
    AdminAction(
        verb="send",
        label="Send",
        permission=SEND,
        words=lambda letter: send_words(member_letters.audience_size(letter), letter.per_hour),
        is_offered=_stands(LetterStatus.DRAFT),
        refusal=lambda letter: "" if letter.is_draft else "A colleague has sent it already.",
        view=LoggedActionView,
        do=_send,
    ),
    AdminAction(
        verb="agree",
        label="Agree, and send it",
        permission=AGREE,
        words=_words_to_agree,
        is_offered=_stands(LetterStatus.WAITING),
        refusal=lambda letter: "" if letter.status == LetterStatus.WAITING else "A colleague has decided already.",
        view=LoggedActionView,
        do=_agree,
    ),
    MoveAction(verb="return", to=LetterStatus.DRAFT, do=member_letters.return_letter, permission=AGREE),
    MoveAction(verb="pause", to=LetterStatus.PAUSED, do=member_letters.pause_letter, permission=SEND),
    AdminAction(
        verb="go-on",
        label="Go on",
        permission=SEND,
        words=("The next portion is written within five minutes.",),
        is_offered=_stands(LetterStatus.PAUSED),
        refusal=lambda letter: "" if letter.status == LetterStatus.PAUSED else "It is not paused any more.",
        view=LoggedActionView,
        do=_go_on,
    ),
    MoveAction(verb="stop", to=LetterStatus.STOPPED, do=member_letters.stop_letter, permission=SEND),
    AdminAction(
        verb="send-test",
        label="Send me a test",
        permission=SEND,
        words=("It comes to your own address, filled in for the member whom you name. Members get nothing.",),
        is_offered=_stands(LetterStatus.DRAFT, LetterStatus.WAITING),
        form=TestLetterForm,
        do=_test,
    ),
)


class LettersToAgreeFilter(SecondPersonFilter):
    waiting = staticmethod(letters_to_agree_to)


@admin.register(MemberLetter)
class MemberLetterAdmin(ActionsAdmin):
    """A draft is written here; what is sent is only looked at."""

    form = MemberLetterForm
    object_actions = ACTIONS
    change_form_template = "admin/membership/member_letter.html"
    list_display = ("subject", "status", "audience", "written_by", "created_at", "ended_at")
    list_filter = (LettersToAgreeFilter, "status")
    list_select_related = ("audience", "written_by")
    search_fields = ("subject", "text")
    date_hierarchy = "created_at"
    written = ("audience", "subject", "text", "per_hour")
    fieldsets = (
        (None, {"fields": ("staff_status", "audience", "audience_today", "per_hour")}),
        ("The letter", {"fields": ("subject", "text", "fields_in_braces")}),
        ("What became of it", {"fields": ("who", "went_to", "figures")}),
    )

    def get_urls(self) -> list[Any]:
        preview = path(
            "<int:object_id>/preview/", self.admin_site.admin_view(self.preview), name="membership_memberletter_preview"
        )
        return [preview, *super().get_urls()]

    def get_fieldsets(self, request: HttpRequest, obj: MemberLetter | None = None) -> Any:
        """Of a new one nothing has become yet."""
        if obj is None:
            return ((None, {"fields": ("audience", "per_hour")}), self.fieldsets[1])
        return self.fieldsets[:2] if obj.is_draft else self.fieldsets

    def get_readonly_fields(self, request: HttpRequest, obj: MemberLetter | None = None) -> tuple[str, ...]:
        fixed = () if obj is None or obj.is_draft else self.written
        own = ("audience_today", "fields_in_braces", "who", "went_to", "figures")
        return (*super().get_readonly_fields(request, obj), *own, *fixed)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        made: Any = super().get_form(request, obj, change=change, **kwargs)
        made.reader = request.user
        return made

    def has_delete_permission(self, request: HttpRequest, obj: MemberLetter | None = None) -> bool:
        """A draft may go. What was sent tells what members got."""
        return super().has_delete_permission(request, obj) and (obj is None or obj.is_draft)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """A draft is saved; one that a colleague has sent meanwhile stays as it went."""
        if not change:
            obj.written_by = request.user
        with transaction.atomic():
            locked = MemberLetter.objects.select_for_update(of=("self",)).filter(pk=obj.pk).first()
            if locked is not None and not locked.is_draft:
                messages.error(request, "A colleague has sent it meanwhile: what you typed was not saved.")
                return
            super().save_model(request, obj, form, change)

    def preview(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """The letter as one member would get it today. Nothing is sent."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = MemberLetter.objects.select_related("audience")
        subject = found.filter(pk=object_id).first() if object_id < 2**63 else None
        if subject is None:
            raise Http404
        form = LetterPreviewForm(request.GET, letter=subject)
        member = form.cleaned_data["member"] if form.is_valid() else None
        context = {
            **self.admin_site.each_context(request),
            "title": f"As a member reads it: {subject}",
            "opts": self.opts,
            "subject": subject,
            "form": form,
            "member": member,
            "letter": letter_to(subject, member) if member else None,
        }
        return TemplateResponse(
            request, "admin/membership/letter_preview.html", context, status=422 if form.errors else 200
        )

    @admin.display(description="members on it today")
    def audience_today(self, letter: MemberLetter) -> str:
        if letter.audience is None:
            return "The list is gone. Choose another one."
        return f"{member_letters.audience_size(letter):,} ({list_words(letter.audience)})"

    @admin.display(description="what is filled in")
    def fields_in_braces(self, letter: MemberLetter) -> SafeString:
        rows = ((f"{{{field}}}", words) for field, words in LETTER_FIELDS.items())
        return format_html_join(SafeString("<br>"), "<code>{}</code> {}", rows)

    @admin.display(description="by")
    def who(self, letter: MemberLetter) -> str:
        people = (("Written", letter.written_by), ("sent", letter.asked_by), ("agreed to", letter.agreed_by))
        return ", ".join(f"{did} by {person.display_name}" for did, person in people if person) or "Nobody any more"

    @admin.display(description="figures")
    def figures(self, letter: MemberLetter) -> SafeString:
        found = figures_of(letter)
        url = f"{reverse('admin:membership_letterrecipient_changelist')}?letter__id__exact={letter.pk}"
        context = {"lines": figures_words(found), "total": found.total, "url": url}
        return SafeString(render_to_string("admin/membership/letter_figures.html", context))


@admin.register(LetterRecipient)
class LetterRecipientAdmin(ReadOnlyAdmin):
    """Each member and each letter, with what became of it; the timed work alone writes here."""

    list_display = ("letter", "member", "said", "at", "message")
    list_filter = ("state", "why")
    linked_by = ("letter__id__exact",)
    search_fields = ("=membership__number", "membership__user__last_name", "=membership__user__email")
    list_select_related = ("letter", "membership__user", "email")
    fields = readonly_fields = list_display
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[LetterRecipient]:
        return super().get_queryset(request).annotate(now=NOW)

    @admin.display(description="member", ordering="membership__number")
    def member(self, row: LetterRecipient) -> str:
        return str(row.membership) if row.membership else "Somebody who was forgotten"

    @admin.display(description="what became of it", ordering="state")
    def said(self, row: Any) -> str:
        return state_words(row.now, row.why)

    @admin.display(description="message", ordering=F("email__sent_at"))
    def message(self, row: LetterRecipient) -> SafeString | str:
        if row.email is None:
            return ""
        url = reverse("admin:mail_outgoingemail_change", args=[row.email_id])
        return format_html('<a href="{}">{}</a>', url, row.email.subject)
