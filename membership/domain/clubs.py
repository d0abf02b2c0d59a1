"""Journal clubs of groups: chairs plan them and call them off."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.core.transitions import NotAllowed
from membership.journal.models import Article

from ..models import ClubMeeting, Group
from .groups import lock_chair

MOST_AHEAD = 24  # of one group


@transaction.atomic
def plan_club(group: Group, article: Article, *, by: User, meets_on: date, place: str) -> ClubMeeting:
    """Put an article on the group's page for a day; the same once more changes its place and nothing else.

    NotAllowed for who is no chair now, for a closed group, for a day that is over, and when very many lie ahead. Locks
    the group and the chair's row, so that of many presses at once none goes over the number.
    """
    today = timezone.localdate()
    if meets_on < today:
        raise NotAllowed("That day is over. Choose today or a later one.")
    locked = Group.objects.select_for_update(no_key=True).get(pk=group.pk)
    lock_chair(by, locked)
    if locked.closed_at:
        raise NotAllowed("This group is closed.")
    ahead = ClubMeeting.objects.filter(group=locked).ahead(today)
    found = ahead.filter(article=article, meets_on=meets_on).first()
    if found is None and ahead.count() >= MOST_AHEAD:
        raise NotAllowed(f"{MOST_AHEAD} journal clubs of this group lie ahead. Call one of them off first.")
    meeting = found or ClubMeeting(group=locked, article=article, meets_on=meets_on)
    meeting.place = place
    meeting.save()
    return meeting


@transaction.atomic
def call_off(meeting: ClubMeeting, *, by: User) -> None:
    """Take it off the group's page. NotAllowed for who is no chair now."""
    lock_chair(by, meeting.group)
    meeting.delete()
