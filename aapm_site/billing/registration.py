"""What billing adds to the registries below it; called once, when all apps are loaded."""

from aapm_site.accounts.registry import account_entries, account_panels, handovers
from aapm_site.core.admin.first_day import first_steps
from aapm_site.core.admin.home import staff_alerts, staff_queues, staff_tasks
from aapm_site.core.background.due import due_work
from aapm_site.core.demo import DemoLoader, demo_loaders
from aapm_site.core.privacy import personal_data
from aapm_site.mail.registry import mail_kinds

from . import demo, due, letters, panels
from .domain import merging
from .first_day import LETTERHEAD
from .privacy import BILLING


def register() -> None:
    """Register account panel and menu, personal data, due work, staff tasks, demo content and who reads our letters."""
    account_panels.register(panels.ORDERS)
    account_entries.register(panels.ENTRIES)
    first_steps.register(LETTERHEAD)
    personal_data.register(BILLING)
    handovers.register(merging.HANDOVER)
    mail_kinds.register(letters.BILLING)
    # Before the rooms, whose orders print its letterhead.
    demo_loaders.register(DemoLoader("billing", demo.load, order=25))
    due_work.register(due.INVOICE_OVERDUE)
    due_work.register(due.CARD_ABANDONED)
    due_work.register(due.OFFERS_ENDED)
    staff_queues.register(due.OVERDUE)
    for task in due.TASKS:
        staff_tasks.register(task)
    for alert in due.NOTES:
        staff_alerts.register(alert)
