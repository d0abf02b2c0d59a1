"""The demonstration's content: the starter content, signed by invented clinicians, with further news and authors.

What exists is left alone: a page is made when its address is free. So running it again changes nothing, and nothing
that staff have changed since is overwritten.
"""

import tomllib
from pathlib import Path
from typing import Any

from django.db.models import Q

from aapm_site.core.starter import Say, StarterEntry, Values, load_kind
from content.models import Contributor, Page
from content.starter import KINDS
from content.starter.files import read_entries
from content.starter.pages import make_page, relate_page
from content.starter.tables import contributors

FOLDER = Path(__file__).parent


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
    say(f"Content: {len(made)} more news and pages, {people} more authors made; {len(entries) - len(made)} were there.")


def _dressed(entry: StarterEntry, dressed: dict[str, Any]) -> Values:
    """With its signature and what else only the demonstration says of it."""
    return {**entry.values, **dressed.get(entry.key, {})}


def _once(row: dict[str, Any]) -> bool:
    """Make the author, unless there is one of that name or address word, whatever staff have made of it since."""
    if Contributor.objects.filter(Q(name=row["name"]) | Q(slug=row["slug"])).exists():
        return False
    Contributor.objects.create(**row)
    return True
