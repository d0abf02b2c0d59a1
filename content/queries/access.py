"""One reader's access, asked once for each audience and not for each entry of a list."""

from datetime import datetime

from aapm_site.accounts.people import Visitor
from content.models import PUBLIC, Page
from content.models.page import PageTraits


class Reader:
    """What one person may read. Whoever knows the members answers `content.read_page`; this room does not."""

    def __init__(self, user: Visitor) -> None:
        self.user = user
        self._known: dict[str, bool] = {}

    def may_read(self, page: PageTraits) -> bool:
        """The decision depends on the audience alone, so it is made once for each."""
        if page.audience not in self._known:
            readable = self.user.has_perm("content.read_page", page)  # type: ignore[arg-type]  # a value stands for its row
            self._known[page.audience] = readable
        return self._known[page.audience]

    def audiences(self, at: datetime) -> list[str]:
        """The audiences whose published pages this person may read: one query, none for a visitor."""
        if not self.user.is_authenticated:
            return [PUBLIC]
        others = Page.objects.published(at).exclude(audience=PUBLIC).order_by("audience").distinct("audience")
        return [PUBLIC, *(page.audience for page in others.defer("body", "search") if self.may_read(page))]
