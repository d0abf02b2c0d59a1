"""What core adds to Django, its system checks, and to its own registries; called once, when all apps are loaded."""

from django.core import checks

from .admin.association_step import ASSOCIATION
from .admin.first_day import first_steps
from .admin.home import StaffAlert, staff_alerts
from .admin.starter_note import STARTER_CONTENT, starter_content_missing
from .association_demo import load as load_association
from .background.silence import worker_stands_still
from .demo import DemoLoader, demo_loaders
from .forgotten import RULES
from .retention import retention_rules
from .runtime.checks import cookies_are_bound_to_the_host, policy_is_strict


def register() -> None:
    for check in (cookies_are_bound_to_the_host, policy_is_strict):
        checks.register(check, checks.Tags.security, deploy=True)
    for rule in RULES:
        retention_rules.register(rule)
    first_steps.register(STARTER_CONTENT)
    first_steps.register(ASSOCIATION)
    staff_alerts.register(StaffAlert("worker-silence", worker_stands_still, order=1))
    staff_alerts.register(StaffAlert("starter-content", starter_content_missing, order=10))
    # Before billing, whose papers print it.
    demo_loaders.register(DemoLoader("association", load_association, order=5))
