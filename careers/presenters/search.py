"""What the list says about a search: the chosen criteria, its filters with their counts, its orders, its way on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from aapm_site.accounts.us_states import STATE_NAMES
from aapm_site.core.cache.remembered import remembered

from ..choices import JobSort
from ..criteria import JobCriteria
from ..queries.choices import Choices
from ..queries.finding import sort_of
from ..queries.listings import COUNT_CAP, Slice

Offered = Mapping[str, Choices]  # what the form offers under each key
LIST = "/career-center/jobs/"
LABELS = {
    "profession": "Role", "specialty": "Specialty", "setting": "Setting", "type": "Kind of employment",
    "hours": "Hours a week", "state": "State",
    "terms": "Terms of work", "call": "Call", "paid": "Paid", "procedure": "Procedures", "opioids": "Opioid management",
    "by": "Offered by",
}  # fmt: skip
SINCE_WORDS = {
    1: "the last day", 3: "the last 3 days", 7: "the last week", 14: "the last 2 weeks", 30: "the last month",
}  # fmt: skip


@dataclass(frozen=True)
class SearchLink:
    """A way to another search."""

    text: str
    url: str
    is_current: bool = False


@dataclass(frozen=True)
class FilterGroup:
    """A group of boxes, written out; open when one of them is ticked, or the first of all."""

    label: str
    boxes: SafeString
    is_open: bool


def address(criteria: JobCriteria, sort: str = "", **more: Any) -> str:
    """The list by these criteria in this order."""
    pairs = [(key, value) for key, values in criteria.chosen.items() for value in values]
    pairs += [(key, value) for key, value in {"sort": sort, **more}.items() if value]
    return f"{LIST}?{urlencode(pairs)}" if pairs else LIST


def chosen_tags(criteria: JobCriteria, sort: str, offered: Offered, *, employer: str = "") -> list[dict[str, str]]:
    """What is chosen in words, each with the address of the same list without it."""
    return [
        {"text": text, "url": address(criteria.without(key, value), sort).removeprefix(LIST) or "."}
        for key, values in criteria.chosen.items()
        for value in values
        if (text := _words_of(criteria, offered, key, value, employer))
    ]


def _words_of(criteria: JobCriteria, offered: Offered, key: str, value: str, employer: str = "") -> str:
    if key == "near":
        (distance,) = criteria.values("miles")
        return f"Within {distance} miles of {value}"
    single = {
        "q": f"“{value}”",
        "miles": "",
        "remote": "From home",
        "employer": employer or "One employer",
        "pay": f"At least ${criteria.pay:,} a year",
        "since": f"Posted in {SINCE_WORDS.get(criteria.since_days, '')}",
    }
    return single[key] if key in single else dict(offered[key])[value]


def title_of(criteria: JobCriteria, offered: Offered, employer: str = "") -> str:
    """The search in one line; the employer's name is that of a position which was found, since no other is public."""
    return (
        ", ".join(tag["text"] for tag in chosen_tags(criteria, "", offered, employer=employer)) or "All open positions"
    )


def sort_links(criteria: JobCriteria, current: str) -> list[SearchLink]:
    """The orders that this search has."""
    possible = [sort for sort in JobSort if sort_of(sort, criteria) == sort]
    usual = sort_of("", criteria)
    return [
        SearchLink(sort.label, address(criteria, "" if sort == usual else sort), sort == current) for sort in possible
    ]


def ways_out(criteria: JobCriteria, sort: str, counts: Mapping[str, int], offered: Offered) -> list[SearchLink]:
    """Where nothing fits: what to take away, what helps most first, and how many positions that would show."""
    found = []
    for key, count in sorted(counts.items(), key=lambda pair: -pair[1]):
        name, _, value = key.partition(":")
        words = " or ".join(
            _quoted(_words_of(criteria, offered, name, one)) for one in ([value] if value else criteria.values(name))
        )
        text = f"Without {words}: {count_words(count)} position{'' if count == 1 else 's'}"
        found.append(SearchLink(text, address(criteria.without(name, value), sort)))
    return found


def _quoted(words: str) -> str:
    """“No non-compete”; words that were searched for stand in quotation marks already."""
    return f"“{words.strip('“”')}”"


def count_words(count: int) -> str:
    """Past a thousand nobody counts."""
    return f"{COUNT_CAP:,}+" if count > COUNT_CAP else str(intcomma(count))


def facets(criteria: JobCriteria, found: Slice, offered: Offered) -> tuple[FilterGroup, ...]:
    """The groups of filters, with how many positions each value would show beside what else is chosen.

    Those that many ask for are remembered; what somebody puts together is not.
    """
    write = _simple_facets if criteria.is_simple else _facets
    return write(criteria, found.tags, found.counted, tuple((key, offered[key]) for key in LABELS))


def _facets(
    criteria: JobCriteria,
    tags: tuple[tuple[str, int], ...],
    counted: tuple[str, ...],
    offered: tuple[tuple[str, Choices], ...],
) -> tuple[FilterGroup, ...]:
    counts = dict(tags)
    made: list[FilterGroup] = []
    for key, choices in offered:
        chosen = frozenset(criteria.values(key))
        boxes = written_boxes(key, choices, chosen, counts, is_counted=key in counted)
        made.append(FilterGroup(LABELS[key], boxes, bool(chosen) or not made))
    return tuple(made)


_simple_facets = remembered(_facets)


@lru_cache(maxsize=1_000)
def _written(words: str) -> str:
    """Values and words are the same for every reader, and there are a hundred of them on the page."""
    return str(conditional_escape(words))


def written_boxes(
    key: str,
    choices: Iterable[tuple[str, str]],
    chosen: frozenset[str],
    counts: Mapping[str, int] = MappingProxyType({}),
    *,
    is_counted: bool = False,
    form: str = "job-search",
) -> SafeString:
    """One plain loop: a template or a widget for each of a hundred boxes takes longer than the rest of the page."""
    written = [
        f'<label class="check"><input type="checkbox" name="{key}" value="{_written(value)}" '
        f'form="{form}"{" checked" if value in chosen else ""}><span>{_written(words)}</span>'
        f"{_count(counts.get(f'{key}:{value}', 0 if is_counted else None))}</label>\n"
        for value, words in choices
    ]
    return mark_safe("".join(written))  # noqa: S308 - values and words are escaped


def _count(count: int | None) -> str:
    """Beside a filter: how many it would show; nothing where that is not known."""
    return "" if count is None else f' <span class="tally">{count_words(count)}</span>'


def remote_count(found: Slice) -> str:
    """How many of what fits can be done from home; empty where that is not known."""
    counts = dict(found.tags)
    count = counts.get("remote:hybrid", 0) + counts.get("remote:full", 0)
    return count_words(count) if count > COUNT_CAP or "remote" in found.counted else ""


def states(counts: Iterable[tuple[str, int]]) -> list[tuple[str, str, str]]:
    """The name of every state, how many positions are open there in words, and the way to them; none where none is."""
    return [
        (STATE_NAMES[code], count_words(count), address(JobCriteria(states=(code,))) if count else "")
        for code, count in counts
    ]
