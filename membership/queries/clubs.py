"""Journal clubs as people of a group see them."""

from datetime import date

from django.db.models import QuerySet

from aapm_site.accounts.people import Visitor
from membership.journal.models import Article

from ..models import ClubMeeting, Group, GroupMember


def clubs_of(group: Group, on: date) -> QuerySet[ClubMeeting]:
    """Those ahead, each with its article, for people who are in the group. Articles that are not out are left out."""
    ahead = ClubMeeting.objects.filter(group=group).ahead(on)
    return (
        ahead.filter(article__in=Article.objects.published(on))
        .select_related("article")
        .only("meets_on", "place", "group_id", "article__slug", "article__title", "article__byline")
    )


def clubs_with(article: int, person: Visitor, on: date) -> QuerySet[ClubMeeting]:
    """Where a person's own groups meet about the article of a key; nothing for visitors."""
    mine = GroupMember.objects.filter(membership__user_id=person.pk).values("group")
    return ClubMeeting.objects.filter(article=article, group__in=mine).ahead(on).select_related("group")


def led_by(person: Visitor) -> QuerySet[Group]:
    """The open groups of which a person is a chair."""
    led = GroupMember.objects.filter(membership__user_id=person.pk, chair_since__isnull=False).values("group")
    return Group.objects.open().filter(pk__in=led)
