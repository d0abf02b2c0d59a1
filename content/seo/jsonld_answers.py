"""What published answers say of themselves to search engines: a question with its answer, and a list of them."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from aapm_site.core.association import association_name
from aapm_site.core.richtext import plain
from aapm_site.core.seo import absolute
from content.queries.entries import ListedPage
from content.queries.pages import PublicPage


def author() -> dict[str, Any]:
    """The Academy, which answers."""
    return {"@type": "Organization", "name": association_name(), "url": absolute("/")}


def question_page_ld(page: PublicPage) -> dict[str, Any]:
    """A page about one question, which we have answered. The body stands here only when everybody may read it."""
    text = plain(page.body) if page.is_public and page.body else page.summary
    asked = timezone.localtime(page.published_at).isoformat() if page.published_at else None
    return {
        "@context": "https://schema.org",
        "@type": "QAPage",
        "url": absolute(page.path),
        "dateModified": timezone.localtime(page.changed_at).isoformat(),
        **({"lastReviewed": page.reviewed_on.isoformat(), "reviewedBy": _reviewer(page)} if page.reviewed_on else {}),
        "mainEntity": {
            "@type": "Question",
            "name": page.title,
            "text": page.title,
            "answerCount": 1,
            "datePublished": asked,
            "author": {"@type": "Person", "name": "A reader"},
            "acceptedAnswer": {
                "@type": "Answer",
                "text": text,
                "url": absolute(page.path),
                "upvoteCount": 0,
                "datePublished": asked,
                "author": author(),
            },
        },
    }


def _reviewer(page: PublicPage) -> dict[str, Any]:
    kind = "Person" if page.reviewer.is_person else "Organization"
    return {"@type": kind, "name": page.reviewer.name}


def faq_ld(pages: Iterable[ListedPage], path: str) -> dict[str, Any] | None:
    """The list as a FAQPage: each question with the answer in short, as it stands there. Nothing for an empty list."""
    entries = [
        {
            "@type": "Question",
            "name": page.title,
            "url": absolute(page.path),
            "acceptedAnswer": {"@type": "Answer", "text": page.summary, "url": absolute(page.path)},
        }
        for page in pages
    ]
    if not entries:
        return None
    return {"@context": "https://schema.org", "@type": "FAQPage", "url": absolute(path), "mainEntity": entries}
