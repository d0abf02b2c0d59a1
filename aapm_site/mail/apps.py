from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "aapm_site.mail"
    label = "mail"
    verbose_name = "Mail"
