"""What the search of profiles says: its bands, its rows, the chosen filters, and why it shows nobody."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.utils.dateformat import format as format_date

from ..forms.profile_filters import CHANGED_WORDS, FACETS
from ..models import Profile
from ..profile_alias import alias_of
from ..profile_criteria import ProfileCriteria
from ..queries.choices import profile_choices
from ..queries.profile_finding import FEWEST, FoundProfiles
from ..queries.profile_reach import PositionReach
from .profile import plain_headline
from .search import FilterGroup, SearchLink, written_boxes

FORM = "profile-search"
BANDS = ((10, "under 10"), (25, "10 to 25"), (50, "25 to 50"), (101, "50 to 100"))
MOST = "more than 100"
WEEK, MONTH = timedelta(days=7), timedelta(days=30)


def band(count: int) -> str:
    """How many, as coarsely as it is said; counted up to 101."""
    return next((words for below, words in BANDS if count < below), MOST)


def reach_in_words(reach: PositionReach | None) -> str:
    """How many profiles match a position, in a band; empty without one."""
    if reach is None:
        return ""
    words = band(reach.count)
    return f"{words[:1].upper()}{words[1:]} profiles match “{reach.title}”."


@dataclass(frozen=True)
class ProfileRow:
    """One of a list: no more than what the press of a button is asked for, and when it was changed, coarsely."""

    alias: str
    headline: str
    changed: str
    is_opened: bool


def profile_rows(profiles: Iterable[Profile], employer: int, at: datetime, opened: Collection[int]) -> list[ProfileRow]:
    return [
        ProfileRow(alias_of(one.pk, employer), plain_headline(one), changed(one.updated_at, at), one.pk in opened)
        for one in profiles
    ]


def changed(on: datetime, at: datetime) -> str:
    """A day would tell whose profile it is to somebody who saw them write it."""
    if at - on < WEEK:
        return "Changed within a week"
    return "Changed within a month" if at - on < MONTH else "Changed more than a month ago"


def address(path: str, criteria: ProfileCriteria, **more: str) -> str:
    """The list by these criteria."""
    pairs = [(key, value) for key, values in criteria.chosen.items() for value in values]
    pairs += [(key, value) for key, value in more.items() if value]
    return f"{path}?{urlencode(pairs)}" if pairs else path


def chosen_filters(path: str, criteria: ProfileCriteria) -> list[dict[str, str]]:
    """What is chosen in words, each with the address of the same list without it."""
    return [
        {"text": text, "url": address(path, criteria.without(key, value))}
        for key, values in criteria.chosen.items()
        for value in values
        if (text := _words_of(criteria, key, value))
    ]


def _words_of(criteria: ProfileCriteria, key: str, value: str) -> str:
    if key == "near":
        (distance,) = criteria.values("miles")
        return f"Within {distance} miles of {value}"
    if key in FACETS:
        words = dict(profile_choices(key)).get(value, "")  # a kept search may ask for what is in no list any more
        return f"{FACETS[key]} {words}" if words and key in {"licensed", "state"} else words
    single = {
        "q": f"“{value}”",
        "miles": "",
        "years": f"At least {criteria.years} year{'' if criteria.years == 1 else 's'} of practice",
        "since": f"Changed {CHANGED_WORDS.get(criteria.since_days, '')[:1].lower()}"
        f"{CHANGED_WORDS.get(criteria.since_days, '')[1:]}",
        "by": "",
    }
    if key == "by" and criteria.available_by:
        return f"Could begin by {format_date(criteria.available_by, 'F Y')}"
    return single[key]


def profile_facets(criteria: ProfileCriteria) -> list[FilterGroup]:
    """The groups of filters. Beside none of their values stands a number: it could be one."""
    made: list[FilterGroup] = []
    for key, label in FACETS.items():
        chosen = frozenset(criteria.values(key))
        made.append(
            FilterGroup(label, written_boxes(key, profile_choices(key), chosen, form=FORM), bool(chosen) or not made)
        )
    return made


def _filter_words(criteria: ProfileCriteria, key: str) -> str:
    words = [_words_of(criteria, key, value) for value in criteria.values(key)]
    return " or ".join(f"“{one.strip('“”')}”" for one in words if one)


def why_nobody(criteria: ProfileCriteria, found: FoundProfiles) -> str:
    """Why a search shows nobody, in a sentence."""
    if found.leaves_out:
        return (
            f"Only a few people who fit the rest are left out by {_filter_words(criteria, found.leaves_out)}. Beside "
            "each other the two lists would tell who they are. Take it away, and look at all of them."
        )
    if not criteria.chosen:
        return f"Fewer than {FEWEST} people let you find them at present, so we show none of them."
    return (
        f"Fewer than {FEWEST} people fit all of this. So that nobody is recognized by what they can do, we show a "
        f"search only when {FEWEST} or more fit it."
    )


def ways_out(path: str, criteria: ProfileCriteria, found: FoundProfiles) -> list[SearchLink]:
    """Which filter to take away, what helps most first, with a band of how many fit then."""
    return [
        SearchLink(
            f"Without {_filter_words(criteria, key)}: {band(count)} people", address(path, criteria.without(key))
        )
        for key, count in sorted(found.without, key=lambda pair: -pair[1])
    ]
