"""What the career center adds to the registries of the ground floor; called once, when all apps are loaded."""

from aapm_site.accounts.registry import PlaceUser, account_entries, account_panels, place_users
from aapm_site.billing.registry import book_checks, customer_sources, product_sources
from aapm_site.core.admin.first_day import first_steps
from aapm_site.core.admin.home import staff_queues, staff_tasks
from aapm_site.core.background.due import due_work
from aapm_site.core.demo import demo_loaders
from aapm_site.core.privacy import personal_data
from aapm_site.core.retention import retention_rules
from aapm_site.core.search.registry import search_sources
from aapm_site.core.sitemaps import sitemap_sources
from aapm_site.core.starter import starter_kinds
from aapm_site.mail.registry import AddressProof, address_proofs, mail_kinds

from . import (
    demo,
    due,
    letters,
    panels,
    positions,
    privacy,
    products,
    receivers,  # noqa: F401 - connects itself to billing's signals
    retention,
    search,
    starter,
)
from .domain.books import POSTINGS
from .domain.places import link_locations
from .first_day import RATES
from .queries.applications import applied_from
from .seo import sitemaps
from .staff_tasks import CHANGED, FELLOWSHIPS, PROVED, REPORTED, REPORTED_MESSAGES, REVIEW, TASKS


def register() -> None:
    """Register positions, search, sitemaps, account panel, personal data, due work, what is loaded and what is sold."""
    positions.register()
    search_sources.register(search.JOBS)
    sitemap_sources.register(sitemaps.CAREERS)
    sitemap_sources.register(sitemaps.JOBS)
    sitemap_sources.register(sitemaps.ORGANIZATIONS)
    account_panels.register(panels.EMPLOYER)
    account_panels.register(panels.CONTACTS)
    account_panels.register(panels.SAVED)
    account_panels.register(panels.ALERTS)
    account_entries.register(panels.ENTRIES)
    place_users.register(PlaceUser("positions", link_locations))
    personal_data.register(privacy.CAREERS)
    due_work.register(due.JOB_ENDS)
    due_work.register(due.JOB_ENDING)
    due_work.register(due.STILL_OPEN)
    due_work.register(due.NEW_OWNERS)
    due_work.register(due.REPORTED_JOBS)
    due_work.register(due.NEW_POSITIONS)
    due_work.register(due.ALERT_LETTERS)
    due_work.register(due.SILENT_READERS)
    due_work.register(due.UNCONFIRMED_PROFILES)
    due_work.register(due.NEW_PROFILES)
    due_work.register(due.PROFILE_LETTERS)
    first_steps.register(RATES)
    starter_kinds.register(starter.PACKAGES)
    mail_kinds.register(letters.CAREERS)
    mail_kinds.register(letters.ALERTS)
    mail_kinds.register(letters.PROFILES)
    mail_kinds.register(letters.PROFILE_SEARCHES)
    retention_rules.register(retention.REPORTS)
    retention_rules.register(retention.FINDS)
    retention_rules.register(retention.OPENINGS)
    retention_rules.register(retention.PROFILE_FINDS)
    retention_rules.register(retention.CONTACTS)
    mail_kinds.register(letters.APPLICATIONS)
    address_proofs.register(AddressProof("job-applications", applied_from, order=40))
    retention_rules.register(retention.APPLICATIONS)
    staff_queues.register(REVIEW)
    staff_queues.register(REPORTED)
    staff_queues.register(REPORTED_MESSAGES)
    staff_queues.register(CHANGED)
    staff_queues.register(FELLOWSHIPS)
    staff_queues.register(PROVED)
    for task in TASKS:
        staff_tasks.register(task)
    demo_loaders.register(demo.CAREERS)
    customer_sources.register(products.CUSTOMERS)
    product_sources.register(products.PACKAGES)
    book_checks.register(POSTINGS)
