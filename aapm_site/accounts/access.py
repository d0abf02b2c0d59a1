"""Doors that stand before pages of several rooms: signed in, with an address that was proved."""

import functools
from collections.abc import Callable
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from aapm_site.core.http.limits import within_limit
from aapm_site.core.statements import PERSON, Prepared
from aapm_site.core.views.errors import too_many
from aapm_site.core.views.typed_words import typed

View = Callable[..., HttpResponse]
_CONFIRMED = Prepared[int](
    lambda: EmailAddress.objects.filter(user=PERSON, verified=True).order_by().values_list("pk", flat=True)[:1]
)


def confirmed_user(view: View) -> View:
    """Visitors sign in first; people who have not confirmed their address are led to where they can."""

    @functools.wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not _CONFIRMED.rows(person=request.user.pk):
            messages.warning(request, "Please confirm your e-mail address first; then you can go on here.")
            return redirect("account_email")
        return view(request, *args, **kwargs)

    return login_required(checked)


def limited(name: str, *, times: int, seconds: int) -> Callable[[View], View]:
    """At most so many POSTs from one address: each may write to somebody's mailbox."""

    def mark(view: View) -> View:
        @functools.wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "POST" and not within_limit(request, name, times=times, seconds=seconds):
                return too_many(request, typed=typed(request))
            return view(request, *args, **kwargs)

        return checked

    return mark
