"""The criteria of a saved search of profiles as columns, as domain/alert_criteria.py does it for alerts."""

from typing import Any

from ..criteria import Tags
from ..profile_criteria import ProfileCriteria
from ..queries.near import cells
from ..queries.profile_words import word_groups
from .alert_criteria import compared, rarest_of

NOBODY = "nobody"  # the key that no profile has: of a word that is in no list
# From what fewest profiles have to what most have. Typed words stand last: one may mean half of a list.
BY_RARITY = (
    "procedure", "language", "visa", "certified", "specialty", "licensed", "state", "stage", "setting", "remote",
    "years", "profession",
)  # fmt: skip


def compiled_profile_search(criteria: ProfileCriteria) -> dict[str, Any]:
    """The values of the columns by which a saved search is compared."""
    words = {f"word {number}": tags for number, tags in enumerate(word_groups(criteria.words), start=1)}
    groups = criteria.groups | words
    near = criteria.near
    return {
        "keys": profile_keys(criteria, groups),
        "available_by": criteria.available_by,
        "near_state": near.state_code if near else "",
        **compared([tags for tags in groups.values() if tags], near),
    }


def profile_keys(criteria: ProfileCriteria, groups: dict[str, Tags]) -> list[str]:
    """Of these a profile has one, or it does not fit."""
    if not all(groups.values()):
        return [NOBODY]
    if near := criteria.near:
        return [*(f"cell:{number}" for number in cells(near)), f"anywhere:{near.state_code}"]
    return rarest_of(groups, (*BY_RARITY, *groups))
