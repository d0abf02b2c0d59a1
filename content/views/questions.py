"""Ask us anything: a form for everybody, uncached, answered by a redirect so that a reload asks nothing twice."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from aapm_site.core.pagecache import public_page
from aapm_site.core.publicforms import public_form, within_limit
from aapm_site.core.seo import PageMeta, breadcrumb_ld
from content.domain import questions
from content.forms.question import QuestionForm

AN_HOUR = 3600
MOST_AN_HOUR = 5
CRUMBS = [("Home", "/"), ("Ask us anything", None)]
META = PageMeta(
    "Ask us anything",
    description="A question about pain, about a form, about us: write it down, and a person answers soon.",
    path="/ask/",
    jsonld=(breadcrumb_ld(CRUMBS),),
)


@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Show the form, or store a question. A refusal keeps every word that was typed."""
    if request.method != "POST":
        return _form(request, QuestionForm(initial=_known(request)))
    form = QuestionForm(request.POST)
    if not request.from_here:
        return _form(request, form, status=403, refused="origin")
    if not form.is_valid():
        return _form(request, form, status=422)
    if not within_limit(request, "ask", times=MOST_AN_HOUR, seconds=AN_HOUR):
        return _form(request, form, status=429, refused="limit")
    given = {name: form.cleaned_data[name] for name in ("name", "email", "question", "topic")}
    questions.ask(**given, user=request.user, spam_reason=form.spam_reason)
    return redirect("content:ask-thanks")


def _form(request: HttpRequest, form: QuestionForm, *, status: int = 200, refused: str = "") -> HttpResponse:
    context: dict[str, Any] = {"form": form, "refused": refused, "meta": META, "crumbs": CRUMBS}
    return render(request, "content/ask.html", context, status=status)


def _known(request: HttpRequest) -> dict[str, str]:
    """Somebody who is signed in need not type their name and address."""
    if not request.user.is_authenticated:
        return {}
    return {"name": request.user.full_name, "email": request.user.email}


@public_page()
@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """After a question; nothing personal stands in the address or on the page."""
    crumbs = [("Home", "/"), ("Ask us anything", "/ask/"), ("Thank you", None)]
    meta = PageMeta("Thank you. We have your question.", path="/ask/thanks/", noindex=True)
    return render(request, "content/ask_thanks.html", {"meta": meta, "crumbs": crumbs})
