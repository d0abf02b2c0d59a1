"""The page behind the link in a letter that asks whether a position is still open."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from aapm_site.core.http.public_forms import PublicRequest, public_form
from aapm_site.core.seo import PageMeta
from aapm_site.core.transitions import NotAllowed

from ..domain import still_open
from ..domain.still_open import Asked
from ..presenters.days import comes_back
from ..states import JobStatus
from .alerts import FROM_ELSEWHERE
from .jobs import CAREERS

TITLE = "Is it still open?"


@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def job_still_open(request: PublicRequest, signed: str) -> HttpResponse:
    """GET shows where the position stands and two buttons, because mail scanners follow links; POST answers."""
    asked = still_open.asked_by_token(signed)
    if asked is None:
        gone = PageMeta("This link leads nowhere any more", noindex=True)
        return render(request, "careers/employers/still_open_gone.html", {"meta": gone}, status=404)
    answer = request.POST.get("answer", "")
    if request.method == "POST" and request.from_here and answer in {"open", "filled"}:
        try:
            still_open.answer_question(asked, is_filled=answer == "filled")
        except NotAllowed as refused:
            return _page(request, asked, refused=str(refused), status=409)
        return redirect(request.path)
    not_taken = FROM_ELSEWHERE if request.method == "POST" and not request.from_here else ""
    return _page(request, asked, not_taken=not_taken, status=403 if not_taken else 200)


def _page(request: PublicRequest, asked: Asked, *, status: int, not_taken: str = "", refused: str = "") -> HttpResponse:
    job = asked.question.job
    context = {
        "job": job,
        "is_waiting": still_open.is_waiting(asked.question),
        "is_paused": job.status == JobStatus.PAUSED,
        "answer_until": timezone.localdate(asked.question.answer_until),
        "back": comes_back(job),
        "not_taken": not_taken,
        "refused": refused,
        "crumbs": [*CAREERS, (TITLE, None)],
        "meta": PageMeta(TITLE, noindex=True),
    }
    return render(request, "careers/employers/still_open.html", context, status=status)
