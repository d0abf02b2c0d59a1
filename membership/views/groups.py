"""Special interest groups: the list, each group's face, and what a member does about it by a press."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from aapm_site.accounts.requests import SignedInRequest
from aapm_site.core.audiences import entries_for
from aapm_site.core.cache.page_cache import public_page
from aapm_site.core.seo import PageMeta, breadcrumb_ld
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.models import Subscription

from ..domain import groups
from ..forms.groups import JoinForm, JoinRequestForm
from ..models import Group, JoinRule
from ..presenters import groups as presenter
from ..queries import groups as queries
from ..queries.clubs import clubs_of
from .join import HOME, MEMBERSHIP

TITLE = "Special interest groups"
ABOUT = "Members who care about the same part of pain medicine: what each group is for, who leads it, and how to join."


def group_or_404(slug: str) -> Group:
    """By the address word, or by the one that it began with: an address that somebody kept leads on."""
    found = Group.objects.filter(slug=slug).first() or Group.objects.filter(key=slug).first()
    if found is None:
        raise Http404
    return found


@public_page()
def listing(request: HttpRequest) -> HttpResponse:
    """The groups that are open, each with its sentence."""
    found = list(queries.listed())
    crumbs = [HOME, MEMBERSHIP, (TITLE, None)]
    context = {
        "groups": presenter.lines(found, queries.chairs_of(found)),
        "crumbs": crumbs,
        "meta": PageMeta(TITLE, ABOUT, reverse("membership:group-list"), jsonld=(breadcrumb_ld(crumbs),)),
    }
    return render(request, "membership/groups/list.html", context)


@public_page()
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What everybody reads of a group; its members also find its pages here."""
    group = group_or_404(slug)
    if group.slug != slug:
        return redirect(group)
    return face(request, group)


def face(request: Any, group: Group, form: JoinRequestForm | None = None) -> HttpResponse:
    """The group's page, with a form that was refused."""
    place = queries.place_in(request.user, group)
    crumbs = [HOME, MEMBERSHIP, (TITLE, reverse("membership:group-list")), (group.name, None)]
    meta = PageMeta(
        group.name,
        group.summary,
        group.get_absolute_url(),
        noindex=group.closed_at is not None,
        jsonld=(breadcrumb_ld(crumbs),),
    )
    context = {
        "group": group,
        "chairs": [presenter.named(row.membership.user) for row in queries.chairs_of([group])[group.pk]],
        "place": place,
        "join": presenter.join_words(group, place, is_visitor=not request.user.is_authenticated),
        "rests": presenter.RESTS if place.row and not place.is_current else "",
        "how": presenter.IN_A_LINE[JoinRule(group.how_to_join)],
        "form": form or JoinRequestForm(),
        "entries": entries_for(group.audience) if place.is_inside else [],
        "meetings": clubs_of(group, timezone.localdate()) if place.is_inside else [],
        "gets_letters": place.is_inside and _gets_letters(request.user, group),
        "crumbs": crumbs,
        "meta": meta,
    }
    return render(request, "membership/groups/detail.html", context, status=422 if form else 200)


def _gets_letters(person: Any, group: Group) -> bool:
    return Subscription.objects.filter(user=person, kind=groups.LETTERS, key=group.key, paused_at=None).exists()


def attempt(request: SignedInRequest, group: Group, step: Callable[[], object], done: str) -> HttpResponse:
    """Do one step, say what came of it, and go back to the group."""
    try:
        step()
    except NotAllowed as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, done)
    return redirect(group)


@login_required
@require_POST
def join(request: SignedInRequest, slug: str) -> HttpResponse:
    """Join at once; which button was pressed says whether its letters come."""
    group, form = group_or_404(slug), JoinForm(request.POST)
    with_letters = form.is_valid() and form.with_letters
    return attempt(
        request,
        group,
        lambda: groups.join_group(request.user, group, with_letters=with_letters),
        f"You are in the group {group}. Its pages are open to you{', and its letters come' if with_letters else ''}.",
    )


@login_required
@require_POST
def ask(request: SignedInRequest, slug: str) -> HttpResponse:
    """Ask the chairs; a word that is too long comes back as it was typed."""
    group, form = group_or_404(slug), JoinRequestForm(request.POST)
    if not form.is_valid():
        return face(request, group, form)
    return attempt(
        request,
        group,
        lambda: groups.ask_to_join(request.user, group, form.cleaned_data["message"].strip()),
        "The chairs have your request. You get their answer by mail.",
    )


@login_required
@require_POST
def take_back(request: SignedInRequest, slug: str) -> HttpResponse:
    group = group_or_404(slug)
    return attempt(request, group, lambda: groups.take_request_back(request.user, group), "Your request is taken back.")


@login_required
@require_POST
def leave(request: SignedInRequest, slug: str) -> HttpResponse:
    group = group_or_404(slug)
    return attempt(
        request,
        group,
        lambda: groups.leave_group(request.user, group),
        f"You have left the group {group}. None of its letters come any more.",
    )


@login_required
@require_POST
def letters(request: SignedInRequest, slug: str) -> HttpResponse:
    """Get the group's letters, with `want`; anything else stops them."""
    group = group_or_404(slug)
    if "want" in request.POST:
        return attempt(
            request,
            group,
            lambda: groups.want_letters(request.user, group),
            f"Letters of the group {group} come to you.",
        )
    return attempt(
        request, group, lambda: groups.stop_letters(request.user, group), f"No more letters of the group {group}."
    )
