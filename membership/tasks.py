"""What the worker does for membership."""

from .domain.member_imports import apply_import, check_import

__all__ = ["apply_import", "check_import"]
