"""The Academy's own pages, news, menus, glossary and directory, from the data files in this folder."""

from typing import Any

from aapm_site.core.starter import StarterKind, StarterTable
from content.models import BestBet, Category, Contributor, HistoryYear, Synonym, Term
from content.starter.best_bets import StarterBestBets
from content.starter.menus import StarterMenus
from content.starter.pages import StarterPages
from content.starter.resources import StarterResources
from content.starter.tables import best_bets, categories, contributors, history_years, synonyms, terms

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
BEST_BETS = StarterBestBets(
    "best-bets", "Best bets of the search", order=25, model=BestBet, key="title", read=best_bets
)
SYNONYMS = StarterTable("synonyms", "Words that mean the same", order=26, model=Synonym, key="name", read=synonyms)
HISTORY_YEARS = StarterTable(
    "history-years", "Years of our history", order=27, model=HistoryYear, key="title", read=history_years
)
RESOURCES = StarterResources("resources", "Patient resources", order=23)
PAGES = StarterPages("pages", "Pages and news", order=24)
MENUS = StarterMenus("menus", "Menus", order=90)  # after the pages and rates that they lead to

KINDS: tuple[StarterKind[Any], ...] = (
    CONTRIBUTORS,
    CATEGORIES,
    TERMS,
    RESOURCES,
    PAGES,
    BEST_BETS,
    SYNONYMS,
    HISTORY_YEARS,
    MENUS,
)
