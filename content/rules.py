"""What may stand where: the rules of addresses, as pure functions with sentences for editors."""

import re
from typing import Any

from django.urls import Resolver404, resolve

from content.states import NEWS_KINDS, ROOTS, PageKind

LONGEST_PATH = 255
# Answered before any route: static files and uploads.
RESERVED = {"static", "media"}
# The routes that show an entry of each kind at its address. Where a list of the site's own stands at a fixed address,
# a page there is the list's introduction.
ROUTES = {
    **dict.fromkeys(NEWS_KINDS, {"content:news-detail"}),
    PageKind.ANSWER: {"content:answer-detail"},
}
PAGE_ROUTES = {"content:page-detail"}


def path_for(kind: str, parent_path: str, slug: str) -> str:
    """The address of an entry: news under /news/, answers under /answers/, the rest under the page above it."""
    if kind in ROOTS:
        return f"{ROOTS[kind]}{slug}/"
    return f"{parent_path or '/'}{slug}/"


def path_problem(path: str, kind: str) -> str:
    """Why an entry of this kind cannot have this address, in a sentence; empty when it can."""
    if len(path) > LONGEST_PATH:
        return f"The address {path[:60]}… is longer than {LONGEST_PATH} characters."
    if re.match(r"/\d{4}", path):
        return "An address cannot begin with four digits: those are the archives, such as /2018/12/14/."
    if path.split("/")[1] in RESERVED:
        return f"The site itself uses addresses below /{path.split('/')[1]}/."
    try:
        route = resolve(path).view_name
    except Resolver404:
        return f"The address {path} cannot be reached. Use lower-case letters, digits and single hyphens."
    if route not in ROUTES.get(kind, PAGE_ROUTES):
        return f"The address {path} is taken: another part of the site answers there."
    return ""


def parent_problem(page: Any, parent: Any) -> str:
    """Why a page cannot stand below this one, in a sentence; empty when it can."""
    if parent is None:
        return ""
    if page.is_rooted or parent.is_rooted:
        return "News, statements and answers have no page above them and none below."
    if page.pk and (parent.pk == page.pk or parent.path.startswith(page.path)):
        return "A page cannot stand below itself."
    return ""
