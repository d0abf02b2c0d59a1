"""How the place of a position is said."""

from aapm_site.accounts.us_states import STATE_NAMES


def in_words(city: str, state_code: str) -> str:
    """Portland, Maine: the state is written out, so that it reads and is found by its name."""
    return f"{city}, {STATE_NAMES.get(state_code, state_code)}"
