"""What staff do to meetings: written, announced, called off."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from aapm_site.accounts.people import Actor
from aapm_site.core.transitions import NotAllowed, move
from content.domain import media
from content.models import Meeting
from content.states import MeetingStatus

# What calendars show: a change of it is one that they must be told.
TOLD = (
    *("title", "slug", "summary", "starts_on", "starts_time", "ends_on", "ends_time", "time_zone"),
    *("format", "venue", "street", "town", "region"),
)
# What buttons decide, or the database makes.
NOT_BY_EDITORS = {"status", "published_at", "canceled_at", "canceled_because", "sequence"}
WRITTEN = [
    field.name
    for field in Meeting._meta.concrete_fields
    if not (field.primary_key or field.generated or field.name in NOT_BY_EDITORS)
]
FIXED = "Its address has been public, and people may have kept it. It stays as it is."
OVER = "It is over, so nobody is told any more. Its page can still be corrected."


def save_meeting(meeting: Meeting) -> Meeting:
    """Store a new or an edited one. Never writes what buttons decide.

    Locks the row, so that two changes count as two for the calendars that follow. Raises ValidationError when the
    address of one that was public would change.
    """
    with transaction.atomic():
        before = Meeting.objects.select_for_update().filter(pk=meeting.pk).first() if meeting.pk else None
        if before is None:
            meeting.save()
        else:
            if before.published_at and before.slug != meeting.slug:
                raise ValidationError({"slug": FIXED})
            is_news = any(getattr(before, name) != getattr(meeting, name) for name in TOLD)
            meeting.sequence = before.sequence + (1 if is_news and before.published_at else 0)
            meeting.save(update_fields=[*WRITTEN, "sequence"])
            # What the database makes of days and hours, and what somebody may have decided meanwhile.
            meeting.refresh_from_db()
        media.keep_named(meeting.body)
    return meeting


def publish_meeting(meeting: Meeting, *, by: Actor, reason: str = "") -> Meeting:
    """Everybody reads it from now on; the day of the first time is kept. Raises NotAllowed."""
    with transaction.atomic():
        locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
        at = locked.published_at or timezone.now()
        return _told(locked, MeetingStatus.PUBLISHED, "publish", by, reason, published_at=at)


def withdraw_meeting(meeting: Meeting, *, by: Actor, reason: str = "") -> Meeting:
    """Nobody finds it any more, until it is published again. Raises NotAllowed."""
    with transaction.atomic():
        locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
        return _told(locked, MeetingStatus.DRAFT, "withdraw", by, reason)


def cancel_meeting(meeting: Meeting, *, by: Actor, reason: str) -> Meeting:
    """Its page says that it is canceled and why; calendars are told. Raises NotAllowed, also once it is over."""
    with transaction.atomic():
        locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
        if locked.ends_at <= timezone.now():
            raise NotAllowed(OVER)
        return _told(locked, MeetingStatus.CANCELED, "cancel", by, reason, canceled_because=reason.strip())


def reinstate_meeting(meeting: Meeting, *, by: Actor, reason: str = "") -> Meeting:
    """It takes place after all. Raises NotAllowed."""
    with transaction.atomic():
        locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
        return _told(locked, MeetingStatus.PUBLISHED, "reinstate", by, reason, canceled_at=None, canceled_because="")


def _told(locked: Meeting, to: str, verb: str, by: Actor, reason: str, **changes: object) -> Meeting:
    """The step, as a change of which calendars hear; the row is locked by whoever calls."""
    return move(
        locked,
        to,
        by=by,
        reason=reason,
        verb=verb,
        is_locked=True,
        sequence=locked.sequence + (1 if locked.published_at else 0),
        updated_at=timezone.now(),
        **changes,
    )
