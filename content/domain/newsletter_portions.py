"""What a newsletter says in the mail: the same to every reader, of pages that everybody may read at that moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone

from aapm_site.core.seo import absolute
from aapm_site.mail.models import Mailing, MailingRecipient
from content.models import Newsletter, NewsletterEntry
from content.queries.newsletters import readable_entries
from content.text.html_to_text import as_text, for_mail

TEMPLATE = "content/newsletter"


@dataclass(frozen=True)
class NewsletterPortion:
    """One newsletter, written once for all whose turn it is."""

    said: dict[str, Any]

    def why_held(self, row: MailingRecipient) -> str:
        return ""

    def context(self, row: MailingRecipient) -> dict[str, Any]:
        return self.said


def portion_of(mailing: Mailing, rows: Sequence[MailingRecipient]) -> NewsletterPortion:
    return NewsletterPortion(letter_of(Newsletter.objects.get(mailing=mailing)))


def letter_of(newsletter: Newsletter) -> dict[str, Any]:
    """What the template of the letter reads."""
    html = for_mail(newsletter.opening, settings.SITE_ORIGIN)
    return {
        "subject": newsletter.subject,
        "preview_line": newsletter.preview_line,
        "html": html,
        "opening": as_text(html),
        "entries": [_line(entry) for entry in readable_entries(newsletter)],
        "on_site": absolute(newsletter.get_absolute_url()) if newsletter.slug else "",
    }


def _line(entry: NewsletterEntry) -> dict[str, Any]:
    page = entry.page
    return {
        "title": entry.title or page.title,
        "summary": entry.summary or page.summary,
        "kind": page.get_kind_display() if page.is_statement else "",
        "on": timezone.localdate(page.published_at) if page.published_at else None,
        "url": absolute(page.path),
    }
