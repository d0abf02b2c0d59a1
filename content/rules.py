"""What may stand where: the rules of addresses, as pure functions with sentences for editors."""

import re
from typing import Any

from django.urls import Resolver404, resolve

from content.states import NEWS_KINDS, NEWS_ROOT

LONGEST_PATH = 255
# Answered before any route: static files and uploads.
RESERVED = {"static", "media"}
OWN_ROUTES = {"content:page-detail", "content:news-detail"}


def path_for(kind: str, parent_path: str, slug: str) -> str:
    """The address of an entry: news under /news/, everything else under the page above it."""
    if kind in NEWS_KINDS:
        return f"{NEWS_ROOT}{slug}/"
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
    wanted = "content:news-detail" if kind in NEWS_KINDS else "content:page-detail"
    if route != wanted:
        return f"The address {path} is taken: another part of the site answers there."
    return ""


def parent_problem(page: Any, parent: Any) -> str:
    """Why a page cannot stand below this one, in a sentence; empty when it can."""
    if parent is None:
        return ""
    if page.is_news or parent.is_news:
        return "News and statements stand under /news/; they have no page above them and none below."
    if page.pk and (parent.pk == page.pk or parent.path.startswith(page.path)):
        return "A page cannot stand below itself."
    return ""
