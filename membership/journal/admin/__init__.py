"""The journal in the admin."""

from . import articles, issues

__all__ = ["articles", "issues"]
