"""The gate before a guarded text: why it is closed, and the next step. Nothing of the text passes through here.

Who may read is decided elsewhere: by whoever knows the members and answers `content.read_page` (queries/access.py).
"""

from urllib.parse import quote

from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from aapm_site.core import positions
from content.queries.entries import ListedPage

JOIN = "/membership/join/"
RULE = "This page is for members; a current membership opens it"


def closed(request: HttpRequest, audience: str) -> SafeString:
    """The gate as the room explains it that decides about this audience, by the position "gate"; else our own."""
    return positions.render("gate", request, audience=audience) or gate(request)


def gate(request: HttpRequest) -> SafeString:
    """The gate in our own words."""
    context = {
        "heading": "The rest is for members",
        "text": "This page belongs to membership. Members read it in full; it is part of what dues pay for.",
        "url": JOIN,
        "label": "Join now",
        "other": format_html("Already a member? {}.", sign_in(request, "Sign in and read on")),
        "rule": RULE,
    }
    return render_to_string("components/gate.html", context)


def closed_entry(request: HttpRequest, page: ListedPage) -> SafeString:
    """The gate in place of one entry of a list: its summary, and the way in."""
    context = {
        "small": True,
        "heading": "For members.",
        "text": page.summary,
        "url": JOIN,
        "label": "Join now",
        "other": sign_in(request, "Sign in to read", page.path),
    }
    return render_to_string("components/gate.html", context)


def sign_in(request: HttpRequest, words: str, path: str | None = None) -> SafeString:
    """A link to the sign-in that leads back to a page, this one unless another is named."""
    address = f"{resolve_url('account_login')}?next={quote(path or request.path)}"
    return format_html('<a href="{}">{}</a>', address, words)
