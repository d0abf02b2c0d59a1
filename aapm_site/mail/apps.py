from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "aapm_site.mail"
    label = "mail"
    verbose_name = "Mail"

    def ready(self) -> None:
        from aapm_site.core.registries import DueWork, due_work, personal_data  # noqa: PLC0415 - needs the app registry

        from . import personal  # noqa: PLC0415
        from .domain import delivery  # noqa: PLC0415

        due_work.register(
            DueWork(delivery.DUE_WORK, "Mail waiting for another try", delivery.due, delivery.take_up, order=10)
        )
        personal_data.register(personal.MAIL)
