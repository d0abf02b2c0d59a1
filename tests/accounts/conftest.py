import re

import pytest
from django.core.cache import cache

from aapm_site.mail.models import OutgoingEmail
from tests.mail.conftest import templates

__all__ = ["templates"]


@pytest.fixture(autouse=True)
def _no_limits_left_over(request):
    """allauth's limits are counted in the shared cache: a transaction's end undoes them there, but not in Redis."""
    if request.node.get_closest_marker("django_db"):
        cache.clear()


@pytest.fixture
def mailed_code():
    """The code in the newest message of this template."""

    def read(template: str) -> str:
        text = OutgoingEmail.objects.filter(template=f"accounts/{template}").first().text
        return re.search(r"^([A-Z0-9]{4,}(?:-[A-Z0-9]+)?)$", text, re.MULTILINE).group(1)

    return read
