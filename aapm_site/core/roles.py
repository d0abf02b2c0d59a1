"""Staff roles: groups that data migrations create and give permissions to.

What each may do by now, all migrations together, is written down in tests/house/access_admin.py.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.management import create_permissions

CONTENT_EDITOR = "Content editor"
CAREERS_STAFF = "Careers staff"
MEMBERSHIP_STAFF = "Membership staff"
JOURNAL_EDITOR = "Journal editor"
FINANCE = "Finance"
ADMINISTRATOR = "Administrator"
# What a role may do, as it stands beside its box.
ROLE_WORDS = {
    CONTENT_EDITOR: "Writes and publishes pages, news and resources, and answers questions from the public.",
    CAREERS_STAFF: "Reviews positions, looks after employers and gives them postings.",
    MEMBERSHIP_STAFF: "Decides on applications, looks after members, their terms and their accounts.",
    JOURNAL_EDITOR: "Puts issues and articles of the journal on the site.",
    FINANCE: "Records payments, refunds and orders, and sees the books.",
    ADMINISTRATOR: "All of this, and invites staff and gives roles.",
}
ROLES = (CONTENT_EDITOR, CAREERS_STAFF, MEMBERSHIP_STAFF, JOURNAL_EDITOR, FINANCE, ADMINISTRATOR)


def grant(apps: Any, app_label: str, role: str, codenames: Iterable[str]) -> None:
    """Give a role permissions of one app, in a data migration; the administrator role gets them too.

    Permissions are normally made after all migrations, so they are made here first. A codename that does not exist
    raises LookupError: a typo must not leave a role without its right.
    """
    config = apps.get_app_config(app_label)
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    wanted = set(codenames)
    found = list(Permission.objects.filter(content_type__app_label=app_label, codename__in=wanted))
    if missing := wanted - {permission.codename for permission in found}:
        raise LookupError(f"No permission {', '.join(sorted(missing))} in {app_label}.")
    for name in {role, ADMINISTRATOR}:
        Group.objects.get_or_create(name=name)[0].permissions.add(*found)


def withdraw(apps: Any, app_label: str, role: str, codenames: Iterable[str]) -> None:
    """Take permissions of one app from a role, in a data migration; administrators keep them."""
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    taken = Permission.objects.filter(content_type__app_label=app_label, codename__in=set(codenames))
    for group in Group.objects.filter(name=role):
        group.permissions.remove(*taken)


def crud(*models: str, delete: bool = True) -> list[str]:
    """The codenames of view, add, change (and delete) for model names."""
    verbs = ("view", "add", "change", "delete") if delete else ("view", "add", "change")
    return [f"{verb}_{model}" for model in models for verb in verbs]
