"""The words of a gate: what it guards, why, and the next step. Nothing of the guarded text passes through here."""

from typing import Any
from urllib.parse import quote

from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.html import format_html
from django.utils.safestring import SafeString

JOIN = "/membership/join/"
RULE = "This page is for members; a current membership opens it"


def gate(request: HttpRequest) -> dict[str, Any]:
    """The arguments of components/gate.html while no room explains its decision by the position "gate"."""
    return {
        "heading": "The rest is for members",
        "text": "This page belongs to membership. Members read it in full; it is part of what dues pay for.",
        "url": JOIN,
        "label": "Join now",
        "other": format_html("Already a member? {}.", sign_in(request, "Sign in and read on")),
        "rule": RULE,
    }


def sign_in(request: HttpRequest, words: str, path: str | None = None) -> SafeString:
    """A link to the sign-in that leads back to a page, this one unless another is named."""
    address = f"{resolve_url('account_login')}?next={quote(path or request.path)}"
    return format_html('<a href="{}">{}</a>', address, words)
