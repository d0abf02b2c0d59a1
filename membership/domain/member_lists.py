"""Saved lists of members, and the record of what was exported."""

from typing import Any

from django.db.models import QuerySet

from ..models import MemberExport, Membership


def record_export(members: QuerySet[Membership], what: str, purpose: str, *, by: Any) -> MemberExport:
    """Write down who takes which list out of the site, before its first line is sent. The record is never changed."""
    return MemberExport.objects.create(by=by, what=what, purpose=purpose, number=members.order_by().count())
