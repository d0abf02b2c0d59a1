"""An article: the abstract for everybody, the text for those whom the decision on access lets in."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from aapm_site.core.cache.page_cache import expires_at, public_page
from aapm_site.core.files import csv_export, private
from aapm_site.core.forms import without_control
from aapm_site.core.richtext import plain
from aapm_site.core.seo import PageMeta, breadcrumb_ld
from membership.access import AccessDecision, AccessRule, decide
from membership.presenters.access import AccessWords, access_words, line_words
from membership.presenters.gate import gate

from .. import rendering
from ..counting import UsageKind
from ..domain import usage
from ..models import Article, DeliveredFile, Figure
from ..models.delivered import FileRole
from ..presenters import articles as presenter
from ..queries import collections, reading
from ..queries.notices import notices_of
from ..queries.retracted import doubted_references
from ..queries.usage import reads_of
from ..seo.citation import FORMATS, cited_work, styles
from ..seo.jsonld import scholarly_article
from ..seo.scholar import citation_tags
from ..tables import table_rows
from .issues import HOME, JOURNAL

FULL_TEXT = ".full-text"  # the element that holds the members' part, or the gate in its place
CLOSED, OPEN = "The full text is for members", "Abstracts and plain-language summaries are open to everybody."


def _visible(request: HttpRequest, article: Article | None) -> Article:
    """The article if it is out; before that it exists for the journal's editors only."""
    if article is None:
        raise Http404
    if not reading.is_out(article, timezone.localdate()) and not request.user.has_perm("membership.change_article"):
        raise Http404
    return article


@public_page()
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of an article.

    Only a reader without a session gets what the page cache may keep. A reader who is signed in gets a response that
    says so itself, whatever it holds.
    """
    article = _visible(request, reading.article_page(slug))
    decision = decide(request.user, article)
    context = {**_context(article, decision), "readings": _readings(request, article)}
    response = render(request, "membership/journal/article.html", context)
    expires_at(request, reading.changes_at(article, timezone.localdate()))
    if request.user.is_authenticated or (decision.allowed and decision.rule != AccessRule.FOR_EVERYBODY):
        response["Cache-Control"] = "private, no-store"
    usage.opened(request, article, UsageKind.REQUEST if decision.allowed else UsageKind.DENIED, timezone.localdate())
    return response


def _context(article: Article, decision: AccessDecision) -> dict[str, Any]:
    today, words = timezone.localdate(), access_words(decision)
    issue = reading.issue_of(article, today)
    text = rendering.text_of(article.pk) if decision.allowed else None  # read only here, after the decision
    notices = notices_of(article.pk, article.doi or "", today)
    work = cited_work(article, issue, is_retracted=any(one.takes_back for one in notices))
    around = (str(issue), issue.get_absolute_url()) if issue else ("Advance articles", reverse("journal:advance"))
    crumbs = [HOME, JOURNAL, around, (article.title, None)]
    meta = PageMeta(
        work.title,
        article.plain_summary or plain(article.abstract),
        article.get_absolute_url(),
        kind="article",
        jsonld=(scholarly_article(article, work.title, issue, FULL_TEXT), breadcrumb_ld(crumbs)),
    )
    return {
        "article": article,
        "issue": issue,
        "notices": notices,
        "is_taken_back": any(one.takes_back for one in notices),
        "authors": presenter.author_line(article),
        "dates": presenter.dates_of(article),
        "license": presenter.License(article.copyright, article.license, article.license_url),
        "interests": presenter.interests_of(article, text.all_headings if text else ()),
        "access": words,
        "free": line_words(decision) if decision.rule == AccessRule.FOR_EVERYBODY else "",
        "text": text,
        "doubted": doubted_references(article.pk) if decision.allowed else (),
        **({} if decision.allowed else _for_everybody(article, words)),
        "citations": list(styles(work)),
        "citation_files": [(one.name, _cite_address(article, ending)) for ending, one in FORMATS.items()],
        "citation_tags": citation_tags(article, work),
        "subjects": collections.subjects_of(article.keyword_list),
        "collections": collections.collections_with(article.pk),
        "neighbors": reading.neighbors(issue.pk, article.pk, today) if issue else None,
        "crumbs": crumbs,
        "meta": meta,
    }


def _readings(request: HttpRequest, article: Article) -> str:
    """How often the article was read, for those who see the reports; nobody else learns it."""
    person = request.user
    if not (person.is_authenticated and person.acts_as_staff and person.has_perm("membership.see_journal_usage")):
        return ""
    return presenter.readings(reads_of(article.pk, timezone.localdate()))


def _for_everybody(article: Article, words: AccessWords) -> dict[str, str]:
    """In the place of the text: what its first figure shows, in words, and the gate, which says what is open, how much
    lies behind it, and from when on that is free.
    """
    holds = reading.holdings_of(article.pk)
    note = " ".join(filter(None, (OPEN, presenter.holdings(holds), presenter.free_later(article))))
    return {"first_caption": holds.first_caption, "closed": gate(words, heading=CLOSED, note=note)}


def _cite_address(article: Article, ending: str) -> str:
    return reverse("journal:article-cite", args=[article.slug, ending])


@require_safe
def cite(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """The citation as a file for a program that keeps references; for everybody, as the abstract is."""
    written = FORMATS.get(ending)
    if written is None:
        raise Http404
    article = _visible(request, reading.article_page(slug))
    today = timezone.localdate()
    is_retracted = any(one.takes_back for one in notices_of(article.pk, article.doi or "", today))
    work = cited_work(article, reading.issue_of(article, today), is_retracted=is_retracted)
    response = HttpResponse(written.write(work), content_type=f"{written.content_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{article.slug}.{ending}"'
    usage.opened(request, article, UsageKind.LOOK, today, f"cite.{ending}")
    return response


@require_safe
def figure(request: HttpRequest, slug: str, key: str) -> HttpResponseBase:
    """A figure's file, for those who may read the text; for anybody else there is none."""
    found = get_object_or_404(Figure.objects.select_related("article__issue"), article__slug=slug, key=key)
    article = _visible(request, found.article)
    if not decide(request.user, article).allowed:
        raise Http404
    ending = found.file.name.rsplit(".", 1)[-1]
    return private.serve(found.file, filename=f"{slug}-{key}.{ending}", content_type=found.content_type, inline=True)


