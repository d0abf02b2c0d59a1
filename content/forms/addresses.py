"""Addresses that staff write by hand: what they lead to on this site must answer."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.urls import Resolver404, resolve

from content.models import Page

NOTHING_THERE = "Nothing on this site answers at that address."
IS_A_PAGE = "That is a page: choose it under “page”, so that the link follows its moves."


def answering_address(written: str) -> str:
    """The address without spaces around it. Raises ValidationError when nothing of ours answers there, and for a page,
    which is better chosen as the page.
    """
    url = written.strip()
    if problem := address_problem(url, lambda path: Page.objects.kept().filter(path=path).exists()):
        raise ValidationError(problem)
    return url


def address_problem(url: str, is_page: Callable[[str], bool]) -> str:
    """Why an address of this site is none to be written down; empty if it is, and for what is not ours.

    The fields themselves refuse what is neither an address of ours nor https.
    """
    path = path_of(url)
    if not path:
        return ""
    try:
        route = resolve(path).view_name
    except Resolver404:
        return NOTHING_THERE
    if route == "content:page-detail":
        return IS_A_PAGE if is_page(path) else NOTHING_THERE
    return ""


def path_of(url: str) -> str:
    """The path of an address of this site; empty for any other."""
    if not url.startswith("/") or url.startswith("//"):
        return ""
    return url.split("#", 1)[0].split("?", 1)[0]
