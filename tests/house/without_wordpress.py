"""The site's settings as they are when the WordPress import was taken out: not installed, and its folder gone."""

import os
import sys
from importlib.abc import MetaPathFinder

from aapm_site import settings
from aapm_site.settings import *  # noqa: F403 - all the others are the site's own

APP = "content.wordpress"
INSTALLED_APPS = [name for name in settings.INSTALLED_APPS if name != APP]
DATABASES = {"default": {**settings.DATABASES["default"], "NAME": os.environ["DATABASE_OF_THE_TEST"]}}
STORAGES = {
    **settings.STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


class NoFolder(MetaPathFinder):
    """Python finds nothing there."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        if name == APP or name.startswith(f"{APP}."):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


sys.meta_path.insert(0, NoFolder())
