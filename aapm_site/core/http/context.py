"""What every template may read."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import lazy

from ..association import association_name

# Asked for where a template says it, and not by a response that says nothing of it.
_name = lazy(association_name, str)


def site(request: HttpRequest) -> dict[str, Any]:
    """The site's name and origin, and whether this is the demonstration."""
    return {"SITE_NAME": _name(), "SITE_ORIGIN": settings.SITE_ORIGIN, "DEMO": settings.DEMO}
