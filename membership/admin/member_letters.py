"""Letters to the members on a saved list: written, read as one of them, tried, sent, watched and stopped."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from aapm_site.accounts.second_person import SecondPersonFilter
from aapm_site.core.admin.actions import ActionOutcome, AdminAction
from aapm_site.mail.letter_states import LetterStatus
from aapm_site.mail.letters_admin import StaffLetterAdmin, letter_actions, stands
from aapm_site.mail.presenters.mailings import figures_table

from ..domain import member_letters
from ..domain.letter_portions import letter_to
from ..forms.member_letter import LetterPreviewForm, MemberLetterForm, TestLetterForm
from ..letter_words import LETTER_FIELDS
from ..models import MemberLetter
from ..presenters.member_letters import send_words
from ..queries.letters import letters_to_agree_to
from ..queries.member_lists import list_words

SEND, AGREE = "membership.send_memberletter", "membership.agree_memberletter"


def _test(letter: MemberLetter, form: TestLetterForm, by: Any) -> ActionOutcome:
    member = form.cleaned_data["member"]
    member_letters.send_test(letter, member, by=by)
    return ActionOutcome((f"Sent to {by.email}, as {member} would read it. Members got nothing.",))


def _says(letter: MemberLetter) -> tuple[object, ...]:
    """Its words, and the list with its conditions, which a colleague may widen."""
    return letter.subject, letter.text, letter.audience_id, list_words(letter.audience) if letter.audience else ""


def _words_to_agree(letter: MemberLetter) -> tuple[str, ...]:
    return (f"“{letter.subject}”", *send_words(member_letters.audience_size(letter), letter.per_hour, is_agreed=True))


ACTIONS = (
    *letter_actions(
        send=member_letters.send_letter,
        agree=member_letters.agree_to_letter,
        words=lambda letter: send_words(member_letters.audience_size(letter), letter.per_hour),
        words_to_agree=_words_to_agree,
        may_send=SEND,
        may_agree=AGREE,
        says=_says,
    ),
    AdminAction(
        verb="send-test",
        label="Send me a test",
        permission=SEND,
        words=("It comes to your own address, filled in for the member whom you name. Members get nothing.",),
        is_offered=stands(LetterStatus.DRAFT, LetterStatus.WAITING),
        form=TestLetterForm,
        do=_test,
    ),
)


class LettersToAgreeFilter(SecondPersonFilter):
    waiting = staticmethod(letters_to_agree_to)


@admin.register(MemberLetter)
class MemberLetterAdmin(StaffLetterAdmin):
    """Its list and its words are fixed with it."""

    form = MemberLetterForm
    object_actions = ACTIONS
    change_form_template = "admin/membership/member_letter.html"
    list_display = ("subject", "status", "audience", "written_by", "begun", "ended_at")
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

    @admin.display(description="begun", ordering="created_at")
    def begun(self, letter: MemberLetter) -> datetime:
        return letter.created_at

    @admin.display(description="members on it today")
    def audience_today(self, letter: MemberLetter) -> str:
        if letter.audience is None:
            return "The list is gone. Choose another one."
        return f"{member_letters.audience_size(letter):,} ({list_words(letter.audience)})"

    @admin.display(description="what is filled in")
    def fields_in_braces(self, letter: MemberLetter) -> SafeString:
        rows = ((f"{{{field}}}", words) for field, words in LETTER_FIELDS.items())
        return format_html_join(SafeString("<br>"), "<code>{}</code> {}", rows)

    @admin.display(description="figures")
    def figures(self, letter: MemberLetter) -> SafeString | str:
        return figures_table(letter.mailing, "On the list")
