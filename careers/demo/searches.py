"""The demonstration's employer has saved searches of profiles: one that has told of somebody, and one that waits."""

from datetime import timedelta

from django.utils import timezone

from ..choices import AlertPace
from ..domain.profile_search_letters import BATCH, write_profile_letters
from ..domain.profile_search_matching import find_for
from ..domain.profile_searches import WantedSearch, save_profile_search
from ..models import EmployerMember, ProfileAppearance, ProfileSearch
from ..profile_criteria import ProfileCriteria
from ..queries.profile_access import search_standing

SAVED = (
    ("Physicians", AlertPace.AT_ONCE, ProfileCriteria(professions=("physician",))),
    ("Everybody, on Mondays", AlertPace.WEEKLY, ProfileCriteria()),
)
NEW = 3  # of the people appear two hours ago; the others are no news


def load_searches(owner: str) -> int:
    """How many were saved: once, so that what somebody has done with them stays done."""
    member = EmployerMember.objects.select_related("employer", "user").filter(user__email=owner).first()
    now = timezone.now()
    if member is None or not search_standing(member.employer, now).is_open or ProfileSearch.objects.exists():
        return 0
    made = [save_profile_search(member, WantedSearch(name, pace), criteria) for name, pace, criteria in SAVED]
    there = ProfileAppearance.objects.filter(left_at=None, profile__profession__slug="physician")
    for appearance in there.order_by("-profile__updated_at")[:NEW]:
        find_for(appearance, now - timedelta(hours=2))
    ProfileAppearance.objects.filter(matched_at=None).update(matched_at=now)
    write_profile_letters(str(made[0].subscription_id // BATCH))
    return len(made)
