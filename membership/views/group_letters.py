"""A chair's letters: written, looked at, tried on oneself, sent, stopped. For everybody else they are not there."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from aapm_site.accounts.requests import SignedInRequest
from aapm_site.core.seo import PageMeta
from aapm_site.core.transitions import NotAllowed

from ..domain import group_letters as domain
from ..forms.groups import LetterForm
from ..models import Group, GroupLetter
from ..presenters.group_letters import letter_words
from .group_chairs import chairs_page_of, crumbs_below, led_group


def letter_or_404(group: Group, public_id: str) -> GroupLetter:
    whole = GroupLetter.objects.select_related("group", "by", "mailing")
    found = whole.filter(group=group, public_id=public_id).first()
    if found is None:
        raise Http404
    return found


@login_required
def write(request: SignedInRequest, slug: str) -> HttpResponse:
    """A new letter; what is refused keeps its words."""
    group = led_group(request, slug)
    return _words(
        request,
        group,
        LetterForm(request.POST if request.method == "POST" else None),
        lambda said: domain.write_letter(group, by=request.user, **said),
    )


@login_required
def change(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    """Other words for one that is not sent."""
    group = led_group(request, slug)
    letter = letter_or_404(group, public_id)
    if not letter.is_draft:
        messages.warning(request, "This letter is sent already, and its words stay as they are.")
        return _to(letter)
    typed = request.POST if request.method == "POST" else None
    form = LetterForm(typed, initial={"subject": letter.subject, "text": letter.text})
    seen = request.POST.get("seen", "")
    is_overtaken = bool(seen) and seen != letter.mark
    return _words(
        request,
        group,
        form,
        lambda said: domain.change_letter(letter, by=request.user, seen=seen, **said),
        letter=letter,
        is_overtaken=is_overtaken,
    )


def _words(
    request: SignedInRequest, group: Group, form: LetterForm, keep: Callable[..., GroupLetter], **more: Any
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            return _to(keep(form.cleaned_data))
        except NotAllowed as refused:
            form.add_error(None, str(refused))
    title = "Write to the group"
    context = {
        "group": group,
        "form": form,
        "crumbs": crumbs_below(group, chairs_page_of(group), (title, None)),
        "meta": PageMeta(f"{group.name}: {title.lower()}", noindex=True),
        **more,
    }
    return render(request, "membership/groups/write.html", context, status=422 if form.errors else 200)


@login_required
def show(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    """The letter as its readers get it, and the presses: test, send, stop, throw away."""
    group = led_group(request, slug)
    letter = letter_or_404(group, public_id)
    if request.method == "POST":
        return _press(request, letter)
    context: dict[str, Any] = {
        "group": group,
        "letter": letter,
        "words": letter_words(letter),
        "crumbs": crumbs_below(group, chairs_page_of(group), ("Letter", None)),
        "meta": PageMeta(f"{group.name}: letter", noindex=True),
    }
    return render(request, "membership/groups/letter.html", context)


def _press(request: SignedInRequest, letter: GroupLetter) -> HttpResponse:
    seen = request.POST.get("seen", "")
    steps: dict[str, Callable[[], str]] = {
        "test": lambda: f"The test is on its way to {domain.send_test(letter, by=request.user).to}.",
        "send": lambda: _ordered(domain.order_letter(letter, by=request.user, seen=seen)),
        "stop": lambda: f"Stopped: “{domain.stop_letter(letter, by=request.user)}” goes to nobody any more.",
        "throw-away": lambda: _thrown(letter, request),
    }
    step = next((steps[name] for name in steps if name in request.POST), None)
    if step is None:
        return _to(letter)
    try:
        messages.success(request, step())
    except NotAllowed as refused:
        messages.warning(request, str(refused))
    return redirect("membership:group-chair", letter.group.slug) if "throw-away" in request.POST else _to(letter)


def _ordered(count: int) -> str:
    people = "one member" if count == 1 else f"{count} members"
    return f"The letter goes to {people}, beginning in ten minutes. Until then you can stop it unread."


def _thrown(letter: GroupLetter, request: SignedInRequest) -> str:
    domain.throw_away(letter, by=request.user, seen=request.POST.get("seen", ""))
    return f"“{letter}” is thrown away."


def _to(letter: GroupLetter) -> HttpResponse:
    return redirect("membership:group-letter", letter.group.slug, letter.public_id)
