from . import menus, pages, questions, redirects, resources, shelves, terms

__all__ = ["menus", "pages", "questions", "resources", "redirects", "shelves", "terms"]
