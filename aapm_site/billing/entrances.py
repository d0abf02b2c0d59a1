"""What billing brings to the doors of the ground floor; called once, when all apps are loaded."""

from aapm_site.accounts.doors import account_entries
from aapm_site.core.registries import account_panels, due_work, staff_notes, staff_tasks

from . import due, panels


def open_all() -> None:
    """Register account panel and menu, personal data, due work, staff tasks and demo content."""
    account_panels.register(panels.ORDERS)
    account_entries.register(panels.ENTRIES)
    due_work.register(due.INVOICE_OVERDUE)
    due_work.register(due.CARD_ABANDONED)
    for task in due.TASKS:
        staff_tasks.register(task)
    for note in due.NOTES:
        staff_notes.register(note)
