"""What accounts adds to the registries of core and to its own; called once, when all apps are loaded."""

from aapm_site.core.admin.first_day import first_steps
from aapm_site.core.demo import DemoLoader, demo_loaders
from aapm_site.core.menus import MenuSource, menu_sources
from aapm_site.core.privacy import personal_data
from aapm_site.core.starter import starter_kinds

from . import (
    demo,
    receivers,  # noqa: F401 - connects itself to allauth's signals
    starter,
)
from .domain.privacy import ACCOUNT
from .first_day import COLLEAGUES, SECOND_FACTOR
from .registry import AccountEntries, account_entries, account_menu, own_first, own_last


def register() -> None:
    """Register the account's menu with its first and last entries, personal data, places and the demo's people."""
    account_entries.register(AccountEntries("accounts-first", own_first, order=0))
    account_entries.register(AccountEntries("accounts-last", own_last, order=900))
    menu_sources.register(MenuSource("accounts", account_menu, order=10))
    personal_data.register(ACCOUNT)
    first_steps.register(COLLEAGUES)
    first_steps.register(SECOND_FACTOR)
    starter_kinds.register(starter.PLACES)
    demo_loaders.register(DemoLoader("accounts", demo.load, order=10))
