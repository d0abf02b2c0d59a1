"""The demonstration's content: the starter content, signed by invented clinicians, with further news and authors.

What exists is left alone: a page is made when its address is free. So running it again changes nothing, and nothing
that staff have changed since is overwritten.
"""

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db.models import Q
from django.utils import timezone

from aapm_site.core.models import Count
from aapm_site.core.search.looked_for import NOTHING, VAIN_DAYS
from aapm_site.core.starter import Say, StarterEntry, Values, load_kind
from content.models import Contributor, Page
from content.starter import KINDS
from content.starter.files import read_entries
from content.starter.pages import make_page, relate_page
from content.starter.tables import contributors

FOLDER = Path(__file__).parent
# What readers have looked for in vain, and every how many days.
IN_VAIN = {"medical marijuana card": 5, "lawyer": 8, "disability form": 9, "tens unit": 12, "massage": 21}


def load(say: Say) -> None:
    """The starter content as the demonstration has it, then its own news. Reports what was made and was left out."""
    people = sum(_once(row) for row in contributors(FOLDER))
    dressed = tomllib.loads((FOLDER / "dressed.toml").read_text(encoding="utf-8"))
    for kind in KINDS:
        say(load_kind(kind, say, lambda kind, entry: _dressed(entry, dressed)).total)
    entries = read_entries([FOLDER / "news", FOLDER / "groups"])
    known = set(Page.objects.values_list("path", flat=True))
    made = [(page, entry) for entry in entries if entry["path"] not in known and (page := make_page(entry))]
    for page, entry in made:
        relate_page(page, entry, say)
    _count_searches()
    say(f"Content: {len(made)} more news and pages, {people} more authors made; {len(entries) - len(made)} were there.")


def _count_searches() -> None:
    """What readers looked for in vain, on days that are further apart the rarer the words are."""
    today = timezone.localdate()
    Count.objects.bulk_create(
        [
            Count(kind=NOTHING, key=words, on=today - timedelta(days=ago), times=1 + ago % 3)
            for words, every in IN_VAIN.items()
            for ago in range(1, VAIN_DAYS, every)
        ],
        ignore_conflicts=True,
    )


def _dressed(entry: StarterEntry, dressed: dict[str, Any]) -> Values:
    """With its signature and what else only the demonstration says of it."""
    return {**entry.values, **dressed.get(entry.key, {})}


def _once(row: dict[str, Any]) -> bool:
    """Make the author, unless there is one of that name or address word, whatever staff have made of it since."""
    if Contributor.objects.filter(Q(name=row["name"]) | Q(slug=row["slug"])).exists():
        return False
    Contributor.objects.create(**row)
    return True
