"""The address with which a person signs in, which may be missing."""

from typing import Any

from django.db import models


class SignInAddressField(models.EmailField):
    """An e-mail address, or none: the office knows people of whom it has only a letter box.

    The database holds NULL then, so that many may have none; in Python it is an empty text. Who looks for the empty
    address finds nobody: `email=""` is no question about people without one, `email=None` and `isnull` are.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{**options, "null": True, "blank": True})

    def from_db_value(self, value: str | None, *_: Any) -> str:
        return value or ""

    def to_python(self, value: Any) -> Any:
        return super().to_python(value) or ""

    def get_prep_value(self, value: Any) -> Any:
        return None if value is None else super().get_prep_value(value)

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        return None if isinstance(value, str) and not value else super().get_db_prep_save(value, connection)

    def formfield(self, *args: Any, **options: Any) -> Any:
        return super().formfield(*args, **{"empty_value": "", **options})
