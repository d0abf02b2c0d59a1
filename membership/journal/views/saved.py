"""A reader's own list of articles, and what they note."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from aapm_site.accounts.models import User
from aapm_site.accounts.requests import SignedInRequest
from aapm_site.accounts.views.crumbs import crumbs
from aapm_site.core.seo import PageMeta
from aapm_site.core.transitions import NotAllowed
from membership.access import decide
from membership.presenters.access import line_words

from ..domain import saved_articles
from ..forms.saved import ArticleNoteForm
from ..models import Article, SavedArticle
from ..queries import reading

TITLE = "Saved articles"
A_PAGE = 25


def _visible(slug: str) -> Article:
    article = reading.article_page(slug)
    if article is None or not reading.is_out(article, timezone.localdate()):
        raise Http404
    return article


@login_required
def save(request: SignedInRequest, slug: str) -> HttpResponse:
    """Save by POST and go back to the article. Visitors sign in first and are asked then: an address writes nothing."""
    article = _visible(slug)
    saved = SavedArticle.objects.for_user(request.user).filter(article=article).first()
    form = ArticleNoteForm(request.POST or None, initial={"note": saved.note if saved else ""})
    if request.method == "POST" and (form.is_valid() or not request.POST):
        _saved(request, article, form.cleaned_data["note"] if form.is_bound else "")
        return redirect(article)
    context = {
        "article": article,
        "form": form,
        "is_saved": saved is not None,
        "crumbs": crumbs("Save an article", (TITLE, reverse("journal:saved-list"))),
        "meta": PageMeta(f"Save “{article}”?", noindex=True),
    }
    return render(request, "membership/journal/save.html", context, status=422 if form.errors else 200)


def _saved(request: SignedInRequest, article: Article, note: str) -> None:
    try:
        number = saved_articles.save_article_for(request.user, article, note)
    except NotAllowed as refused:
        messages.error(request, str(refused))
        return
    messages.success(request, f"Saved. Your list holds {number} article{'' if number == 1 else 's'}.")


@require_safe
@login_required
def listing(request: SignedInRequest) -> HttpResponse:
    """The list, the newest first, each with why it can be read and its note."""
    page = Paginator(_rows(request.user), A_PAGE).get_page(request.GET.get("page"))
    return _listed(request, page, {})


def _rows(user: User) -> Any:
    rows = SavedArticle.objects.for_user(user).select_related("article__issue", "article__type")
    return rows.defer("article__search", "article__body", "article__references", "article__abstract")


def _listed(request: SignedInRequest, page: Any, typed: dict[int, ArticleNoteForm]) -> HttpResponse:
    today = timezone.localdate()
    rows = [
        {
            "saved": saved,
            "access": line_words(decide(request.user, saved.article, today)),
            "is_out": reading.is_out(saved.article, today),
            "form": typed.get(saved.article_id)
            or ArticleNoteForm(initial={"note": saved.note}, auto_id=f"id_%s_{saved.article_id}"),
        }
        for saved in page
    ]
    context = {
        "rows": rows,
        "page": page,
        "crumbs": crumbs(TITLE),
        "meta": PageMeta(TITLE, noindex=True),
    }
    return render(request, "membership/journal/saved.html", context, status=422 if typed else 200)


@require_POST
@login_required
def note(request: SignedInRequest, number: int) -> HttpResponse:
    """Keep a note; one that is too long comes back as it was typed."""
    if not SavedArticle.objects.for_user(request.user).filter(article=number).exists():
        raise Http404
    form = ArticleNoteForm(request.POST, auto_id=f"id_%s_{number}")
    if not form.is_valid():
        page = Paginator(_rows(request.user).filter(article=number), A_PAGE).get_page(1)
        return _listed(request, page, {number: form})
    saved_articles.note_article(request.user, number, form.cleaned_data["note"])
    messages.success(request, "Your note is saved.")
    return redirect("journal:saved-list")


@require_POST
@login_required
def remove(request: SignedInRequest, number: int) -> HttpResponse:
    if not saved_articles.remove_article(request.user, number):
        raise Http404
    messages.success(request, "The article is off your list.")
    return redirect("journal:saved-list")
