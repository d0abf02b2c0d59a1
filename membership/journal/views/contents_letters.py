"""The contents of each issue by mail: asked for and stopped by one press."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render

from aapm_site.accounts.requests import SignedInRequest
from aapm_site.core.seo import PageMeta

from ..domain import contents_letters
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
        "crumbs": [HOME, JOURNAL, ("Contents by mail", None)],
        "meta": PageMeta("Contents by mail", noindex=True),
    }
    return render(request, "membership/journal/contents_by_mail.html", context)
