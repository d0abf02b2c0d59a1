from . import menus, pages, questions, shelves

__all__ = ["menus", "pages", "questions", "shelves"]
