"""The WSGI entry point that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

from aapm_site.core.http.charset import as_utf8

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aapm_site.settings")

application = as_utf8(get_wsgi_application())
