"""The WordPress import can be taken out: the site runs without it, and what it brought goes on as before."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from content.models import Page
from tests.content.wordpress import wxr
from tests.house.source import ROOT

# One process for all, since starting one is what takes the time.
WITHOUT_IT = """
import json

import django

django.setup()

from django.core.management import call_command, get_commands
from django.test import Client

from content.models import ImportedItem, Page

call_command("check", fail_level="WARNING")
visitor = Client(headers={"host": "localhost"})
seen = {"command": "import_wordpress" in get_commands()}
for address in ("/", "/about/", "/old/about-us/", "/?p=1", "/news/", "/search/?q=About", "/admin/login/"):
    response = visitor.get(address)
    seen[address] = [response.status_code, response.get("Location", "")]
seen["notes"] = ImportedItem.objects.count()
Page.objects.get(path="/about/").delete()
seen["notes without their page"] = ImportedItem.objects.filter(page=None).count()
print(json.dumps(seen))
"""


def test_the_import_is_one_line_of_the_settings():
    assert settings.INSTALLED_APPS.count("content.wordpress") == 1
    assert (ROOT / "aapm_site" / "settings.py").read_text().count("wordpress") == 1


@pytest.mark.django_db(transaction=True)
def test_what_it_brought_goes_on_without_it(tmp_path):
    export = tmp_path / "export.xml"
    export.write_bytes(
        wxr.export(wxr.item(1, "About", "<p>About the Academy.</p>", slug="about", link=f"{wxr.SITE}/old/about-us/"))
    )
    call_command("import_wordpress", str(export), verbosity=0)
    assert Page.objects.get().path == "/about/"

    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_IT],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.house.without_wordpress",
            "DATABASE_OF_THE_TEST": connection.settings_dict["NAME"],
            "STATIC_ROOT": str(tmp_path),
        },
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    checked, seen = done.stdout.splitlines()
    assert checked == "System check identified no issues (0 silenced)."
    assert json.loads(seen) == {
        "command": False,
        "/": [200, ""],
        "/about/": [200, ""],
        "/old/about-us/": [301, "/about/"],
        "/?p=1": [301, "/about/"],
        "/news/": [200, ""],
        "/search/?q=About": [200, ""],
        "/admin/login/": [302, "/accounts/login/?next=%2Fadmin%2Flogin%2F"],
        "notes": 1,
        "notes without their page": 1,
    }
