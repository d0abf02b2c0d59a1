"""Where migrations look for the storage of private files; see core.files.private."""

from .files.private import storage

__all__ = ["storage"]
