"""The contents of each issue by mail, and what is new about a subject: asked for and stopped by one press."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from aapm_site.accounts.requests import SignedInRequest
from aapm_site.core.seo import PageMeta

from ..domain import contents_letters, subject_letters
from ..queries import collections
from .issues import HOME, JOURNAL


@login_required
def contents_by_mail(request: SignedInRequest) -> HttpResponse:
    """Say whether the person gets them; POST `want` to get them, and anything else to get them no more."""
    if request.method == "POST":
        if "want" in request.POST:
            contents_letters.want_contents(request.user)
            messages.success(request, "You get the contents of each new issue by mail, on the day it is out.")
        else:
            contents_letters.stop_contents(request.user)
            messages.success(request, "No more contents by mail.")
        return redirect("journal:contents-by-mail")
    subscription = contents_letters.contents_subscription(request.user)
    context = {
        "is_wanted": subscription is not None and subscription.paused_at is None,
        "has_address": bool(request.user.email),
        "subjects": _followed(request),
        "crumbs": [HOME, JOURNAL, ("Contents by mail", None)],
        "meta": PageMeta("Contents by mail", noindex=True),
    }
    return render(request, "membership/journal/contents_by_mail.html", context)


def _followed(request: SignedInRequest) -> list[tuple[collections.PublicSubject, bool]]:
    """Every subject, and whether the person follows it."""
    named = collections.subjects()
    mine = subject_letters.followed_by(request.user) if named else set()
    return [(one, str(one.pk) in mine) for one in named]


@login_required
def subject_by_mail(request: SignedInRequest, slug: str) -> HttpResponse:
    """Say whether the person gets what is new about a subject; POST `want` to get it, and anything else to stop it."""
    subject = next((one for one in collections.subjects() if one.slug == slug), None)
    if subject is None:
        raise Http404
    if request.method == "POST":
        if "want" in request.POST:
            subject_letters.follow_subject(request.user, subject)
            messages.success(request, f"New articles about {subject.name.lower()} come to you by mail.")
        else:
            subject_letters.leave_subject(request.user, subject)
            messages.success(request, f"No more mail about {subject.name.lower()}.")
        return redirect("journal:subject-mail", slug)
    context = {
        "subject": subject,
        "is_wanted": str(subject.pk) in subject_letters.followed_by(request.user),
        "has_address": bool(request.user.email),
        "crumbs": [HOME, JOURNAL, ("Contents by mail", reverse("journal:contents-by-mail")), (subject.name, None)],
        "meta": PageMeta(f"{subject.name} by mail", noindex=True),
    }
    return render(request, "membership/journal/subject_by_mail.html", context)
