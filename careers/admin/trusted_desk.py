"""Approving what waits of trusted employers together: a page that shows each position, and the press."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from aapm_site.core.admin.actions import ActionsAdmin
from aapm_site.core.forms import SiteForm

from ..domain import trust
from ..domain.trust import BulkApproval, SeenJob
from ..models import Job
from ..presenters.job_summary import apply_on_paper, job_facts, stated_words
from ..presenters.job_terms import terms_facts
from ..presenters.review_hints import hints_in
from ..queries.review import trusted_and_waiting
from .desk import APPROVE

MOST_NAMED = 10
NO_MORE_DIGITS = 10  # than fit into a key


class SeenJobsField(forms.Field):
    """Boxes whose values are "key mark"; what is neither is as if it were not ticked."""

    widget = forms.SelectMultiple

    def to_python(self, value: Any) -> list[SeenJob]:
        parts = [str(one).partition(" ") for one in value or []]
        return [SeenJob(int(key), mark) for key, _, mark in parts if _is_key(key)]


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < NO_MORE_DIGITS


class TogetherForm(SiteForm):
    """Which of the shown positions are approved, each with the mark that it had when it was shown."""

    jobs = SeenJobsField(
        label="Positions",
        error_messages={"required": "Tick at least one position, or read them one by one at the desk."},
    )


class TrustedDeskAdmin(ActionsAdmin):
    """What this adds to the admin of positions."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.approve_together)
        return [path("desk/trusted/", view, name="careers_desk_trusted"), *super().get_urls()]

    def approve_together(self, request: HttpRequest) -> HttpResponse:
        """GET shows what waits of trusted employers, as its readers will meet it; POST approves what is ticked."""
        if not request.user.has_perm(APPROVE) or not self.has_view_permission(request):
            raise PermissionDenied
        form = TogetherForm(request.POST) if request.method == "POST" else None
        if form is not None and form.is_valid():
            _tell(request, trust.approve_as_seen(form.cleaned_data["jobs"], by=request.user))
            return HttpResponseRedirect(reverse("admin:careers_desk_trusted"))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Approve positions of trusted employers",
            "rows": [_row(job, mark, is_fresh=form is None) for job, mark in trusted_and_waiting(trust.MOST_AT_ONCE)],
            "form": form,
        }
        status = 200 if form is None else 422
        return TemplateResponse(request, "careers/admin/desk_trusted.html", context, status=status)


def _row(job: Job, mark: str, *, is_fresh: bool) -> dict[str, Any]:
    """A position with all that the desk shows of it; one that gives its employer away can be ticked nowhere."""
    hints = hints_in(job)
    return {
        "job": job,
        "mark": mark,
        "hints": hints,
        "is_tickable": not trust.gives_its_employer_away(job),
        "is_ticked": is_fresh and not hints,
        "facts": job_facts(job),
        "terms": terms_facts(job),
        "stated": stated_words(job),
        "apply_on_paper": apply_on_paper(job),
        "questions": list(job.questions.all()),
    }


def _tell(request: HttpRequest, done: BulkApproval) -> None:
    if done.approved:
        number = len(done.approved)
        those = "1 position is" if number == 1 else f"{number} positions are"
        messages.success(request, f"{those} approved. The employers’ teams get an e-mail for each.")
    for said in done.left_out[:MOST_NAMED]:
        messages.warning(request, f"Left out: {said}")
    if len(done.left_out) > MOST_NAMED:
        messages.warning(request, f"Left out as well: {len(done.left_out) - MOST_NAMED} more.")
