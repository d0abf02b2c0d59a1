"""My account: what is true today, then what each room has for this person."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from aapm_site.core.seo import PageMeta

from ..queries.occupation import occupation_of
from ..registry import account_panels, account_sentences, is_asked
from ..requests import SignedInRequest


@require_safe
@login_required
def home(request: SignedInRequest) -> HttpResponse:
    context = {
        "occupation": occupation_of(request.user),
        "sentences": [said for sentence in account_sentences if (said := sentence.say(request))],
        "panels": [said for one in account_panels if is_asked(one, request.user) and (said := one.render(request))],
        "crumbs": [("Home", "/"), ("My account", None)],
        "meta": PageMeta("My account", noindex=True),
    }
    return render(request, "accounts/home.html", context)
