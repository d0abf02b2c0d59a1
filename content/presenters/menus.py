"""A menu's entries as the staff read them: where each leads, and why one is not shown or leads nowhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from aapm_site.core.transitions import staff_word
from content.forms.addresses import IS_A_PAGE, address_problem, path_of
from content.models import Link, MenuItem, Page

NOWHERE = "Leads nowhere, and nothing stands below it: not shown"
UNANSWERED = "Did not answer when it was tried"


@dataclass(frozen=True)
class MenuTarget:
    """Where an entry leads; `problem` says why readers do not get there, `tone` how bad that is."""

    address: str
    problem: str = ""
    tone: str = ""
    is_below: bool = False


def menu_targets(entries: Iterable[MenuItem], now: datetime) -> dict[int, MenuTarget]:
    """Each entry's target by the entry's key; two queries more, for what is written as an address."""
    rows = list(entries)
    written = [entry.url for entry in rows if entry.url]
    broken = set(Link.objects.broken().filter(url__in=written).values_list("url", flat=True))
    paths = set(Page.objects.kept().filter(path__in=map(path_of, written)).values_list("path", flat=True))
    headings = {entry.parent_id for entry in rows}

    def target(entry: MenuItem) -> tuple[str, str, str]:
        if entry.page is not None:
            hidden = "" if entry.page.is_published(now) else f"Not shown: its page is “{staff_word(entry.page)}”"
            return entry.page.path, hidden, "pause"
        if not entry.url:
            return ("Heading", "", "") if entry.pk in headings else ("", NOWHERE, "back")
        if entry.url in broken:
            return entry.url, UNANSWERED, "back"
        problem = address_problem(entry.url, paths.__contains__)
        return entry.url, problem, "pause" if problem == IS_A_PAGE else "back"

    return {entry.pk: MenuTarget(*target(entry), is_below=entry.parent_id is not None) for entry in rows}
