"""What mail adds to the registries of core and to its own; called once, when all apps are loaded."""

from django.db.models import QuerySet
from django.db.models.functions import Lower

from aapm_site.core.admin.first_day import first_steps
from aapm_site.core.admin.home import StaffAlert, staff_alerts, staff_queues
from aapm_site.core.background.due import DueWork, due_work
from aapm_site.core.privacy import personal_data
from aapm_site.core.retention import retention_rules

from .domain import delivery
from .first_day import MAIL_TRIED
from .models import Subscription
from .privacy import MAIL
from .registry import AddressProof, MailKind, OpenLetter, address_proofs, mail_kinds
from .retention import RULES
from .staff_alerts import kept_back
from .undelivered import UNDELIVERED

CONFIRMATIONS = MailKind(
    "subscription",
    "List mail to be confirmed",
    "mail.view_subscription",
    (OpenLetter("mail/confirm", reads=("title", "token")), OpenLetter("mail/try_again", reads=("token",))),
)
TEST_LETTERS = MailKind(
    "test",
    "Test letters",
    "mail.view_outgoingemail",
    (OpenLetter("mail/test_letter", reads=("asked_at",), by_staff=True),),
)


def register() -> None:
    """Register due work, kinds of mail, known addresses, the test letter, the staff's note and personal data."""
    due_work.register(
        DueWork(
            delivery.DUE_WORK,
            "Mail waiting for another try",
            delivery.due_deliveries,
            delivery.take_up_delivery,
            permission="mail.view_outgoingemail",
            order=10,
        )
    )
    first_steps.register(MAIL_TRIED)
    for kind in (CONFIRMATIONS, TEST_LETTERS):
        mail_kinds.register(kind)
    address_proofs.register(AddressProof("subscriptions", _confirmed_list_mail, order=20))
    staff_alerts.register(StaffAlert("mail-kept-back", kept_back, order=60))
    staff_queues.register(UNDELIVERED)
    personal_data.register(MAIL)
    for rule in RULES:
        retention_rules.register(rule)


def _confirmed_list_mail(address: str) -> QuerySet[Subscription]:
    by_address = Subscription.objects.alias(lower_address=Lower("email")).exclude(email="")
    return by_address.filter(lower_address=address.lower(), confirmed_at__isnull=False)
