"""How a person is found at each request, and what their roles let them do: statements that are written once."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import Permission

from aapm_site.core.statements import PERSON, Prepared

from .models import User

_PERSON = Prepared[User](lambda: User.objects.filter(pk=PERSON)[:1])
_NAMES = ("content_type__app_label", "codename")
# By the names that Django has for the two ways to a right.
_GRANTED = {
    "user": Prepared[tuple[str, str]](lambda: Permission.objects.filter(user=PERSON).order_by().values_list(*_NAMES)),
    "group": Prepared[tuple[str, str]](
        lambda: Permission.objects.filter(group__user=PERSON).order_by().values_list(*_NAMES)
    ),
}


class AccountBackend(AuthenticationBackend):
    """allauth's own. Everybody who is signed in asks these questions with each page."""

    def get_user(self, user_id: Any) -> User | None:
        person = _PERSON.first(person=user_id)
        return person if person is not None and self.user_can_authenticate(person) else None

    def _get_permissions(self, user_obj: Any, obj: Any, from_name: str) -> set[str]:
        """Django's own, which decides who has any and keeps what was found with the person; only found otherwise."""
        kept = f"_{from_name}_perm_cache"
        if user_obj.is_active and obj is None and not user_obj.is_superuser and kept not in user_obj.__dict__:
            granted = _GRANTED[from_name].rows(person=user_obj.pk)
            setattr(user_obj, kept, {f"{app}.{name}" for app, name in granted})
        return super()._get_permissions(user_obj, obj, from_name)
