"""Whether list mail may go to an address, and the mark that says no. Each delivery asks (delivery.py)."""

from typing import Any

import structlog
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Lower

from ..models import OutgoingEmail, UndeliverableAddress
from ..registry import UnknownKind, kind_of

log = structlog.get_logger(__name__)


def undeliverable_rows(address: str) -> QuerySet[UndeliverableAddress]:
    """The mark of an address, if it has one; capitals do not count."""
    return UndeliverableAddress.objects.filter(address=address.lower(), lifted_at=None)


def with_undeliverable(rows: QuerySet[Any], field: str) -> QuerySet[Any]:
    """Those whose address in this field is marked, each with `marked_since`."""
    marks = UndeliverableAddress.objects.filter(lifted_at=None)
    since = marks.filter(address=Lower(OuterRef(field))).values("since")[:1]
    stored = rows.alias(stored_address=Lower(field)).filter(stored_address__in=marks.values("address"))
    return stored.annotate(marked_since=Subquery(since))


def is_undeliverable(address: str) -> bool:
    return undeliverable_rows(address).exists()


def is_list_mail(email: OutgoingEmail) -> bool:
    """Whether it is regular mail that the reader can do without: a subscription's, or of a kind that says so."""
    try:
        return email.subscription_id is not None or kind_of(email.kind).is_list
    except UnknownKind:
        return False


def mark_undeliverable(
    address: str, source: str, reason: str, *, letter: OutgoingEmail | None = None, by: Any = None
) -> UndeliverableAddress | None:
    """Stop list mail to the address; None when that is so already. Of several at once one is written."""
    row = UndeliverableAddress(
        address=address.lower(),
        source=source,
        reason=reason,
        letter=letter,
        kind=letter.kind if letter else "",
        entered_by=by,
    )
    UndeliverableAddress.objects.bulk_create([row], ignore_conflicts=True)
    found = undeliverable_rows(address).filter(since=row.since, source=source).first()
    if found is not None:
        log.warning("mail.undeliverable", source=source, letter=letter.public_id if letter else "")
    return found
