"""Rows that are of a kind of mail."""

from typing import Any, TypeVar

from django.db import models
from django.db.models import Q

from ..registry import kinds_seen_by

Row = TypeVar("Row", bound=models.Model)


class OfKinds(models.QuerySet[Row]):
    """Rows with a `kind`, which is a registered one or begins with its name: billing, billing.paid."""

    def of_kind(self, name: str) -> "OfKinds[Row]":
        return self.filter(_is(name))

    def seen_by(self, person: Any) -> "OfKinds[Row]":
        """What this member of staff may see; what no room has registered is for superusers only."""
        if person.acts_as_superuser:
            return self
        kinds = [_is(kind.name) for kind in kinds_seen_by(person)]
        return self.filter(Q(*kinds, _connector=Q.OR)) if kinds else self.none()


def _is(name: str) -> Q:
    return Q(kind=name) | Q(kind__startswith=f"{name}.")
