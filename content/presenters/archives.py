"""Lists of entries in words: how many there are, and what stands where there are none."""

from dataclasses import dataclass
from typing import Any

from django.contrib.humanize.templatetags.humanize import apnumber
from django.urls import reverse
from django.utils.text import capfirst


def number_of_entries(page: Any) -> str:
    """One page of a list: One entry. Seven entries, 6 to 7 on this page."""
    number = page.paginator.count
    if number == 1:
        return "One entry."
    part = f", {page.start_index()} to {page.end_index()} on this page" if page.paginator.num_pages > 1 else ""
    return f"{capfirst(str(apnumber(number)))} entries{part}."


@dataclass(frozen=True)
class EmptyShelf:
    """Why a list is empty, and where to go instead."""

    text: str
    url: str
    label: str


def no_news() -> EmptyShelf:
    text = "Nothing has been published yet. Until then, read what pain medicine is."
    return EmptyShelf(text, "/what-is-pain-medicine/", "What is pain medicine?")


def no_news_in_category() -> EmptyShelf:
    return EmptyShelf("Nothing has been published in this category yet.", reverse("content:news"), "Read all news")


def nothing_by_contributor() -> EmptyShelf:
    return EmptyShelf("Nothing under this name is public at the moment.", reverse("content:news"), "Read the news")
