"""The best bets of the search as they are shipped: places that always answer, and starter pages by their paths."""

from collections.abc import Sequence

from aapm_site.core.starter import StarterEntry, StarterTable, Values
from content.models import BestBet, Page


class StarterBestBets(StarterTable[BestBet]):
    """Known by their titles. One that leads to a page which staff have removed is not made."""

    def make(self, entries: Sequence[StarterEntry]) -> dict[str, BestBet]:
        return super().make([entry for entry in entries if _leads_somewhere(self.columns(entry.values))])

    def update(self, row: BestBet, values: Values) -> None:
        if _leads_somewhere(self.columns(values)):
            super().update(row, values)

    def columns(self, values: Values) -> Values:
        path = values.get("page", "")
        page = Page.objects.filter(path=f"/{path}/").first() if path else None
        return {"url": "", **values, "page": page}


def _leads_somewhere(columns: Values) -> bool:
    return bool(columns["page"] or columns["url"])
