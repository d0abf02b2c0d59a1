"""Who got or lost a right, and when: triggers write it, so that update() and raw SQL are seen too."""

import pghistory
from django.contrib.auth.models import Group

from .user import User


@pghistory.track(
    pghistory.InsertEvent("group.add"),
    pghistory.DeleteEvent("group.remove"),
    obj_field=None,
    model_name="UserGroupEvent",
)
class UserGroup(User.groups.through):  # type: ignore[name-defined]  # made by Django
    """A person's role, for its history."""

    class Meta:
        proxy = True


@pghistory.track(
    pghistory.InsertEvent("permission.add"),
    pghistory.DeleteEvent("permission.remove"),
    obj_field=None,
    model_name="UserPermissionEvent",
)
class UserPermission(User.user_permissions.through):  # type: ignore[name-defined]  # made by Django
    """A right given to one person, for its history."""

    class Meta:
        proxy = True


@pghistory.track(
    pghistory.InsertEvent("permission.add"),
    pghistory.DeleteEvent("permission.remove"),
    obj_field=None,
    model_name="GroupPermissionEvent",
)
class GroupPermission(Group.permissions.through):  # type: ignore[name-defined]  # made by Django
    """A right given to a role, for its history."""

    class Meta:
        proxy = True
