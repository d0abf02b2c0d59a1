"""What billing brings to the doors of the ground floor; called once, when all apps are loaded."""

from aapm_site.accounts.doors import account_entries
from aapm_site.core.registries import (
    DemoLoader,
    account_panels,
    demo_loaders,
    due_work,
    personal_data,
    staff_notes,
    staff_tasks,
)
from aapm_site.mail.doors import Confidential, confidential

from . import demo, due, panels
from .personal import BILLING


def open_all() -> None:
    """Register account panel and menu, personal data, due work, staff tasks, demo content and who reads our letters."""
    account_panels.register(panels.ORDERS)
    account_entries.register(panels.ENTRIES)
    personal_data.register(BILLING)
    confidential.register(Confidential("billing", "billing.view_order"))  # they hold the link to pay
    demo_loaders.register(
        DemoLoader("billing", demo.load, order=25)
    )  # before the rooms, whose orders print its letterhead
    due_work.register(due.INVOICE_OVERDUE)
    due_work.register(due.CARD_ABANDONED)
    for task in due.TASKS:
        staff_tasks.register(task)
    for note in due.NOTES:
        staff_notes.register(note)
