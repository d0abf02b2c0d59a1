"""The words of a gate: what it guards, why, and the next step. Nothing of the guarded text passes through here."""

from typing import Any
from urllib.parse import quote

from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.html import format_html
from django.utils.safestring import SafeString

JOIN = "/membership/join/"
RULE = "This page is for members; a current membership opens it."


def gate(request: HttpRequest) -> dict[str, Any]:
    """The arguments of components/gate.html for this reader."""
    if request.user.is_authenticated:
        text = (
            "You are signed in, but no current membership that includes this page goes with your account. "
            "Members read it in full; it is part of what dues pay for."
        )
        other = format_html('Is that wrong? <a href="{}">Write to us</a>, and we will look.', "/ask/")
    else:
        text = (
            "You are not signed in, and this page belongs to membership. Members read it in full; "
            "it is part of what dues pay for."
        )
        other = sign_in(request, "Sign in and read on")
        other = format_html("Already a member? {}.", other)
    return {
        "heading": "The rest is for members",
        "text": text,
        "url": JOIN,
        "label": "Join now",
        "other": other,
        "rule": RULE,
    }


def sign_in(request: HttpRequest, words: str, path: str | None = None) -> SafeString:
    """A link to the sign-in that leads back to a page, this one unless another is named."""
    address = f"{resolve_url('account_login')}?next={quote(path or request.path)}"
    return format_html('<a href="{}">{}</a>', address, words)
