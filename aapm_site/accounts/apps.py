from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "aapm_site.accounts"
    label = "accounts"
    verbose_name = "People"
