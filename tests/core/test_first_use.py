"""A web worker starts without the libraries that few requests need; they come in when they are used."""

import json
import os
import subprocess
import sys

from django.conf import settings

from aapm_site.core.first_use import on_first_use

LARGE = ["PIL", "boto3", "botocore", "fontTools", "fpdf", "lxml", "pikepdf", "stripe"]
START = """
import json, sys
import aapm_site.wsgi
from django.urls import get_resolver
get_resolver().url_patterns
print(json.dumps([name for name in {large} if name in sys.modules]))
from aapm_site.billing.pdf import unprintable
from aapm_site.billing.pdf.sheet import Sheet
from aapm_site.billing.gateways import card
assert unprintable("a") == ""
card.stripe.StripeClient
print(json.dumps([name for name in {large} if name in sys.modules]))
"""


def test_the_application_is_imported_without_large_libraries(tmp_path):
    # A database that nobody asks: importing the application needs none.
    nowhere = {"DATABASE_URL": "postgresql://nobody@localhost:1/none", "SECRET_KEY": "x" * 50, "FACTOR_KEYS": "x" * 32}
    environment = os.environ | nowhere | {"SITE_ORIGIN": "https://www.example.org", "VAR_DIR": str(tmp_path)}
    command = [sys.executable, "-c", START.format(large=LARGE)]
    asked = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False)
    assert asked.returncode == 0, asked.stderr
    before, after = map(json.loads, asked.stdout.splitlines())
    assert before == []
    assert "fontTools" in after
    assert "stripe" in after


def test_what_stands_for_a_module_gives_what_the_module_has():
    assert on_first_use("json").loads is json.loads
