from . import menus, pages, questions, redirects, shelves, terms

__all__ = ["menus", "pages", "questions", "redirects", "shelves", "terms"]
