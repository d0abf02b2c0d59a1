from . import media, menus, pages, questions, redirects, resources, taxonomy, terms

__all__ = ["media", "menus", "pages", "questions", "resources", "redirects", "taxonomy", "terms"]
