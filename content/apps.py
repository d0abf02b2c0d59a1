from django.apps import AppConfig

from aapm_site.core import registries

# What the editor's dialogs ask: name, address, permission.
EDITOR_TOOLS = (
    ("pages", "admin:content_page_choose", "content.view_page"),
    ("pictures", "admin:content_picture_choose", "content.view_picture"),
    ("picture-upload", "admin:content_picture_upload", "content.add_picture"),
    ("documents", "admin:content_document_choose", "content.view_document"),
    ("document-upload", "admin:content_document_upload", "content.add_document"),
)


class ContentConfig(AppConfig):
    """Pages, news, archives, menus and questions."""

    name = "content"
    verbose_name = "Pages and questions"

    def ready(self) -> None:
        # Not at the top: models must be loaded.
        from content import demo, demo_questions, desk, personal, positions, search, sitemaps, staff_notes  # noqa: F401, PLC0415
        from content.queries import menus  # noqa: PLC0415 - models must be loaded

        registries.menus.register(registries.MenuSource("content", menus.items, order=10))
        registries.search_sources.register(search.PAGES)
        registries.search_sources.register(search.RESOURCES)
        registries.search_sources.register(search.TERMS)
        registries.sitemaps.register(registries.SitemapSource("pages", sitemaps.PageSitemap, order=10))
        registries.sitemaps.register(registries.SitemapSource("news", sitemaps.NewsSitemap, order=20))
        registries.sitemaps.register(registries.SitemapSource("answers", sitemaps.AnswerSitemap, order=25))
        registries.sitemaps.register(registries.SitemapSource("archives", sitemaps.ArchiveSitemap, order=30))
        registries.personal_data.register(
            registries.PersonalData(
                "questions",
                ("content.Question", "content.QuestionMessage", "content.QuestionStatusChange"),
                personal.export,
                personal.erase,
                order=20,
            )
        )
        registries.personal_data.register(
            registries.PersonalData(
                "resources-looked-at",
                ("content.Resource",),
                personal.export_looked_at,
                personal.erase_looked_at,
                order=25,
            )
        )
        registries.staff_notes.register(registries.StaffNote("broken-links", staff_notes.broken_links, order=30))
        for name, url_name, permission in EDITOR_TOOLS:
            registries.editor_tools.register(registries.EditorTool(name, url_name, permission))
        registries.demo_loaders.register(registries.DemoLoader("content", demo.load, order=20))
        registries.demo_loaders.register(registries.DemoLoader("questions", demo_questions.load, order=21))
