"""What is typed into a form of words is kept in its writer's browser until the site has it: here the site says so.

static/js/modules/kept-words.js keeps the words of one person and one form, gives them a mark that is sent along, and
forgets those whose mark the cookie names. Only forms whose words are for readers keep them: what is about people stays
out of browsers.
"""

import re
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

MARK = "_words"  # the hidden field that the script adds
COOKIE = "words_saved"
AN_HOUR = 60 * 60
_is_saved = "_words_are_saved"


class KeepsWords(admin.ModelAdmin):
    """Every admin of the site stands on this: StaffSite.register sees to it."""

    keeps_words = False

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().changeform_view(request, *args, **kwargs)
        if self.keeps_words and hasattr(request, _is_saved):
            tell_saved(request, response)
        return response

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        setattr(request, _is_saved, True)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        setattr(request, _is_saved, True)
        return super().log_change(request, obj, message)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        subject = context.get("original")
        may = self.has_change_permission(request, subject) if subject is not None else self.has_add_permission(request)
        if self.keeps_words and may and IS_POPUP_VAR not in {*request.GET, *request.POST}:
            context["words_of"] = request.user.pk
        return super().render_change_form(request, context, *args, **kwargs)


def tell_saved(request: HttpRequest, response: HttpResponse) -> None:
    """Say to the browser that the site has the words that came with this request."""
    mark = request.POST.get(MARK, "")
    if re.fullmatch(r"[0-9a-f]{16}", mark):
        response.set_cookie(
            COOKIE,
            mark,
            max_age=AN_HOUR,
            path=reverse("admin:index"),
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Strict",
        )
