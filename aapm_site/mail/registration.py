"""What mail adds to the registries of core; called once, when all apps are loaded."""

from aapm_site.core.admin.first_day import first_steps
from aapm_site.core.background.due import DueWork, due_work
from aapm_site.core.privacy import personal_data
from aapm_site.core.retention import retention_rules

from .domain import delivery
from .first_day import MAIL_TRIED
from .privacy import MAIL
from .retention import RULES


def register() -> None:
    """Register the mail that waits for another try, the test letter, and personal data."""
    due_work.register(
        DueWork(
            delivery.DUE_WORK,
            "Mail waiting for another try",
            delivery.due_deliveries,
            delivery.take_up_delivery,
            order=10,
        )
    )
    first_steps.register(MAIL_TRIED)
    personal_data.register(MAIL)
    for rule in RULES:
        retention_rules.register(rule)
