"""The journal club kit: a sheet of one article to print, and a day on the page of a group."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from aapm_site.accounts.requests import SignedInRequest
from aapm_site.core.seo import PageMeta
from aapm_site.core.transitions import NotAllowed
from membership.access import decide
from membership.domain import clubs as domain
from membership.forms.clubs import ClubForm
from membership.models import ClubMeeting
from membership.presenters.access import access_words
from membership.presenters.gate import gate
from membership.queries import clubs

from ..counting import UsageKind
from ..domain import usage
from ..models import Article, ArticleBrief, DeliveredText
from ..presenters.club_sheet import abstract_parts, in_short, prompts_for
from ..queries import reading
from ..seo.citation import ama, cited_work
from .issues import HOME, JOURNAL

CLOSED = "The journal club kit is for members"
WHAT = (
    "For one article a sheet to print: its question, patients, result and main figure, and five prompts to talk about."
)


def _out(slug: str) -> Article:
    article = reading.article_page(slug)
    if article is None or not reading.is_out(article, timezone.localdate()):
        raise Http404
    return article


@require_safe
def sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """The sheet for who may read the article; the gate for everybody else."""
    return _page(request, _out(slug))


def _page(request: HttpRequest, article: Article, form: ClubForm | None = None) -> HttpResponse:
    decision = decide(request.user, article)
    context = {
        "article": article,
        "crumbs": [HOME, JOURNAL, ("The article", article.get_absolute_url()), ("Journal club", None)],
        "meta": PageMeta(
            f"Journal club: {article.title}", path=reverse("journal:club-sheet", args=[article.slug]), noindex=True
        ),
    }
    if decision.allowed:
        context |= _kit(request, article, form)
    else:
        context["closed"] = gate(access_words(decision), heading=CLOSED, note=WHAT)
    response = render(request, "membership/journal/club.html", context, status=422 if form else 200)
    response["Cache-Control"] = "private, no-store"
    if decision.allowed and not form:
        usage.opened(request, article, UsageKind.LOOK, timezone.localdate(), "journal club")
    return response


def _kit(request: HttpRequest, article: Article, form: ClubForm | None) -> dict[str, Any]:
    """What only readers get; the texts are read here, after the decision."""
    today = timezone.localdate()
    parts, brief = abstract_parts(article.abstract), ArticleBrief.objects.filter(pk=article.pk).first()
    headings = DeliveredText.objects.filter(pk=article.pk).values_list("headings", flat=True).first() or []
    led = clubs.led_by(request.user)
    return {
        "parts": parts,
        "in_short": "" if parts.question or parts.result else in_short(article.abstract),
        "brief": brief,
        "prompts": prompts_for(parts, brief, headings, reading.holdings_of(article.pk).tables),
        "citation": ama(cited_work(article, reading.issue_of(article, today))),
        "meetings": list(clubs.clubs_with(article.pk, request.user, today)),
        "form": form or (ClubForm(led=led) if led else None),
    }


@login_required
@require_POST
def plan(request: SignedInRequest, slug: str) -> HttpResponse:
    """Put the article on the page of a group that one leads."""
    article = _out(slug)
    led = clubs.led_by(request.user)
    if not led or not decide(request.user, article).allowed:
        raise Http404
    form = ClubForm(request.POST, led=led)
    if form.is_valid():
        data = form.cleaned_data
        try:
            domain.plan_club(data["group"], article, by=request.user, meets_on=data["meets_on"], place=data["place"])
        except NotAllowed as refused:
            form.add_error("meets_on", str(refused))
        else:
            messages.success(request, f"It stands on the page of the group {data['group']}.")
            return redirect(data["group"])
    return _page(request, article, form)


@login_required
@require_POST
def call_off(request: SignedInRequest, number: int) -> HttpResponse:
    """Take a meeting off the group's page; for who does not lead that group there is none."""
    meeting = get_object_or_404(
        ClubMeeting.objects.select_related("group"), pk=number, group__in=clubs.led_by(request.user)
    )
    try:
        domain.call_off(meeting, by=request.user)
    except NotAllowed as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, "The journal club is called off.")
    return redirect(meeting.group)
