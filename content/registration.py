"""What content adds to the registries of core; called once, when all apps are loaded."""

from aapm_site.core.admin.first_day import first_steps
from aapm_site.core.admin.home import StaffAlert, staff_alerts, staff_queues, staff_tasks
from aapm_site.core.admin.rich_text import EditorTool, editor_tools
from aapm_site.core.audiences import audience_shelves
from aapm_site.core.background.due import due_work
from aapm_site.core.demo import DemoLoader, demo_loaders
from aapm_site.core.menus import MenuSource, menu_sources
from aapm_site.core.privacy import personal_data
from aapm_site.core.retention import retention_rules
from aapm_site.core.search.guides import SearchGuide, search_guides
from aapm_site.core.search.registry import search_sources
from aapm_site.core.search.urgent_help import UrgentHelpSource, urgent_help_sources
from aapm_site.core.sitemaps import SitemapSource, sitemap_sources
from aapm_site.core.starter import starter_kinds
from aapm_site.mail.mailing_kinds import mailing_kinds
from aapm_site.mail.registry import AddressProof, address_proofs, mail_kinds
from content import demo, due, letters, positions, privacy, retention, search, starter
from content.demo import meetings as demo_meetings
from content.demo import newsletters as demo_newsletters
from content.demo import people as demo_people
from content.demo import questions as demo_questions
from content.domain.newsletter_kind import PORTIONS, TO_READERS
from content.first_day import FIRST_PAGE
from content.queries import audiences, menus, search_help, urgency
from content.seo import sitemaps
from content.staff_alerts import broken_links, changes_kept_back
from content.staff_tasks import NEWSLETTERS, OVERDUE, QUESTIONS, TASKS

# What the editor's dialogs ask: name, address, permission.
EDITOR_TOOLS = (
    ("pages", "admin:content_page_choose", "content.view_page"),
    ("pictures", "admin:content_picture_choose", "content.view_picture"),
    ("picture-upload", "admin:content_picture_upload", "content.add_picture"),
    ("documents", "admin:content_document_choose", "content.view_document"),
    ("document-upload", "admin:content_document_upload", "content.add_document"),
)


def register() -> None:
    """Register positions, menus, search, sitemaps, personal data, the staff's front page, editor and what is loaded."""
    positions.register()
    menu_sources.register(MenuSource("content", menus.items, order=10))
    for source in (search.PAGES, search.RESOURCES, search.MEETINGS, search.PEOPLE, search.TERMS):
        search_sources.register(source)
    search_guides.register(SearchGuide("staff", search_help.bets, search_help.reworded))
    urgent_help_sources.register(UrgentHelpSource("urgent-wording", urgency.urgent_help))
    for shelf in (audiences.PAGES, audiences.DOCUMENTS):
        audience_shelves.register(shelf)
    sitemap_sources.register(SitemapSource("pages", sitemaps.PageSitemap, order=10))
    sitemap_sources.register(SitemapSource("news", sitemaps.NewsSitemap, order=20))
    sitemap_sources.register(SitemapSource("newsletters", sitemaps.NewsletterSitemap, order=22))
    sitemap_sources.register(SitemapSource("answers", sitemaps.AnswerSitemap, order=25))
    sitemap_sources.register(SitemapSource("meetings", sitemaps.MeetingSitemap, order=27))
    sitemap_sources.register(SitemapSource("archives", sitemaps.ArchiveSitemap, order=30))
    personal_data.register(privacy.QUESTIONS)
    personal_data.register(privacy.RESOURCES_LOOKED_AT)
    personal_data.register(privacy.LINKS_TO_PAGES)
    for rule in retention.RULES:
        retention_rules.register(rule)
    for mail_kind in letters.KINDS:
        mail_kinds.register(mail_kind)
    address_proofs.register(AddressProof("topics", letters.answered_at, order=30))
    mailing_kinds.register(TO_READERS)
    for work in (due.MEETINGS, PORTIONS):
        due_work.register(work)
    for queue in (OVERDUE, QUESTIONS, NEWSLETTERS):
        staff_queues.register(queue)
    due_work.register(due.PAGES_AHEAD)
    due_work.register(due.PREPARED_CHANGES)
    for task in TASKS:
        staff_tasks.register(task)
    staff_alerts.register(StaffAlert("broken-links", broken_links, order=30))
    staff_alerts.register(StaffAlert("prepared-changes", changes_kept_back, order=31))
    for name, url_name, permission in EDITOR_TOOLS:
        editor_tools.register(EditorTool(name, url_name, permission))
    first_steps.register(FIRST_PAGE)
    for kind in starter.KINDS:
        starter_kinds.register(kind)
    demo_loaders.register(DemoLoader("content", demo.load, order=20))
    demo_loaders.register(DemoLoader("meetings", demo_meetings.load, order=22))
    demo_loaders.register(DemoLoader("people", demo_people.load, order=21))
    demo_loaders.register(DemoLoader("questions", demo_questions.load, order=21))
    demo_loaders.register(DemoLoader("newsletters", demo_newsletters.load, order=23))