@require_safe
def table(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """A table of the full text for a spreadsheet, for those who may read the text; for anybody else there is none."""
    article = _visible(request, get_object_or_404(Article.objects.select_related("issue"), slug=slug))
    rows = table_rows(article.pk, number) if decide(request.user, article).allowed else None
    if rows is None:
        raise Http404
    response = csv_export.download(f"{slug}-table-{number}.csv", [str(cell) for cell in rows[0]], rows[1:])
    response["Cache-Control"] = "private, no-store"
    usage.opened(request, article, UsageKind.LOOK, timezone.localdate(), f"table {number}")
    return response


@require_safe
def delivered_file(request: HttpRequest, slug: str, key: str) -> HttpResponseBase:
    """A picture, a supplement or the PDF, for those who may read the text; for anybody else there is none."""
    found = get_object_or_404(DeliveredFile.objects.select_related("article__issue"), article__slug=slug, key=key)
    article = _visible(request, found.article)
    if not decide(request.user, article).allowed:
        raise Http404
    is_shown = found.role != FileRole.SUPPLEMENT
    response = private.serve(
        found.file, filename=found.filename, content_type=found.content_type, inline=is_shown, request=request
    )
    if found.role != FileRole.PICTURE:  # a picture comes with the page
        use = UsageKind.REQUEST if found.role == FileRole.PDF else UsageKind.LOOK
        usage.opened_file(request, response, article, use, f"file {found.key}")
    return response


@require_safe
def by_doi(request: HttpRequest, doi: str) -> HttpResponse:
    """The article of a DOI. DOIs do not differ by case."""
    if doi != without_control(doi):
        raise Http404
    article = get_object_or_404(Article.objects.select_related("issue"), doi__iexact=doi.rstrip("/"))
    _visible(request, article)
    return redirect(reverse("journal:article-detail", args=[article.slug]), permanent=True)
