#!/usr/bin/env python
"""Django's command line for the site."""

import os
import sys

from django.core.management import execute_from_command_line

from aapm_site.core.files.away import FilesAway
from aapm_site.core.runtime.embedded import CannotStart
from aapm_site.core.runtime.env import WrongSetting

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aapm_site.settings")
    try:
        execute_from_command_line(sys.argv)
    except (CannotStart, FilesAway, WrongSetting) as reason:
        sys.exit(str(reason))  # one sentence for the person who started it
    except KeyboardInterrupt:
        sys.exit(130)
