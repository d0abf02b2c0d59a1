from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "aapm_site.accounts"
    label = "accounts"
    verbose_name = "People"

    def ready(self) -> None:
        # These need the app registry.
        from aapm_site.core.registries import DemoLoader, MenuSource, demo_loaders, menus, personal_data  # noqa: PLC0415

        from . import demo, doors, receivers  # noqa: F401, PLC0415
        from .domain import privacy  # noqa: PLC0415

        doors.account_entries.register(doors.AccountEntries("accounts-first", doors.own_first, order=0))
        doors.account_entries.register(doors.AccountEntries("accounts-last", doors.own_last, order=900))
        menus.register(MenuSource("accounts", doors.account_menu, order=10))
        personal_data.register(privacy.ACCOUNT)
        demo_loaders.register(DemoLoader("accounts", demo.load, order=10))
