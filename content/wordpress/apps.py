"""The import as a Django app: its line in INSTALLED_APPS and this folder can go once a site has moved in."""

from django.apps import AppConfig


class WordPressConfig(AppConfig):
    name = "content.wordpress"
    label = "wordpress"
    verbose_name = "Import from WordPress"
