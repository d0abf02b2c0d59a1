"""Membership and the journal in the admin; importing a module registers its tables."""

from membership.journal import admin as journal_admin

from . import (
    applications,
    bundles,
    consents,
    directory,
    finder,
    groups,
    lists,
    member_imports,
    member_letters,
    member_lists,
    members,
    plans,
    reminders,
    seat_reminders,
    why,
)

__all__ = [
    "applications",
    "bundles",
    "consents",
    "directory",
    "finder",
    "groups",
    "journal_admin",
    "lists",
    "member_imports",
    "member_letters",
    "member_lists",
    "members",
    "plans",
    "reminders",
    "seat_reminders",
    "why",
]
