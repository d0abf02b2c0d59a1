"""Links to a page that is not public, as the staff's list shows them."""

from dataclasses import dataclass
from datetime import datetime

from aapm_site.core.seo import absolute
from content.models import PreviewLink


@dataclass(frozen=True)
class PreviewLinkRow:
    """One link: its address while it is open, else the state that it has come to."""

    number: int
    made_at: datetime
    by: str
    expires_at: datetime
    address: str
    state: str


def preview_link_row(link: PreviewLink, at: datetime) -> PreviewLinkRow:
    """An address stands in the list only as long as it leads somewhere."""
    is_open = link.is_open(at)
    return PreviewLinkRow(
        link.pk,
        link.made_at,
        link.by.display_name if link.by else "a colleague",
        link.expires_at,
        absolute(link.get_absolute_url()) if is_open else "",
        "open" if is_open else "ended" if link.ended_at or not link.is_vouched_for else "expired",
    )
