"""What the chairs of a group do: answer who asks to join, and write what the group says of itself.

For everybody else these pages are not there.
"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from aapm_site.accounts.requests import SignedInRequest
from aapm_site.core.seo import PageMeta
from aapm_site.core.transitions import NotAllowed

from ..domain import groups
from ..forms.groups import PurposeForm, RequestDeclineForm
from ..models import Group
from ..presenters.group_letters import state_of
from ..queries import groups as queries
from .groups import TITLE, attempt, group_or_404
from .join import HOME, MEMBERSHIP

A_PAGE = 50
MOST_LETTERS = 20


def led_group(request: SignedInRequest, slug: str) -> Group:
    """A group that this person leads now; 404 for everybody else."""
    group = group_or_404(slug)
    if not queries.place_in(request.user, group).is_chair:
        raise Http404
    return group


def crumbs_below(group: Group, *further: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    return [
        HOME,
        MEMBERSHIP,
        (TITLE, reverse("membership:group-list")),
        (group.name, group.get_absolute_url()),
        *further,
    ]


def chairs_page_of(group: Group) -> tuple[str, str]:
    return "For its chairs", reverse("membership:group-chair", args=[group.slug])


@require_safe
@login_required
def chair(request: SignedInRequest, slug: str) -> HttpResponse:
    """What waits for the chairs, and who is in the group: names, and nobody's address."""
    return chair_page(request, led_group(request, slug))


def chair_page(
    request: SignedInRequest, group: Group, declined: tuple[int, RequestDeclineForm] | None = None
) -> HttpResponse:
    """The page, with a refusal that lacks its reason."""
    asked = group.join_requests.select_related("membership__user")
    context: dict[str, Any] = {
        "group": group,
        "asked": [(one, declined[1] if declined and declined[0] == one.pk else None) for one in asked],
        "letters": [(letter, *state_of(letter)) for letter in group.letters.select_related("mailing")[:MOST_LETTERS]],
        "page": Paginator(queries.people_in(group), A_PAGE).get_page(request.GET.get("page")),
        "crumbs": crumbs_below(group, ("For its chairs", None)),
        "meta": PageMeta(f"{group.name}: for its chairs", noindex=True),
    }
    return render(request, "membership/groups/chair.html", context, status=422 if declined else 200)


@login_required
@require_POST
def answer(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Let somebody in with `accept`; everything else is a no, which says why."""
    group = led_group(request, slug)
    if "accept" in request.POST:
        response = attempt(
            request,
            group,
            lambda: groups.accept_request(number, group, by=request.user),
            "They are in, and know it by mail.",
        )
    else:
        form = RequestDeclineForm(request.POST, auto_id=f"id_%s_{number}")
        if not form.is_valid():
            return chair_page(request, group, (number, form))
        reason = form.cleaned_data["reason"]
        response = attempt(
            request,
            group,
            lambda: groups.decline_request(number, group, by=request.user, reason=reason),
            "They get your answer by mail.",
        )
    response["Location"] = reverse("membership:group-chair", args=[group.slug])
    return response


@login_required
def purpose(request: SignedInRequest, slug: str) -> HttpResponse:
    """What everybody reads of the group."""
    group = led_group(request, slug)
    form = PurposeForm(request.POST) if request.method == "POST" else PurposeForm.of(group)
    if form.is_bound and form.is_valid():
        try:
            groups.describe_group(group, by=request.user, **form.cleaned_data)
        except NotAllowed as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "That is what everybody reads of the group now.")
            return redirect(group)
    context = {
        "group": group,
        "form": form,
        "crumbs": crumbs_below(group, ("What the group is for", None)),
        "meta": PageMeta(f"{group.name}: what the group is for", noindex=True),
    }
    return render(request, "membership/groups/purpose.html", context, status=422 if form.errors else 200)
