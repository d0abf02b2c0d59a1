"""How long an employer takes to answer, in kind words: rounded up, so that nobody answers later than it says.

An answer is what the applicant is told from the employer's side: a decision or a message. That somebody opened the
application is told as well, but it answers nothing.
"""

from datetime import timedelta

PERIOD = timedelta(days=365)
PUBLIC_FROM = 5  # applications

_WORDS = {
    1: "within a day",
    2: "within 2 days",
    3: "within 3 days",
    4: "within 4 days",
    5: "within 5 days",
    6: "within 6 days",
    7: "within a week",
    14: "within two weeks",
    21: "within three weeks",
    31: "within a month",
    61: "within two months",
    365: "after more than two months",
}
BANDS = tuple(_WORDS)  # days


def band_of(wait: timedelta) -> int:
    """The least of the bands that holds the wait."""
    return next((days for days in BANDS if wait <= timedelta(days=days)), BANDS[-1])


def band_words(days: int) -> str:
    """“within a week”."""
    return _WORDS[days]
