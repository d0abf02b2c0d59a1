"""Ask us anything: a form for everybody, uncached, answered by a redirect to the page that follows the question.

That page opens to whoever has its random address, without an account: it is never cached, never indexed, and its
address goes to no other site (the site's Referrer-Policy is same-origin).
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from aapm_site.core.forms import without_control
from aapm_site.core.http.limits import within_limit
from aapm_site.core.http.public_forms import PublicRequest, public_form
from aapm_site.core.seo import Crumb, PageMeta, breadcrumb_ld
from aapm_site.core.transitions import NotAllowed
from content.domain import questions
from content.forms.question import LONGEST, FollowUpForm, QuestionForm
from content.models import Question, Topic, Urgency
from content.presenters import questions as presenter
from content.queries import answers
from content.queries.promise import promised_days
from content.text.promise import within

AN_HOUR = 3600
MOST_AN_HOUR = 5
MOST_KEPT_AN_HOUR = 30
TOO_MANY = f"More than {MOST_AN_HOUR} questions came from one connection within an hour."
ASK_CRUMB: Crumb = ("Ask us anything", "/ask/")
CRUMBS: list[Crumb] = [("Home", "/"), ("Ask us anything", None)]
META = PageMeta(
    "Ask us anything",
    description="A question about pain, about a form, about us: write it down, and a person answers soon.",
    path="/ask/",
    jsonld=(breadcrumb_ld(CRUMBS),),
)


@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: PublicRequest) -> HttpResponse:
    """Show the form, or store a question. A refusal keeps every word that was typed."""
    if request.method != "POST":
        return _form(request, QuestionForm(initial=_known(request)))
    form = QuestionForm(request.POST)
    if not request.from_here:
        return _form(request, form, status=403, not_taken=presenter.QUESTION_FROM_ELSEWHERE)
    if not form.is_valid():
        return _form(request, form, status=422, urgent=_shown(form))
    if form.unseen_help():
        form.note_help(form.urgent())
        return _form(request, form, urgent=form.urgent())
    spam_reason = form.spam_reason
    if not within_limit(request, "ask", times=MOST_AN_HOUR, seconds=AN_HOUR):
        if not within_limit(request, "ask-kept", times=MOST_KEPT_AN_HOUR - MOST_AN_HOUR, seconds=AN_HOUR):
            return _form(request, form, status=429, not_taken=presenter.TOO_MANY_QUESTIONS)
        spam_reason = spam_reason or TOO_MANY
    given = {name: form.cleaned_data[name] for name in ("name", "email", "question", "topic", "may_publish")}
    asked = questions.ask_question(**given, user=request.user, spam_reason=spam_reason)
    return redirect(asked.get_tracking_url())


def _shown(form: QuestionForm) -> list[Urgency]:
    """Help stands above a form that comes back with errors as well; it counts as seen then."""
    kinds = form.urgent()
    if kinds:
        form.note_help(kinds)
    return kinds


def _form(request: HttpRequest, form: QuestionForm, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {"form": form, "within": within(promised_days()), "meta": META, "crumbs": CRUMBS, **more}
    return render(request, "content/ask.html", context, status=status)


def _known(request: HttpRequest) -> dict[str, Any]:
    """Name and mail of somebody who is signed in; the topic and the words that the address names."""
    wanted = request.GET.get("topic", "")[:80].replace("\x00", "")
    known: dict[str, Any] = {"topic": Topic.objects.filter(slug=wanted).first()} if wanted else {}
    if words := without_control(request.GET.get("question", "")[:LONGEST]).strip():
        known["question"] = words
    if request.user.is_authenticated:
        known |= {"name": request.user.full_name, "email": request.user.email}
    return known


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """The page after a question until each had one of its own: old tabs and bookmarks lead to the form."""
    return redirect("content:ask", permanent=True)


@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def track(request: PublicRequest, token: str) -> HttpResponse:
    """The question with everything said about it; POST adds more words of the person."""
    asked = _question(token)
    if request.method != "POST":
        return _tracked(request, asked, FollowUpForm())
    form = FollowUpForm(request.POST)
    if not request.from_here:
        return _tracked(request, asked, form, status=403, not_taken=presenter.WORDS_FROM_ELSEWHERE)
    if not form.is_valid():
        return _tracked(request, asked, form, status=422)
    if form.unseen_help():
        form.note_help(form.urgent())
        return _tracked(request, asked, form, urgent=form.urgent())
    if not within_limit(request, "ask-follow-up", times=2 * MOST_AN_HOUR, seconds=AN_HOUR):
        return _tracked(request, asked, form, status=429, not_taken=presenter.TOO_MANY_WORDS)
    try:
        questions.follow_up_question(asked, form.cleaned_data["text"])
    except NotAllowed as refused:
        return _tracked(request, asked, form, status=409, not_taken=presenter.not_added(str(refused)))
    return redirect(f"{asked.get_tracking_url()}#newest")


@public_form
@require_http_methods(["POST"])
def consent(request: PublicRequest, token: str) -> HttpResponse:
    """The person agrees to a public answer (`given`), or takes that back."""
    asked = _question(token)
    if not request.from_here:
        return _tracked(request, asked, FollowUpForm(), status=403, not_taken=presenter.WORDS_FROM_ELSEWHERE)
    questions.set_consent(asked, given=request.POST.get("given") == "yes")
    return redirect(f"{asked.get_tracking_url()}#consent")


@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: PublicRequest, token: str) -> HttpResponse:
    """GET asks once more; POST deletes what is the person's."""
    asked = _question(token)
    if asked.erased_at:
        return redirect(asked.get_tracking_url())
    if request.method == "POST" and request.from_here:
        questions.forget_question(asked)
        return redirect(asked.get_tracking_url())
    crumbs = [("Home", "/"), ASK_CRUMB, ("Your question", asked.get_tracking_url()), ("Delete it", None)]
    context = {
        "asked": asked,
        "crumbs": crumbs,
        "meta": PageMeta("Delete your question", noindex=True),
        "is_public": _public_page(asked) is not None,
        "not_taken": presenter.ERASURE_FROM_ELSEWHERE if request.method == "POST" else None,
    }
    return _private(render(request, "content/ask_erase.html", context, status=403 if context["not_taken"] else 200))


def _question(token: str) -> Question:
    return get_object_or_404(Question.objects.select_related("topic", "published_as"), public_id=token)


def _public_page(asked: Question) -> Any:
    page = asked.published_as
    return page if page and page.is_published(timezone.now()) else None


def _tracked(
    request: HttpRequest, asked: Question, form: FollowUpForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    thread = list(asked.messages.all())
    waiting, standing = presenter.is_waiting(asked), presenter.standing(asked, thread, promised_days())
    page = _public_page(asked)
    context: dict[str, Any] = {
        "asked": asked,
        "standing": standing,
        "thread": presenter.thread_for_person(thread),
        "waiting": waiting,
        "form": form,
        "help": questions.urgent_in(asked.question) if waiting and asked.is_urgent and not thread else [],
        "page": page,
        "consent": presenter.consent_offer(asked, page),
        "suggestions": answers.suggested(asked.question, timezone.now()) if waiting else [],
        "crumbs": [("Home", "/"), ASK_CRUMB, ("Your question", None)],
        "meta": PageMeta(standing.heading, noindex=True),
        **more,
    }
    return _private(render(request, "content/ask_track.html", context, status=status))


def _private(response: HttpResponse) -> HttpResponse:
    """Not for search engines, nor for any cache (public_form has said no-store)."""
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response
