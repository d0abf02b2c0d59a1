"""Questions in the admin: read, answered, passed on, made public and closed; the person's own words are not edited."""

from typing import Any

from django.contrib import admin
from django.db.models import Case, Exists, OuterRef, QuerySet, When
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from aapm_site.core.admin.actions import ActionsAdmin
from aapm_site.core.admin.every_list import DELETE
from aapm_site.core.admin.rich_text import RichTextAdmin
from aapm_site.core.admin.waiting_filter import WaitingFilter
from aapm_site.core.admin.worded_filter import worded
from aapm_site.core.templatetags.ui import status
from content.admin.preview_links import names
from content.admin.question_actions import DECIDE, QUESTION_ACTIONS, answer_form, thread_context
from content.admin.question_drafts import KIND, KeepsDrafts, is_answerable
from content.domain import answers, presence, questions
from content.forms.question import QuestionAnswerForm
from content.forms.question_record import QuestionRecordForm, draft_mark
from content.models import Question, QuestionMessage, Topic, Urgency
from content.states import QuestionStatus

# Urgent ones that wait stand first, then whatever is newest.
URGENT_FIRST = (Case(When(is_urgent=True, status=QuestionStatus.NEW, then=0), default=1), "-asked_at", "-pk")
DRAFTS = ("answer_draft", worded("answer", empty="No draft kept", filled="Draft kept"))


class PromiseFilter(WaitingFilter):
    """The rows of the queue on the front page."""

    choice = ("overdue", "Waits for longer than we promise")
    waiting = staticmethod(lambda user: Question.objects.overdue(timezone.now()))


@admin.register(Question)
class QuestionAdmin(KeepsDrafts, RichTextAdmin, ActionsAdmin):
    when_empty = "What people ask us stands here, and whoever answers gets a letter."
    form = QuestionRecordForm
    keeps_words = False  # half an answer is kept on the site, and what people ask is no browser's
    change_form_template = "content/admin/question_change_form.html"
    list_display = ("asked_at", "name", "urgency", "topic", "beginning", "status", "drafted")
    list_display_links = ("asked_at", "name")
    list_filter = ("status", PromiseFilter, DRAFTS, "is_urgent", "topic", "asked_at")
    search_fields = ("name", "email", "question")
    date_hierarchy = "asked_at"
    list_per_page = 50
    fieldsets = (
        ("Who answers", {"fields": ("topic",)}),
        (
            "Record",
            {
                "fields": ("staff_status", "asked_at", "announced_at", "answered_at", "closed_at", "spam_reason"),
                "classes": ("collapse",),
            },
        ),
    )
    readonly_fields = ("asked_at", "announced_at", "answered_at", "closed_at", "spam_reason")
    object_actions = QUESTION_ACTIONS

    @admin.display(description="question")
    def beginning(self, asked: Question) -> str:
        return Truncator(asked.question).words(14)

    @admin.display(description="answer")
    def drafted(self, asked: Any) -> SafeString | str:
        """Half an answer that waits to be sent, and a wait that is longer than was promised."""
        marks = (("overdue", "Overdue", asked.is_overdue), ("draft", "Draft kept", asked.answer_draft))
        return format_html_join(" ", "{}", ((status(value, said),) for value, said, holds in marks if holds))

    @admin.display(description="urgent", ordering="is_urgent")
    def urgency(self, asked: Question) -> SafeString | str:
        return format_html('<strong class="urgent-mark">{}</strong>', asked.urgent_about) if asked.is_urgent else ""

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """A question is closed, or erased by itself with what came after it: never many of them by one press."""
        return {name: action for name, action in super().get_actions(request).items() if name != DELETE}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Question]:
        overdue = Question.objects.overdue(timezone.now()).filter(pk=OuterRef("pk"))
        found = super().get_queryset(request).select_related("topic", "published_as")
        return found.annotate(is_overdue=Exists(overdue))

    def get_ordering(self, request: HttpRequest) -> tuple[Any, ...]:
        """Among those that wait for an answer, urgent ones and then the oldest come first."""
        waits = request.GET.get("status__exact") == QuestionStatus.NEW or "waits" in request.GET
        return ("-is_urgent", "asked_at", "pk") if waits else URGENT_FIRST

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Question, form: Any, change: bool) -> None:
        """Another topic passes the question on; half an answer is kept. Nothing else of it can be changed here."""
        if "topic" in form.changed_data:
            questions.reassign_question(obj, obj.topic, by=request.user)
        if form.writes_draft:
            questions.keep_answer_draft(obj, form.cleaned_data["answer"])

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """The thread stands above the form, and the field for the answer with it."""
        asked = context.get("original")
        if asked is not None:
            context |= self._thread(request, asked)
            if context["answer_form"]:
                context["media"] += context["answer_form"].media
        return super().render_change_form(request, context, *args, **kwargs)

    def _thread(self, request: HttpRequest, asked: Question) -> dict[str, Any]:
        thread = list(asked.messages.select_related("by"))
        may_answer = request.user.has_perm(DECIDE)
        open_to_answer = may_answer and is_answerable(asked)
        return {
            **thread_context(asked, thread),
            "answer_form": self._answer_form(request, asked, thread) if open_to_answer else None,
            "drafted": request.POST.get("drafted", draft_mark(asked.answer_draft)),
            "others": self._others(request, asked) if open_to_answer else [],
            "draft_url": reverse("admin:content_question_draft", args=[asked.pk]),
            "answer_url": reverse("admin:content_question_answer", args=[asked.pk]),
            "public_url": reverse("admin:content_question_public_answer", args=[asked.pk]),
            "public_refusal": answers.answer_refusal(asked),
            "may_publish": may_answer and request.user.has_perm("content.add_page"),
        }

    def _others(self, request: HttpRequest, asked: Question) -> list[str]:
        return names(presence.mark_present(asked.pk, request.user.pk, kind=KIND))

    def _answer_form(self, request: HttpRequest, asked: Question, thread: list[QuestionMessage]) -> QuestionAnswerForm:
        """A part of the page's one form, with the draft; with what was typed when the page comes back."""
        said = any(message.is_by_staff for message in thread)
        typed = {
            "answer": request.POST.get("answer", asked.answer_draft), "corrects": request.POST.get("corrects", ""),
        }  # fmt: skip
        given = {**typed, "read": thread[-1].pk if thread else 0}
        return answer_form(request, can_correct=said, belongs_to="question_form", initial=given)


@admin.register(Topic)
class TopicAdmin(admin.ModelAdmin):
    when_empty = "A topic says what a question may be about, and who answers it."
    list_display = ("name", "email", "help_text", "order")
    list_editable = ("order",)
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}


@admin.register(Urgency)
class UrgencyAdmin(RichTextAdmin, admin.ModelAdmin):
    when_empty = "Write the words that sound like an emergency, and the help that is shown at once."
    list_display = ("name", "number_of_phrases", "order", "is_on")
    list_editable = ("order", "is_on")
    search_fields = ("name", "phrases")

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> type:
        """The table has no room for the hint of a place, so no field may refer to it."""
        return super().get_changelist_form(request, help_texts={"order": ""}, **kwargs)

    @admin.display(description="phrases")
    def number_of_phrases(self, kind: Urgency) -> int:
        return len(kind.phrases.splitlines())
