"""The Academy's own pages, news, menus, glossary and directory, from the data files in this folder."""

from typing import Any

from aapm_site.core.starter import StarterKind, StarterTable
from content.models import Category, Contributor, Term
from content.starter.menus import StarterMenus
from content.starter.pages import StarterPages
from content.starter.resources import StarterResources
from content.starter.tables import categories, contributors, terms

CONTRIBUTORS = StarterTable(
    "contributors",
    "Offices that write",
    order=20,
    model=Contributor,
    key="slug",
    unique=(("name",),),
    read=contributors,
)
CATEGORIES = StarterTable(
    "categories",
    "Categories of the news",
    order=21,
    model=Category,
    key="slug",
    unique=(("name",),),
    read=categories,
)
TERMS = StarterTable("terms", "Glossary words", order=22, model=Term, key="slug", unique=(("name",),), read=terms)
RESOURCES = StarterResources("resources", "Patient resources", order=23)
PAGES = StarterPages("pages", "Pages and news", order=24)
MENUS = StarterMenus("menus", "Menus", order=90)  # after the pages and rates that they lead to

KINDS: tuple[StarterKind[Any], ...] = (CONTRIBUTORS, CATEGORIES, TERMS, RESOURCES, PAGES, MENUS)
