"""What is published for the readers of one audience, for the room that knows who they are."""

from django.utils import timezone

from aapm_site.core.audiences import AudienceEntry, AudienceShelf
from content.models import Document, Page

MOST = 50


def pages_for(audience: str) -> tuple[AudienceEntry, ...]:
    """The pages, the newest first."""
    found = Page.objects.published(timezone.now()).filter(audience=audience).newest_first()
    return tuple(
        AudienceEntry(title, path, summary)
        for title, path, summary in found.values_list("title", "path", "summary")[:MOST]
    )


def documents_for(audience: str) -> tuple[AudienceEntry, ...]:
    """The documents of the library that lie in no trash, the newest first."""
    found = Document.objects.filter(audience=audience, trashed_at=None)[:MOST]
    return tuple(AudienceEntry(one.title, one.get_absolute_url(), one.kind_and_size) for one in found)


PAGES = AudienceShelf("pages", pages_for, order=10)
DOCUMENTS = AudienceShelf("documents", documents_for, order=20)
