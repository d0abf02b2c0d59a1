"""What membership brings to the doors of the ground floor; called once, when all apps are loaded."""

from aapm_site.accounts.doors import AccountSentence, account_sentences
from aapm_site.core import registries

from . import (
    demo,
    positions,  # noqa: F401 - registers by being imported
    sitemaps,
)
from .domain import notices
from .journal import positions as journal_positions  # noqa: F401
from .journal import search
from .journal import sitemaps as journal_sitemaps
from .panel import membership_panel, membership_sentence
from .personal import MEMBERSHIP


def open_all() -> None:
    """Register search, sitemaps, account panel, personal data, due work and demo content."""
    registries.search_sources.register(search.JOURNAL)
    registries.sitemaps.register(registries.SitemapSource("membership", sitemaps.MembershipSitemap, 400))
    registries.sitemaps.register(registries.SitemapSource("issues", journal_sitemaps.IssueSitemap, 410))
    registries.sitemaps.register(registries.SitemapSource("articles", journal_sitemaps.ArticleSitemap, 420))
    registries.account_panels.register(registries.AccountPanel("membership", membership_panel, order=10))
    account_sentences.register(AccountSentence("membership", membership_sentence, order=10))
    registries.personal_data.register(MEMBERSHIP)
    registries.due_work.register(
        registries.DueWork("membership-ending", "Mail about the end of a membership", notices.due, notices.send, 40)
    )
    registries.demo_loaders.register(registries.DemoLoader("membership", demo.load, order=40))
