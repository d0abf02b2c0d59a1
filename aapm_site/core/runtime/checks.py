"""System checks for what Django's own do not look at; run by `check --deploy`."""

from typing import Any

from django.conf import settings
from django.core.checks import Error


def cookies_are_bound_to_the_host(**_: Any) -> list[Error]:
    """Behind https the cookies carry the __Host- prefix, which no subdomain can set."""
    return [
        Error(f"{name} does not begin with __Host-.", id=f"core.E00{place}")
        for place, name in ((1, "SESSION_COOKIE_NAME"), (2, "CSRF_COOKIE_NAME"), (4, "DEVICE_COOKIE_NAME"))
        if not getattr(settings, name).startswith("__Host-")
    ]


def policy_is_strict(**_: Any) -> list[Error]:
    """The content security policy begins with nothing and allows no inline code."""
    directives: dict[str, Any] = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    loose = [name for name, sources in directives.items() if "'unsafe-inline'" in sources or "*" in sources]
    if directives["default-src"] != ["'none'"] or loose:
        return [Error("The content security policy is not strict.", id="core.E003")]
    return []
