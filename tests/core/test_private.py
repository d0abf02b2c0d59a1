"""Private files are downloads that may do nothing."""

import pytest
from django.core.files.base import ContentFile

from aapm_site.core.files import private


@pytest.mark.parametrize(
    ("content_type", "inline", "disposition"),
    [
        ("image/svg+xml", True, "inline"),
        ("application/pdf", False, "attachment"),
        ("application/pdf", True, "inline"),
        ("text/html", True, "attachment"),
    ],
)
def test_how_a_private_file_is_handed_out(content_type, inline, disposition):
    name = private.storage().save("a/figure", ContentFile(b"<svg/>"))
    with private.storage().open(name) as file:
        response = private.serve(file, filename="fig. 1\r\n.svg", content_type=content_type, inline=inline)
        assert b"".join(response.streaming_content) == b"<svg/>"

    assert response["Content-Disposition"].startswith(disposition)
    assert "\n" not in response["Content-Disposition"]
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
    rights = response["Content-Security-Policy"]
    # browsers show no PDF in a sandbox
    is_shown = inline and content_type == "application/pdf"
    assert ("script-src 'none'" if is_shown else "sandbox") in rights
