"""The staff's pages: the site of the admin, what its pages share, and the ground floor's own tables."""

from . import association, retention, tables  # noqa: F401 - registers them
