"""Questions in the admin: read, answered, passed on, made public and closed; the person's own words are not edited."""

from typing import Any

import js_asset
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Case, QuerySet, When
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from aapm_site.core.admin.actions import Decision, DecisionsAdmin
from aapm_site.core.admin.rich_text import RichTextAdmin, tools_for
from aapm_site.core.transitions import NotAllowed
from content.domain import answers, questions
from content.domain.question_letters import answer_context
from content.forms.question import QuestionAnswerForm
from content.models import Question, Topic, Urgency
from content.states import MessageKind, QuestionStatus

# Urgent ones that wait stand first, then whatever is newest.
URGENT_FIRST = (Case(When(is_urgent=True, status=QuestionStatus.NEW, then=0), default=1), "-asked_at", "-pk")
ANSWERABLE = (QuestionStatus.NEW, QuestionStatus.ANSWERED)


@admin.register(Question)
class QuestionAdmin(RichTextAdmin, DecisionsAdmin):
    change_form_template = "content/admin/question_change_form.html"
    list_display = ("asked_at", "name", "urgency", "topic", "beginning", "status")
    list_display_links = ("asked_at", "name")
    list_filter = ("status", "is_urgent", "topic", "asked_at")
    search_fields = ("name", "email", "question")
    date_hierarchy = "asked_at"
    ordering = URGENT_FIRST
    list_per_page = 50
    fieldsets = (
        ("Who answers", {"fields": ("topic",)}),
        (
            "Record",
            {
                "fields": ("status", "asked_at", "announced_at", "answered_at", "closed_at", "spam_reason"),
                "classes": ("collapse",),
            },
        ),
    )
    readonly_fields = ("asked_at", "announced_at", "answered_at", "closed_at", "spam_reason")
    decisions = (
        Decision("answer", QuestionStatus.ANSWERED, questions.mark_answered, "content.decide_question"),
        Decision("close", QuestionStatus.CLOSED, questions.close_question, "content.decide_question"),
        Decision("reopen", QuestionStatus.NEW, questions.reopen_question, "content.decide_question"),
        Decision("mark-spam", QuestionStatus.SPAM, questions.mark_spam, "content.decide_question"),
    )

    @admin.display(description="question")
    def beginning(self, asked: Question) -> str:
        return Truncator(asked.question).words(14)

    @admin.display(description="urgent", ordering="is_urgent")
    def urgency(self, asked: Question) -> SafeString | str:
        return format_html('<strong class="urgent-mark">{}</strong>', asked.urgent_about) if asked.is_urgent else ""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Question]:
        return super().get_queryset(request).select_related("topic", "published_as")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Question, form: Any, change: bool) -> None:
        """Another topic passes the question on; nothing else of it can be changed here."""
        if "topic" in form.changed_data:
            questions.reassign_question(obj, obj.topic, by=request.user)

    def get_urls(self) -> list[URLPattern]:
        own = [
            ("<int:object_id>/answer/", self.answer, "content_question_answer"),
            ("<int:object_id>/public-answer/", self.public_answer, "content_question_public_answer"),
        ]
        return [
            *(path(route, self.admin_site.admin_view(view), name=name) for route, view, name in own),
            *super().get_urls(),
        ]

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
        may_answer = request.user.has_perm("content.decide_question")
        open_to_answer = may_answer and asked.status in ANSWERABLE and not asked.erased_at
        said = any(message.is_by_staff for message in thread)
        read = thread[-1].pk if thread else 0
        return {
            "thread": thread,
            "answer_form": self._form(request, said, initial={"read": read}) if open_to_answer else None,
            "answer_url": reverse("admin:content_question_answer", args=[asked.pk]),
            "public_url": reverse("admin:content_question_public_answer", args=[asked.pk]),
            "public_refusal": answers.answer_refusal(asked),
            "may_publish": may_answer and request.user.has_perm("content.add_page"),
        }

    def _form(self, request: HttpRequest, can_correct: bool, **given: Any) -> QuestionAnswerForm:
        return QuestionAnswerForm(can_correct=can_correct, tools=tools_for(request.user, with_positions=False), **given)

    def _asked(self, request: HttpRequest, object_id: int) -> Question:
        asked = self.get_object(request, str(object_id))
        if asked is None:
            raise Http404
        if not request.user.has_perm("content.decide_question"):
            raise PermissionDenied
        return asked

    def _page(self, request: HttpRequest, template: str, asked: Question, **context: Any) -> TemplateResponse:
        status = context.pop("status", 200)
        back = reverse("admin:content_question_change", args=[asked.pk])
        known = {**self.admin_site.each_context(request), "opts": self.opts, "asked": asked, "back": back}
        return TemplateResponse(request, template, {**known, **context}, status=status)

    def answer(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Nothing is sent before the letter has been seen: `step` is look, edit or send. The words are always kept."""
        asked = self._asked(request, object_id)
        if request.method != "POST":
            return HttpResponseRedirect(reverse("admin:content_question_change", args=[asked.pk]))
        can_correct = asked.messages.exclude(kind=MessageKind.FOLLOW_UP).exists()
        form = self._form(request, can_correct, data=request.POST)
        step = request.POST.get("step", "look")
        if not form.is_valid():
            return self._edit(request, asked, form, status=422)
        if step == "edit":
            return self._edit(request, asked, form)
        given = {name: form.cleaned_data.get(name) for name in ("answer", "corrects", "read")}
        if step != "send":
            letter = answer_context(asked, given["answer"], corrects=bool(given["corrects"]))
            return self._page(
                request, "content/admin/question_letter.html", asked,
                title="Read it as the person will", form=form, letter=letter, given=given,
            )  # fmt: skip
        try:
            questions.answer_question(
                asked, given["answer"], by=request.user, read=given["read"], corrects=bool(given["corrects"])
            )
        except NotAllowed as refused:
            return self._edit(request, asked, form, status=409, problem=str(refused))
        messages.success(request, f"Sent to {asked.email}. It stands on the person’s page as well.")
        return HttpResponseRedirect(reverse("admin:content_question_change", args=[asked.pk]))

    def _edit(
        self, request: HttpRequest, asked: Question, form: QuestionAnswerForm, **context: Any
    ) -> TemplateResponse:
        """The words again, beside the thread as it is now: what is sent next has been read against that."""
        thread = list(asked.messages.select_related("by"))
        form.data = form.data.copy()
        form.data["read"] = str(thread[-1].pk if thread else 0)
        media = js_asset.Media.from_media(self.media + form.media).with_nonce(str(request.csp_nonce))
        return self._page(
            request, "content/admin/question_answer.html", asked,
            title="Your answer", form=form, thread=thread, media=media, **context,
        )  # fmt: skip

    def public_answer(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """GET shows what the draft would be and what was left out of it; POST makes it and opens it for editing."""
        asked = self._asked(request, object_id)
        if not request.user.has_perm("content.add_page"):
            raise PermissionDenied
        problem = answers.answer_refusal(asked)
        if request.method == "POST" and not problem:
            try:
                page = answers.make_answer_public(asked, by=request.user)
            except NotAllowed as refused:
                problem = str(refused)
            else:
                messages.success(request, "A draft. Edit it until it would help anybody, then publish it.")
                return HttpResponseRedirect(reverse("admin:content_page_change", args=[page.pk]))
        return self._page(
            request, "content/admin/question_public.html", asked,
            title="Make a public answer", problem=problem, draft=None if problem else answers.draft_answer(asked),
            status=409 if problem and request.method == "POST" else 200,
        )  # fmt: skip


@admin.register(Topic)
class TopicAdmin(admin.ModelAdmin):
    list_display = ("name", "email", "help_text", "order")
    list_editable = ("order",)
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}


@admin.register(Urgency)
class UrgencyAdmin(RichTextAdmin, admin.ModelAdmin):
    list_display = ("name", "number_of_phrases", "order", "is_on")
    list_editable = ("order", "is_on")
    search_fields = ("name", "phrases")

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> type:
        """The table has no room for the hint of a place, so no field may refer to it."""
        return super().get_changelist_form(request, help_texts={"order": ""}, **kwargs)

    @admin.display(description="phrases")
    def number_of_phrases(self, kind: Urgency) -> int:
        return len(kind.phrases.splitlines())
