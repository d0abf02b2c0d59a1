"""Questions in the admin: read, sorted and closed by buttons; the person's own words are not edited."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import Truncator

from aapm_site.core.decisions import Decision, DecisionsAdmin
from content.domain import questions
from content.models import Question, Topic
from content.states import QuestionStatus


@admin.register(Question)
class QuestionAdmin(DecisionsAdmin):
    list_display = ("asked_at", "name", "topic", "beginning", "status")
    list_display_links = ("asked_at", "name")
    list_filter = ("status", "topic", "asked_at")
    search_fields = ("name", "email", "question")
    date_hierarchy = "asked_at"
    list_per_page = 50
    fieldsets = (
        (None, {"fields": ("status", "name", "email", "question", "topic")}),
        ("Record", {"fields": ("asked_at", "announced_at", "answered_at", "closed_at", "spam_reason")}),
    )
    readonly_fields = (
        "name", "email", "question", "asked_at", "announced_at", "answered_at", "closed_at", "spam_reason",
    )  # fmt: skip
    decisions = (
        Decision("answer", QuestionStatus.ANSWERED, questions.answered, "content.decide_question"),
        Decision("close", QuestionStatus.CLOSED, questions.close, "content.decide_question"),
        Decision("reopen", QuestionStatus.NEW, questions.reopen, "content.decide_question"),
        Decision("mark-spam", QuestionStatus.SPAM, questions.mark_spam, "content.decide_question"),
    )

    @admin.display(description="question")
    def beginning(self, asked: Question) -> str:
        return Truncator(asked.question).words(14)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Question]:
        return super().get_queryset(request).select_related("topic")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(Topic)
class TopicAdmin(admin.ModelAdmin):
    list_display = ("name", "order")
    list_editable = ("order",)
    search_fields = ("name",)
