"""Half an answer is kept while it is written: the browser sends it at every pause, and when its page is left.

The same message says that this person has the question open; the answer names colleagues who have it open too. Without
scripts the page names those who had it open when it was loaded, and a press keeps the draft.
"""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.urls import URLPattern, path

from content.admin.preview_links import names
from content.admin.question_actions import DECIDE
from content.domain import presence, questions
from content.forms.question_record import QuestionRecordForm, draft_mark
from content.models import Question
from content.states import QuestionStatus

ANSWERABLE = (QuestionStatus.NEW, QuestionStatus.ANSWERED)
KIND = "question"  # under which presence notes who has one open
DECIDED = "This question has been decided meanwhile, and your words have not been kept: copy them before you leave."


def is_answerable(asked: Question) -> bool:
    return asked.status in ANSWERABLE and asked.erased_at is None


class KeepsDrafts(admin.ModelAdmin):
    """Adds `draft/` to a question."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.keep_draft)
        return [path("<int:object_id>/draft/", view, name="content_question_draft"), *super().get_urls()]

    def keep_draft(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Keep what came as `answer`, unless a colleague's draft would be lost; who else has the question open."""
        if not request.user.has_perm(DECIDE):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        asked = self.get_object(request, str(object_id))
        if asked is None:
            raise Http404
        if "leave" in request.POST:
            presence.mark_left(asked.pk, request.user.pk, kind=KIND)
            others = []
        else:
            others = names(presence.mark_present(asked.pk, request.user.pk, kind=KIND))
        problem = self._kept(request, asked) if "answer" in request.POST else ""
        told = {"others": others, "drafted": draft_mark(asked.answer_draft), "problem": problem}
        return JsonResponse(told, status=409 if problem else 200)

    def _kept(self, request: HttpRequest, asked: Question) -> str:
        """Why the draft could not be kept; empty when it is. The object holds what is stored then."""
        if not is_answerable(asked):
            return DECIDED
        given = {"topic": asked.topic_id, **{name: request.POST.get(name, "") for name in ("answer", "drafted")}}
        with transaction.atomic():
            form = QuestionRecordForm(given, instance=asked)
            if not form.is_valid():
                return " ".join(str(problem) for problem in form.non_field_errors()) or DECIDED
            if form.writes_draft:
                asked.answer_draft = questions.keep_answer_draft(asked, form.cleaned_data["answer"]).answer_draft
        return ""
