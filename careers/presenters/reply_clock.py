"""The reply clock in words: for everybody, and for the employer itself."""

from ..models import Employer, ReplyClock
from ..reply_times import PUBLIC_FROM, band_words


def public_reply_words(employer: Employer) -> str:
    """“Usually answers applicants within 3 days”; empty while too few applications count.

    Read the clock with the employer. Never asked for where the employer withholds its name.
    """
    clock = _clock(employer)
    return f"Usually answers applicants {band_words(clock.public_days)}" if clock and clock.public_days else ""


def own_reply_words(employer: Employer) -> str:
    """What the team reads: the same with what it stands on, and whether others read it."""
    clock = _clock(employer)
    if clock is None or clock.days is None:
        return ""
    counted = f"{clock.counted} application{'' if clock.counted == 1 else 's'}"
    who = "Readers see this." if clock.public_days else f"Readers see it once {PUBLIC_FROM} count."
    return f"You usually answer {band_words(clock.days)}, by {counted} of the last 12 months. {who}"


def _clock(employer: Employer) -> ReplyClock | None:
    return getattr(employer, "reply_clock", None)
