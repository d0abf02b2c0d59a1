"""The WSGI entry point that gunicorn serves."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from aapm_site.core.http.charset import as_utf8

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aapm_site.settings")

application = as_utf8(get_wsgi_application())
# What is here now stays for as long as the process: the garbage collector, which else looks through all of it while
# readers wait, leaves it alone.
import_module(settings.ROOT_URLCONF)
gc.collect()
gc.freeze()
