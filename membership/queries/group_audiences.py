"""The audiences of pages that are for one group: each is called by the group’s key, which no new name changes."""

from aapm_site.core.audiences import AudienceSource, Pair

from ..models import Group


def offered() -> tuple[Pair, ...]:
    """Those of the groups that are open."""
    return tuple((group.audience, group.name) for group in Group.objects.open())


def known() -> tuple[Pair, ...]:
    return tuple((group.audience, group.name) for group in Group.objects.all())


GROUPS = AudienceSource("groups", offered, known)
