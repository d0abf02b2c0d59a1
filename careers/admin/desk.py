"""The review desk: one position after another as readers see it, with the decision beside it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.core.admin.action_forms import ActionForm
from aapm_site.core.admin.action_views import ActionView
from aapm_site.core.admin.actions import ActionOutcome, ActionsAdmin, AdminAction
from aapm_site.core.forms import LongTextField, change_data
from aapm_site.core.transitions import staff_word

from ..choices import ReturnReason, ReviewNoteKind
from ..domain import job_changes, jobs, reviews
from ..job_words import said
from ..models import Job, JobChange, ReviewNote
from ..presenters.changes import asked_words
from ..presenters.job_summary import apply_on_paper, job_facts, stated_words
from ..presenters.job_terms import terms_facts
from ..presenters.review import changes_between, letter_of
from ..presenters.review_hints import warnings_for
from ..queries.job_page import job_page
from ..queries.review import glance_at, queue_keys, review_mark, words_about
from ..states import TEXT_EDITABLE, JobStatus

APPROVE, RETURN = "careers.approve_job", "careers.return_job"
LONG = forms.Textarea(attrs={"rows": 6})
SHORT = forms.Textarea(attrs={"rows": 3})


class DeskForm(ActionForm):
    """Whoever presses has read what the employer sent last; it holds still from then on."""

    changed_since = "The employer has changed this position since you opened it. Please read it again."

    def __init__(self, *args: Any, action: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, action=action, auto_id=f"{action.verb}-%s", **kwargs)

    def mark(self) -> str:
        """The last step of the position, and the last edit of the change that waits."""
        return review_mark(self.subject)

    def refuse_if_changed(self) -> None:
        reviews.hold_still(self.subject)
        super().refuse_if_changed()

    def renew(self) -> None:
        """The desk shows all of it once more, so who presses again has read what it says now."""
        change_data(self, {"seen": self.mark()})


class SendBackForm(DeskForm):
    """Reasons become sentences first, which are read and changed before they go."""

    codes = forms.MultipleChoiceField(
        label="Why", required=False, choices=ReturnReason.choices, widget=forms.CheckboxSelectMultiple
    )
    text = LongTextField(
        label="What its team reads",
        required=False,
        max_length=reviews.MOST,
        widget=LONG,
        help_text="Leave it empty, and the sentences of the reasons are written here for you to change.",
    )
    is_composed = False

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("text") or "text" in self.errors:
            return data
        if data.get("codes"):
            self.is_composed = True
            change_data(self, {"text": letter_of(data["codes"])})
        elif "codes" not in self.errors:
            self.add_error("text", "Tick a reason, or write what should change; its team reads it.")
        return data


class CommentForm(DeskForm):
    """A word among staff, or a question by mail."""

    kind = forms.ChoiceField(
        label="For whom",
        choices=[
            (ReviewNoteKind.NOTE, "My colleagues: it stays on this desk"),
            (ReviewNoteKind.QUESTION, "The employer's team: they get it by e-mail"),
        ],
        initial=ReviewNoteKind.NOTE,
        widget=forms.RadioSelect,
    )
    text = LongTextField(
        label="Words",
        max_length=reviews.MOST,
        widget=SHORT,
        error_messages={"required": "Please write what you want to say."},
    )


def _approve(job: Job, form: DeskForm, by: User) -> ActionOutcome:
    if job.status != JobStatus.IN_REVIEW:
        done = job_changes.approve_change(job, by=by)
        return ActionOutcome((f"The change of “{done}” is approved; readers see it now.",))
    done = jobs.approve_job(job, by=by)
    return ActionOutcome((f"“{done}” is approved.",))


def _send_back(job: Job, form: SendBackForm, by: User) -> ActionOutcome:
    text, codes = form.cleaned_data["text"], form.cleaned_data["codes"]
    if job.status != JobStatus.IN_REVIEW:
        done = job_changes.return_change(job, by=by, text=text, codes=codes)
        return ActionOutcome((f"The change of “{done}” went back; readers see it as before.",))
    done = jobs.return_job(job, by=by, reason=text, codes=codes)
    return ActionOutcome((f"“{done}” went back to its employer.",))


def _comment(job: Job, form: CommentForm, by: User) -> ActionOutcome:
    text = form.cleaned_data["text"]
    if form.cleaned_data["kind"] == ReviewNoteKind.QUESTION:
        reviews.ask_team(job, by=by, text=text)
        return ActionOutcome((f"The team of “{job}” is asked. The position waits on.",))
    reviews.note_among_staff(job, by=by, text=text)
    return ActionOutcome((f"Your word on “{job}” is kept for your colleagues. The position waits on.",))


def _refusal(job: Job) -> str:
    if job.status == JobStatus.IN_REVIEW or JobChange.objects.waiting().filter(job=job).exists():
        return ""
    if job.status in TEXT_EDITABLE:
        return f"Somebody was faster: of “{job}” no change waits any more."
    return f"Somebody was faster: “{job}” is now “{staff_word(job)}”."


def desk_url(key: int | None = None) -> str:
    """The desk, at one position or at whatever waits longest."""
    return reverse("admin:careers_desk_job", args=[key]) if key else reverse("admin:careers_desk")


def next_url(key: int, keys: list[int]) -> str:
    """What comes after a position that was seen to: the next in the queue, after the last one the first."""
    later = keys[keys.index(key) + 1 :] if key in keys else keys
    others = [one for one in (*later, *keys) if one != key]
    return desk_url(others[0] if others else None)


class DeskView(ActionView):
    """A press on the desk: it leads to the next position, also when a colleague was faster."""

    template = "careers/admin/desk.html"

    def respond(self) -> HttpResponse:
        self.keys = queue_keys()
        return super().respond()

    @property
    def title(self) -> str:
        return str(self.subject)

    @property
    def back(self) -> str:
        return next_url(self.subject.pk, self.keys)

    def ask(self) -> HttpResponse:
        return HttpResponseRedirect(desk_url(self.subject.pk))

    def refused(self, refusal: str) -> HttpResponse:
        """What was typed is shown once more; who typed nothing goes on to the next."""
        if self.request.method == "POST" and self.request.POST.get("text"):
            self.template = ActionView.template
            return super().refused(refusal)
        messages.warning(self.request, refusal)
        return HttpResponseRedirect(self.back)

    def press(self, form: Any) -> HttpResponse:
        if getattr(form, "is_composed", False):
            return self.show(form)
        return super().press(form)

    def done(self, outcome: ActionOutcome) -> HttpResponse:
        for told in outcome.said:
            messages.success(self.request, told)
        return HttpResponseRedirect(self.back)

    def context(self, form: Any) -> dict[str, Any]:
        return {} if self.is_over else desk_context(self.request, self.subject, self.keys, {self.action.verb: form})


DESK_ACTIONS = tuple(
    AdminAction(
        verb=f"desk-{verb}",
        route=f"desk/{verb}",
        label=label,
        permission=(APPROVE, permission),
        form=form,
        do=do,
        refusal=_refusal,
        is_offered=lambda job: False,  # it stands on the desk, not above the form
        view=DeskView,
    )
    for verb, label, permission, form, do in (
        ("approve", "Approve", APPROVE, DeskForm, _approve),
        ("return", "Send back", RETURN, SendBackForm, _send_back),
        ("comment", "Comment", APPROVE, CommentForm, _comment),
    )
)


def desk_context(request: HttpRequest, job: Job, keys: list[int], given: dict[str, Any]) -> dict[str, Any]:
    """A position with its employer, what has changed, what was said about it, and the forms of the decision."""
    shown: Any = job_page(job.pk)
    change = JobChange.objects.waiting().newest_of(job) if job.status in TEXT_EDITABLE else None
    notes, at = words_about(job), timezone.now()
    forms_of = {
        action.verb.removeprefix("desk-"): given.get(action.verb) or action.form(action=action, subject=job)
        for action in DESK_ACTIONS
        if action.may(request.user)
    }
    return {
        "job": shown,
        "facts": job_facts(shown),
        "terms": terms_facts(shown),
        "apply_on_paper": apply_on_paper(shown),
        "stated": stated_words(shown),
        "questions": list(shown.questions.all()),
        "glance": glance_at(shown.employer, at),
        "warnings": warnings_for(shown),
        "change": change,
        "asked": asked_words(shown, change) if change else [],
        "since": change.asked_at if change else shown.submitted_at,
        "changes": None if change else _changes(shown, notes),
        "notes": notes,
        "place": keys.index(job.pk) + 1 if job.pk in keys else 0,
        "total": len(keys),
        "next": next_url(job.pk, keys) if len(keys) > 1 else "",
        "forms": forms_of,
        "composed": any(getattr(form, "is_composed", False) for form in given.values()),
    }


def _changes(job: Job, notes: list[ReviewNote]) -> Any:
    """What says something else than when it last went back; None where nothing did, or nobody kept it."""
    last = next((note for note in notes if note.said), None)
    return changes_between(last.said, said(job)) if last else None


class DeskAdmin(ActionsAdmin):
    """What the review desk adds to the admin of positions."""

    def get_urls(self) -> list[URLPattern]:
        return [
            path("desk/", self.admin_site.admin_view(self.desk), name="careers_desk"),
            path("desk/<int:number>/", self.admin_site.admin_view(self.desk_of), name="careers_desk_job"),
            *super().get_urls(),
        ]

    def desk(self, request: HttpRequest) -> HttpResponse:
        """To what waits longest, or a word that nothing does."""
        self._refuse_strangers(request)
        keys = queue_keys()
        if keys:
            return HttpResponseRedirect(desk_url(keys[0]))
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": "Nothing waits to be read"}
        return TemplateResponse(request, "careers/admin/desk_empty.html", context)

    def desk_of(self, request: HttpRequest, number: int) -> HttpResponse:
        """One position. One that does not wait any more leads on, with a word."""
        self._refuse_strangers(request)
        keys = queue_keys()
        job = self.get_object(request, str(number))
        refusal = _refusal(job) if job is not None else "This position is not there any more."
        if refusal or job is None:
            messages.warning(request, refusal)
            return HttpResponseRedirect(next_url(number, keys))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": str(job),
            "subject": job,
            **desk_context(request, job, keys, {}),
        }
        return TemplateResponse(request, "careers/admin/desk.html", context)

    def _refuse_strangers(self, request: HttpRequest) -> None:
        if not request.user.has_perm(APPROVE) or not self.has_view_permission(request):
            raise PermissionDenied
