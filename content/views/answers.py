"""Published answers: the list by topic with a search, and suggestions while somebody types a question."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from aapm_site.core.cache.page_cache import expires_at, public_page
from aapm_site.core.pagination import ReadByPage
from aapm_site.core.search.urgent_help import help_for
from aapm_site.core.seo import Crumb, PageMeta, breadcrumb_ld
from content.forms.answers import AnswersForm
from content.models import Urgency
from content.presenters.answers import answer_list
from content.queries import answers as queries
from content.queries.topics import PublicTopic
from content.seo.jsonld_answers import faq_ld
from content.text.urgency import pattern_of, phrases_in

A_PAGE = 10
DESCRIPTION = "Questions about pain that readers have asked the Academy, with our answers, by topic."


@public_page(keys=("q", "topic", "page"))
@require_safe
def answers(request: HttpRequest) -> HttpResponse:
    """Everything answered in public, newest first; `q` and `topic` narrow it, and the address can be shared."""
    now = timezone.now()
    until = queries.next_change(now).at
    expires_at(request, until)
    topics = queries.topics(now)
    form = AnswersForm(request.GET)
    words, topic = "", None
    if form.is_valid():
        words, topic = form.cleaned_data["q"], form.chosen(topics)
    page = _found(now, topic, words, until).get_page(request.GET.get("page"))
    address = _address(topic.slug if topic else "", page.number)
    crumbs: list[Crumb] = [("Home", "/"), ("Answers", reverse("content:answers") if topic else None)]
    if topic:
        crumbs.append((topic.name, None))
    title = f"Answers: {topic.name}" if topic else "Answers to your questions"
    faq = faq_ld(page.object_list, address) if not words else None
    context: dict[str, Any] = {
        "form": form,
        "answer_list": answer_list(topic, words),
        "words": words,
        "urgent_help": help_for(request.GET.get("q", "")),
        "topic": topic,
        "topics": topics,
        "total": sum(one.number for one in topics),
        "page": page,
        "crumbs": crumbs,
        "meta": PageMeta(
            title if page.number == 1 else f"{title}, page {page.number}",
            description=DESCRIPTION,
            path=None if words else address,
            jsonld=tuple(block for block in (faq, breadcrumb_ld(crumbs)) if block),
            noindex=bool(words),
            feeds=(("Answers", reverse("content:feed-answers")),),
        ),
    }
    return render(request, "content/answers.html", context)


def _found(now: datetime, topic: PublicTopic | None, words: str, until: datetime | None) -> Paginator:
    """The list by pages. What somebody looks for with words of their own is not remembered."""
    key = topic.pk if topic else None
    if words:
        rows = queries.listed(now, topic=key, words=words)
        return ReadByPage(
            rows.count(), A_PAGE, lambda number: queries.shown(rows[(number - 1) * A_PAGE : number * A_PAGE])
        )
    number_of = queries.number_of(key, until, now)
    return ReadByPage(number_of, A_PAGE, lambda number: queries.newest(key, number, A_PAGE, until, now))


def _address(topic: str, number: int) -> str:
    keys = {**({"topic": topic} if topic else {}), **({"page": number} if number > 1 else {})}
    path = reverse("content:answers")
    return f"{path}?{urlencode(keys)}" if keys else path


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """A fragment: published answers that may fit the words in `q`. Not cached: the words are somebody's own."""
    found = queries.suggested(request.GET.get("q", ""), timezone.now())
    response = render(request, "content/ask_suggestions.html", {"suggestions": found})
    response["X-Robots-Tag"] = "noindex"
    return response


@public_page()
@require_safe
def urgent_words(request: HttpRequest) -> HttpResponse:
    """The urgent wording and its help, for the browser to look for while somebody types: what is typed stays there."""
    kinds = [
        {"id": kind.pk, "pattern": pattern, "help": kind.help}
        for kind in Urgency.objects.filter(is_on=True)
        if (pattern := pattern_of(phrases_in(kind.phrases)))
    ]
    response = JsonResponse({"kinds": kinds})
    response["X-Robots-Tag"] = "noindex"
    return response
