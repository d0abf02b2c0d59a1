"""The public check of a card or a letter: whoever has the code sees whether it is valid today, and whose it is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from aapm_site.core.http.limits import within_limit
from aapm_site.core.seo import PageMeta
from aapm_site.core.views.errors import too_many

from .. import check_codes
from ..domain import papers
from ..forms.papers import CheckForm

TITLE = "Check a membership"
TRIES, WINDOW = 30, 600  # from one network, in so many seconds


@require_safe
@cache_control(private=True, no_store=True)
def typed(request: HttpRequest) -> HttpResponse:
    """Where a code is typed; a code leads to its own address."""
    form = CheckForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("membership:check", form.cleaned_data["code"])
    return _page(request, {"form": form}, status=422 if form.errors else 200)


@require_safe
@cache_control(private=True, no_store=True)
def check(request: HttpRequest, code: str) -> HttpResponse:
    """The answer for one code. Every code that is not good today gets the same one, whatever the reason."""
    if not within_limit(request, "membership-check", times=TRIES, seconds=WINDOW):
        return too_many(request)
    found = papers.check(code)
    shown = check_codes.written(check_codes.read(code))
    context = {"checked": found, "code": shown, "is_answer": True, "form": CheckForm(initial={"code": shown})}
    return _page(request, context, status=200 if found else 404)


def _page(request: HttpRequest, context: dict[str, object], *, status: int) -> HttpResponse:
    response = render(
        request, "membership/papers/check.html", {**context, "meta": PageMeta(TITLE, noindex=True)}, status=status
    )
    response["X-Robots-Tag"] = "noindex"
    return response
