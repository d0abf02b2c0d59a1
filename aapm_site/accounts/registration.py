"""What accounts adds to the registries of core and to its own; called once, when all apps are loaded."""

from aapm_site.core.admin.first_day import first_steps
from aapm_site.core.admin.home import staff_queues, staff_tasks
from aapm_site.core.background.due import DueWork, due_work
from aapm_site.core.demo import DemoLoader, demo_loaders
from aapm_site.core.menus import MenuSource, menu_sources
from aapm_site.core.privacy import personal_data
from aapm_site.core.retention import retention_rules
from aapm_site.mail.registry import AddressProof, MailKind, OpenLetter, address_proofs, mail_kinds

from . import (
    demo,
    receivers,  # noqa: F401 - connects itself to allauth's signals
    retention,
)
from .domain import recoveries
from .domain.privacy import ACCOUNT
from .first_day import COLLEAGUES, SECOND_FACTOR
from .panels import MAIL
from .passage.scopes import SCOPES
from .queries.addresses import confirmed_by_a_code, entered_by_staff
from .registry import (
    AccountEntries,
    account_entries,
    account_menu,
    account_panels,
    own_first,
    own_last,
    passage_scopes,
)
from .staff_tasks import INVITE, NEW_ADDRESSES, RECOVERIES, WITHOUT_MAIL

# Codes and notices name no person: the first go to addresses that are yet to be confirmed, some of the others to one
# that an account has just left.
LETTERS = MailKind(
    "account",
    "Sign-in and account",
    "accounts.view_user",
    (
        OpenLetter(
            "accounts/",
            reads=("code", "ip", "device", "timestamp", "from_email", "to_email", "due_at", "token", "deleted_email"),
        ),
    ),
)


def register() -> None:
    """Register the account's menu with its first and last entries, personal data, retention and the demo's people."""
    account_entries.register(AccountEntries("accounts-first", own_first, order=0))
    account_entries.register(AccountEntries("accounts-last", own_last, order=900))
    account_panels.register(MAIL)
    menu_sources.register(MenuSource("accounts", account_menu, order=10))
    personal_data.register(ACCOUNT)
    for scope in SCOPES:
        passage_scopes.register(scope)
    first_steps.register(COLLEAGUES)
    first_steps.register(SECOND_FACTOR)
    for rule in retention.RULES:
        retention_rules.register(rule)
    staff_tasks.register(INVITE)
    staff_queues.register(RECOVERIES)
    staff_queues.register(NEW_ADDRESSES)
    staff_queues.register(WITHOUT_MAIL)
    due_work.register(
        DueWork(
            recoveries.DUE_WORK,
            "Recoveries of accounts",
            recoveries.due_recoveries,
            recoveries.carry_out_recovery,
            permission="accounts.view_accountrecovery",
            order=5,
        )
    )
    demo_loaders.register(DemoLoader("accounts", demo.load, order=10))
    mail_kinds.register(LETTERS)
    address_proofs.register(AddressProof("accounts", confirmed_by_a_code, order=10))
    address_proofs.register(AddressProof("accounts-of-staff", entered_by_staff, order=11))
