from . import menus, pages, questions, shelves, terms

__all__ = ["menus", "pages", "questions", "shelves", "terms"]
