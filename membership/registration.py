"""What membership and the journal add to the registries of the ground floor; called once, when all apps are loaded."""

from aapm_site.accounts.registry import account_entries, account_panels, account_sentences, handovers, passage_scopes
from aapm_site.billing.registry import customer_sources, product_sources
from aapm_site.core.admin.first_day import first_steps
from aapm_site.core.admin.home import staff_queues, staff_tasks
from aapm_site.core.audiences import audience_sources
from aapm_site.core.background.due import DueWork, due_work
from aapm_site.core.demo import DemoLoader, demo_loaders
from aapm_site.core.privacy import personal_data
from aapm_site.core.retention import retention_rules
from aapm_site.core.search.registry import search_sources
from aapm_site.core.sitemaps import SitemapSource, sitemap_sources
from aapm_site.core.starter import starter_kinds
from aapm_site.mail.domain.mailings import still_holds
from aapm_site.mail.mailing_kinds import mailing_kinds
from aapm_site.mail.registry import AddressProof, MailKind, OpenLetter, address_proofs, mail_kinds

from . import (
    demo,
    panels,
    passage,
    positions,
    products,
    receivers,  # noqa: F401 - connects itself to billing's signals
    retention,
    seat_panel,
    sitemaps,
    starter,
)
from .domain import (
    application_drafts,
    automatic_due,
    bundle_letters,
    directory,
    groups,
    letter_kinds,
    letter_portions,
    merging,
    office,
    reminders,
    resignations,
    seat_reminders,
)
from .first_day import DUES
from .journal import positions as journal_positions
from .journal import search
from .journal.domain import contents_letters, subject_letters, usage_counts
from .journal.seo import sitemaps as journal_sitemaps
from .privacy import MEMBERSHIP
from .queries import group_audiences
from .staff_tasks import APPLICATIONS, JOIN_REQUESTS, LETTERS_TO_AGREE, PAUSES, REPORTED_MESSAGES, TASKS


def register() -> None:
    """Register positions, search, sitemaps, account panel, personal data, due work and what is loaded."""
    positions.register()
    journal_positions.register()
    search_sources.register(search.JOURNAL)
    search_sources.register(search.COLLECTIONS)
    audience_sources.register(group_audiences.GROUPS)
    sitemap_sources.register(SitemapSource("membership", sitemaps.MembershipSitemap, 400))
    sitemap_sources.register(SitemapSource("issues", journal_sitemaps.IssueSitemap, 410))
    sitemap_sources.register(SitemapSource("articles", journal_sitemaps.ArticleSitemap, 420))
    sitemap_sources.register(SitemapSource("collections", journal_sitemaps.CollectionSitemap, 430))
    sitemap_sources.register(SitemapSource("subjects", journal_sitemaps.SubjectSitemap, 440))
    account_panels.register(panels.MEMBERSHIP)
    account_panels.register(seat_panel.SEATS)
    account_sentences.register(panels.SENTENCE)
    account_entries.register(panels.ENTRIES)
    for rule in retention.RULES:
        retention_rules.register(rule)
    retention_rules.register(usage_counts.USAGE)
    personal_data.register(MEMBERSHIP)
    passage_scopes.register(passage.MEMBERSHIP_CLAIM)
    handovers.register(merging.HANDOVER)
    staff_queues.register(APPLICATIONS)
    staff_queues.register(JOIN_REQUESTS)
    staff_queues.register(REPORTED_MESSAGES)
    staff_queues.register(LETTERS_TO_AGREE)
    staff_queues.register(PAUSES)
    for task in TASKS:
        staff_tasks.register(task)
    due_work.register(
        DueWork(
            "membership-ending",
            "Mail about the end of a membership",
            reminders.due_reminders,
            reminders.send_reminder,
            permission="membership.view_membership",
            order=40,
        )
    )
    for mailing_kind, due in letter_kinds.KINDS:
        mailing_kinds.register(mailing_kind)
        due_work.register(due)
    due_work.register(
        DueWork(
            "seats-ending",
            "Mail to institutions about the end of their seats",
            seat_reminders.due_seat_reminders,
            seat_reminders.send_seat_reminder,
            permission="membership.view_bundle",
            order=43,
        )
    )
    due_work.register(
        DueWork(
            "application-drafts",
            "Letters about applications that were begun",
            application_drafts.due_drafts,
            application_drafts.remind_of_draft,
            permission="membership.view_application",
        )
    )
    due_work.register(
        DueWork(
            "membership-automatic",
            "Automatic renewals",
            automatic_due.due_automatic,
            automatic_due.do_automatic,
            permission="membership.view_membership",
            order=41,
        )
    )
    due_work.register(
        DueWork(
            "journal-contents",
            "Contents of the journal by mail",
            contents_letters.due_contents,
            contents_letters.send_contents,
            permission="membership.view_issue",
            order=45,
        )
    )
    due_work.register(
        DueWork(
            "journal-usage",
            "Counts of how the journal is read",
            usage_counts.due_days,
            usage_counts.count_due_day,
            permission="membership.see_journal_usage",
            order=47,
        )
    )
    due_work.register(
        DueWork(
            "journal-subjects",
            "New articles by subject by mail",
            subject_letters.due_subjects,
            subject_letters.send_subjects,
            permission="membership.view_issue",
            order=45,
        )
    )
    first_steps.register(DUES)
    starter_kinds.register(starter.PLANS)
    starter_kinds.register(starter.FINDER)
    mail_kinds.register(MailKind("membership-application", "Applications", "membership.view_application"))
    mail_kinds.register(
        MailKind("membership-ending", "Ends of memberships", "membership.view_membership", is_list=True)
    )
    mail_kinds.register(
        MailKind(
            letter_portions.KIND,
            "Letters to members",
            "membership.view_memberletter",
            is_list=True,
            still_holds=still_holds,
        )
    )
    mail_kinds.register(MailKind("membership-automatic", "Automatic renewals", "membership.view_membership"))
    mail_kinds.register(MailKind(contents_letters.KIND, "Contents of the journal", "membership.view_issue"))
    mail_kinds.register(MailKind(subject_letters.KIND, "New articles by subject", "membership.view_issue"))
    mail_kinds.register(MailKind(groups.KIND, "Joining of groups", "membership.view_group"))
    mail_kinds.register(
        MailKind(
            groups.LETTERS,
            "Letters of groups",
            "membership.view_groupletter",
            is_list=True,
            own_page="membership:mine",
            still_holds=still_holds,
        )
    )
    mail_kinds.register(
        MailKind(
            directory.KIND,
            "Directory of members",
            "membership.view_directoryentry",
            open_letters=(OpenLetter("membership/directory_confirm", ("token", "hours")),),
        )
    )
    mail_kinds.register(
        MailKind(
            office.KIND,
            "Receipts to offices",
            "membership.view_membership",
            (OpenLetter("membership/office_confirm", reads=("asked_by", "url")),),
        )
    )
    address_proofs.register(AddressProof("membership-offices", office.confirmed_offices, order=60))
    mail_kinds.register(MailKind(resignations.KIND, "Resignations and pauses", "membership.view_membership"))
    mail_kinds.register(MailKind("membership-closed", "Memberships that are closed", "membership.view_membership"))
    mail_kinds.register(bundle_letters.SEATS)
    customer_sources.register(products.CUSTOMERS)
    customer_sources.register(products.INSTITUTIONS)
    product_sources.register(products.DUES)
    demo_loaders.register(DemoLoader("membership", demo.load, order=40))
