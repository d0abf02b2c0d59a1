from . import menus, pages, questions

__all__ = ["menus", "pages", "questions"]
