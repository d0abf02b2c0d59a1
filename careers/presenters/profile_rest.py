"""Where a profile stands that rests when nobody confirms it, for the page behind our letters."""

from ..domain.profile_rest import is_asked
from ..models import Profile

TITLES = {
    "asked": "Are you still looking?",
    "rests": "Your profile rests",
    "runs": "Your profile goes on",
    "hidden": "Your profile is hidden",
}


def rest_state(profile: Profile) -> str:
    """One of the keys above. What the person or staff have switched off, no letter switches on."""
    if not (profile.searchable and profile.active) or profile.hidden_at:
        return "hidden"
    if profile.paused_at:
        return "rests"
    return "asked" if is_asked(profile) else "runs"
