"""The import as a whole: what it makes, that it can be repeated, and what it leaves alone."""

from io import StringIO

import pytest
from django.core.management import call_command

from content.models import Page
from tests.content.wordpress import wxr

pytestmark = pytest.mark.django_db


@pytest.fixture
def bring(tmp_path):
    def run(data, *options, **named):
        file = tmp_path / "export.xml"
        file.write_bytes(data)
        out = StringIO()
        call_command("import_wordpress", str(file), *options, stdout=out, **named)
        return out.getvalue()

    return run


def test_a_page(bring):
    bring(wxr.export(wxr.item(1, "About us", "One.\n\nTwo.", slug="about-us")))
    assert Page.objects.get(path="/about-us/").body == "<p>One.</p><p>Two.</p>"
