"""What core adds to Django: its system checks. Called once, when all apps are loaded."""

from django.core import checks

from .runtime.checks import cookies_are_bound_to_the_host, policy_is_strict


def register() -> None:
    for check in (cookies_are_bound_to_the_host, policy_is_strict):
        checks.register(check, checks.Tags.security, deploy=True)
