"""The membership room, the journal inside, as a Django app."""

from django.apps import AppConfig


class MembershipConfig(AppConfig):
    name = "membership"
    verbose_name = "Membership and journal"

    def ready(self) -> None:
        from . import doors  # noqa: PLC0415

        doors.open_all()
