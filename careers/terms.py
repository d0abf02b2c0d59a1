"""Terms of work as employers type them, and as they are said: “1 in 5”, “24 months”, “10 miles for 12 months”.

Each reader takes what its own words say, and refuses what it does not understand with a ValueError for the person.
Nought is “none”; None is what nobody has stated.
"""

import re

MOST_RARE, LONGEST, FARTHEST, MOST_WRVU, MOST_HOURS = 60, 120, 500, 50_000, 80

NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBER = rf"[0-9]{{1,4}}|{'|'.join(NUMBERS)}"
_NONE = re.compile(r"none|never|0|no(?: (?:call|weekends?|partnership|track|non-?compete|clause|restriction))?")
_ONE_IN = re.compile(
    rf"(?:(?:1|one) ?(?:in|out of|of|:|/) ?|every |q ?)?(?P<number>{_NUMBER})(?:st|nd|rd|th)?"
    "(?: (?:night|weekend|week)s?)?"
)
_TIME = rf"(?P<number>{_NUMBER}|[0-9]{{1,2}}\.5) ?-?(?P<unit>months?|mos?\.?|years?|yrs?\.?)"
_MILES = rf"(?P<miles>{_NUMBER}) ?-?(?:miles?|mi\.?)(?: radius)?"
_MONTHS = re.compile(rf"(?:after )?{_TIME}")
_CLAUSES = [
    re.compile(rf"(?:within )?{first} ?[,;/]? ?(?:for |within |and )?(?:a )?{second}")
    for first, second in ((_MILES, _TIME), (_TIME, _MILES))
]
_WRVU = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,6})(?: ?w?rvus?)?")

_HOURS = re.compile(r"([0-9]{1,3}) ?-?(?:hours?|hrs?\.?|h)?(?: ?(?:a|per|/|each|every) ?(?:week|wk))?")


def tidy(text: str) -> str:
    """Small letters, single spaces, plain dashes, no quotation marks, no full stop at the end."""
    plain = re.sub("[‐‑‒–—]", "-", text.lower())
    return re.sub(r"\s+", " ", re.sub('[“”"]', "", plain)).strip(" .")


def _number(word: str) -> int:
    return NUMBERS.index(word) + 1 if word in NUMBERS else int(word)


def read_one_in(text: str) -> int:
    """1 in how many: from “1 in 5”, “1:5”, “every 5th” or “5”; 0 from “none”."""
    words = tidy(text)
    if _NONE.fullmatch(words):
        return 0
    found = _ONE_IN.fullmatch(words)
    if found is None:
        raise ValueError("Write it as “1 in 5”, or “none”.")
    number = _number(found["number"])
    if not 1 <= number <= MOST_RARE:
        raise ValueError(f"Between “1 in 1” and “1 in {MOST_RARE}”, please, or “none”.")
    return number


def read_months(text: str) -> int:
    """How many months: from “24 months”, “after 2 years”; 0 from “none”. A number alone could be either."""
    words = tidy(text)
    if _NONE.fullmatch(words):
        return 0
    found = _MONTHS.fullmatch(words)
    if found is None and words.isdecimal():
        raise ValueError(f"Is that in months or in years? Write it as “{words[:4]} months”, or with “years”.")
    if found is None:
        raise ValueError("Write it as “24 months” or “2 years”, or “none”.")
    return _months(found["number"], found["unit"])


def _months(number: str, unit: str) -> int:
    is_half = number.endswith(".5")
    whole = _number(number.removesuffix(".5"))
    if is_half and not unit.startswith("y"):
        raise ValueError("Give whole months, please.")
    months = whole * 12 + 6 * is_half if unit.startswith("y") else whole
    if not 1 <= months <= LONGEST:
        raise ValueError(f"Between 1 month and {LONGEST // 12} years, please, or “none”.")
    return months


def read_clause(text: str) -> tuple[int, int]:
    """Miles and months of a non-compete: from “10 miles for 12 months”, in either order; 0 and 0 from “none”."""
    words = tidy(text)
    if _NONE.fullmatch(words):
        return 0, 0
    found = next((match for pattern in _CLAUSES if (match := pattern.fullmatch(words))), None)
    if found is None:
        raise ValueError("Write it with its miles and its time, as “10 miles for 12 months”, or “none”.")
    miles = _number(found["miles"])
    if not 1 <= miles <= FARTHEST:
        raise ValueError(f"Between 1 and {FARTHEST} miles, please, or “none”.")
    return miles, _months(found["number"], found["unit"])


def read_wrvu(text: str) -> int:
    """How many wRVUs: from “6,000” or “6000 wRVUs”."""
    found = _WRVU.fullmatch(tidy(text))
    if found is None:
        raise ValueError("Write it as a number, as in “6,000”.")
    number = int(found[1].replace(",", ""))
    if not 1 <= number <= MOST_WRVU:
        raise ValueError(f"Between 1 and {MOST_WRVU:,} a year, please.")
    return number


def read_hours(text: str) -> int:
    """How many hours a week: from “40”, “40 hours” or “40 h/week”."""
    found = _HOURS.fullmatch(tidy(text))
    if found is None:
        raise ValueError("Write it as one number, as in “40”: what most weeks have.")
    hours = int(found[1])
    if not 1 <= hours <= MOST_HOURS:
        raise ValueError(f"Between 1 and {MOST_HOURS} hours a week, please.")
    return hours


def one_in_words(number: int) -> str:
    return f"1 in {number}" if number else "None"


def months_words(months: int) -> str:
    if not months:
        return "None"
    return f"{months} month{'' if months == 1 else 's'}"


def clause_words(miles: int, months: int) -> str:
    if not miles:
        return "None"
    return f"{miles} mile{'' if miles == 1 else 's'} for {months_words(months)}"


def wrvu_words(number: int) -> str:
    return f"{number:,}"


def hours_words(hours: int) -> str:
    return "1 hour" if hours == 1 else f"{hours} hours"
