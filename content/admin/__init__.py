from . import media, menus, pages, questions, redirects, resources, shelves, terms

__all__ = ["media", "menus", "pages", "questions", "resources", "redirects", "shelves", "terms"]
