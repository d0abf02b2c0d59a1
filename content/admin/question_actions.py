"""The actions on questions: what is decided, the answer to the person, and a public answer made of it."""

from typing import Any

import js_asset
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from aapm_site.accounts.models import User
from aapm_site.accounts.people import Actor
from aapm_site.core.admin.action_forms import ActionForm
from aapm_site.core.admin.action_views import ActionView, change_url
from aapm_site.core.admin.actions import ActionOutcome, AdminAction, MoveAction
from aapm_site.core.admin.rich_text import nonce_of, tools_for
from aapm_site.core.forms import change_data
from content.domain import answers, questions
from content.domain.question_letters import answer_context
from content.forms.question import QuestionAnswerForm
from content.forms.question_record import QuestionRecordForm
from content.models import Question, QuestionMessage
from content.presenters import questions as presenter
from content.states import MessageKind, QuestionStatus

DECIDE = "content.decide_question"


# The answer to the person ---------------------------------------------------------------------------------------------
def answer_form(request: HttpRequest, *, can_correct: bool, belongs_to: str = "", **given: Any) -> QuestionAnswerForm:
    """The field for the answer, with the tools of this person's editor; `belongs_to` is the form around which it
    stands.
    """
    tools = tools_for(request.user, with_positions=False)
    form = QuestionAnswerForm(can_correct=can_correct, tools=tools, **given)
    if belongs_to:
        for field in form.fields.values():
            field.widget.attrs["form"] = belongs_to
    return form


def thread_context(asked: Question, thread: list[QuestionMessage]) -> dict[str, Any]:
    """The thread in words, as templates/content/admin/question_thread.html reads it."""
    return {"thread": presenter.thread_for_staff(asked, thread), "consent_words": presenter.consent_words(asked)}


class AnswerView(ActionView):
    """Nothing is sent before the letter has been seen: `step` is look, edit or send. The words are always kept."""

    refused_status = 409
    is_letter = False

    @property
    def step(self) -> str:
        return self.request.POST.get("step", "look")

    @property
    def template(self) -> str:  # type: ignore[override]  # one of two
        return "content/admin/question_letter.html" if self.is_letter else "content/admin/question_answer.html"

    @property
    def title(self) -> str:
        return "Read it as the person will" if self.is_letter else "Your answer"

    def respond(self) -> HttpResponse:
        if "topic" in self.request.POST:
            self.pass_on()
        return super().respond()

    def pass_on(self) -> None:
        """Another topic was chosen on the page from which the answer comes: that is not lost either. The answer is on
        its way, and is no draft.
        """
        form = QuestionRecordForm({"topic": self.request.POST["topic"]}, instance=self.subject)
        may_change = self.owner.has_change_permission(self.request, self.subject)
        if may_change and form.is_valid() and "topic" in form.changed_data:
            questions.reassign_question(self.subject, form.cleaned_data["topic"], by=self.request.user)
            messages.success(self.request, f"The question is now about {self.subject.topic or 'no topic'}.")

    def ask(self) -> HttpResponse:
        """The field stands on the question's own page."""
        return HttpResponseRedirect(self.back)

    def make_form(self, data: Any = None) -> QuestionAnswerForm:
        can_correct = self.subject.messages.exclude(kind=MessageKind.FOLLOW_UP).exists()
        return answer_form(self.request, can_correct=can_correct, data=data)

    def press(self, form: QuestionAnswerForm) -> HttpResponse:
        return self.show(form) if self.step == "edit" else super().press(form)

    def attempt(self, form: QuestionAnswerForm) -> tuple[ActionOutcome, bool]:
        if self.step != "send":
            return ActionOutcome(), False
        return self.action.perform(self.subject, form, self.request.user), True

    def show(
        self, form: QuestionAnswerForm, *, outcome: ActionOutcome | None = None, status: int = 0
    ) -> TemplateResponse:
        self.is_letter = outcome is not None
        return super().show(form, outcome=outcome, status=status)

    def context(self, form: QuestionAnswerForm) -> dict[str, Any]:
        return self._letter(form) if self.is_letter else self._words_again(form)

    def _letter(self, form: QuestionAnswerForm) -> dict[str, Any]:
        given = form.cleaned_data
        letter = answer_context(self.subject, given["answer"], corrects=bool(given.get("corrects")))
        return {"letter": letter, "given": given}

    def _words_again(self, form: QuestionAnswerForm) -> dict[str, Any]:
        """Beside the thread as it is now: what is sent next has been read against that."""
        thread = list(self.subject.messages.select_related("by"))
        change_data(form, {"read": str(thread[-1].pk if thread else 0)})
        media = js_asset.Media.from_media(self.owner.media + form.media).with_nonce(nonce_of(self.request))
        return {**thread_context(self.subject, thread), "media": media}


def _answer(asked: Question, form: QuestionAnswerForm, by: User) -> ActionOutcome:
    given = form.cleaned_data
    questions.answer_question(asked, given["answer"], by=by, read=given["read"], corrects=bool(given.get("corrects")))
    return ActionOutcome((f"Sent to {asked.email}. It stands on the person’s page as well.",))


# From a question to a page --------------------------------------------------------------------------------------------
class PublicAnswerView(ActionView):
    """The page shows what the draft would be and what was left out of it, or why there can be none."""

    template = "content/admin/question_public.html"
    refused_status = 409
    problem = ""

    def refused(self, refusal: str) -> HttpResponse:
        self.problem = refusal
        return self.show(self.make_form(), status=409 if self.request.method == "POST" else 200)

    def context(self, form: ActionForm) -> dict[str, Any]:
        return {"problem": self.problem, "draft": None if self.problem else answers.draft_answer(self.subject)}


def _make_public(asked: Question, form: ActionForm, by: Actor) -> ActionOutcome:
    page = answers.make_answer_public(asked, by=by)
    return ActionOutcome(("A draft. Edit it until it would help anybody, then publish it.",), url=change_url(page))


QUESTION_ACTIONS = (
    MoveAction(verb="answer", to=QuestionStatus.ANSWERED, do=questions.mark_answered, permission=DECIDE),
    MoveAction(verb="close", to=QuestionStatus.CLOSED, do=questions.close_question, permission=DECIDE),
    MoveAction(verb="reopen", to=QuestionStatus.NEW, do=questions.reopen_question, permission=DECIDE),
    MoveAction(verb="mark-spam", to=QuestionStatus.SPAM, do=questions.mark_spam, permission=DECIDE),
    AdminAction(
        verb="answer",
        permission=DECIDE,
        is_offered=lambda asked: False,  # its field stands below the thread
        form=QuestionAnswerForm,
        view=AnswerView,
        do=_answer,
    ),
    AdminAction(
        verb="public-answer",
        label="Make a public answer",
        button="Make the draft",
        permission=(DECIDE, "content.add_page"),
        refusal=answers.answer_refusal,
        is_offered=lambda asked: False,  # its button stands below the thread, with a word on it
        words=(
            "You get a draft that only staff see. Shorten the question, make the answer fit everybody, then publish it "
            "with its buttons.",
        ),
        view=PublicAnswerView,
        do=_make_public,
    ),
)
