"""Public identifiers: random, so that nobody can count or guess them."""

import secrets
from collections.abc import Sequence
from typing import Any

from django.db import models

LENGTH = 16  # url-safe characters; 96 bits


def public_id() -> str:
    """A new random identifier of 16 URL-safe characters."""
    return secrets.token_urlsafe(12)


class PublicIdField(models.CharField):
    """A unique, random identifier that is made once and shown in addresses."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.update(max_length=LENGTH, unique=True, default=public_id, editable=False)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("max_length", "unique", "default", "editable"):
            kwargs.pop(fixed, None)
        return name, path, args, kwargs
