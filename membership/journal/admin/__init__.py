"""The journal in the admin."""

from . import articles, collections, issues, usage

__all__ = ["articles", "collections", "issues", "usage"]
