"""What every template may read."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from ..seo import SITE_NAME


def site(request: HttpRequest) -> dict[str, Any]:
    """The site's name and origin, and whether this is the demonstration."""
    return {"SITE_NAME": SITE_NAME, "SITE_ORIGIN": settings.SITE_ORIGIN, "DEMO": settings.DEMO}
