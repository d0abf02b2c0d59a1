"""What is said of a letter to members before it is sent."""

from aapm_site.mail.domain.staff_letters import ALONE


def members_words(number: int) -> str:
    return f"{number:,} member" if number == 1 else f"{number:,} members"


def send_words(number: int, per_hour: int, *, is_agreed: bool = False) -> tuple[str, ...]:
    """What happens when it is sent to so many."""
    if not number:
        return ("Nobody is on this list today, so it cannot be sent.",)
    never = (
        "Who has died, whose mail came back, and who does not want such letters get none; the figures say how many. "
        "Every letter has a link that stops further ones by one press."
    )
    if number > ALONE and not is_agreed:
        second = f"It goes to more than {ALONE} members, so a second person reads it first and agrees."
        return (f"{members_words(number)} are on the list today.", second, never)
    verb = "is" if number == 1 else "are"
    return (
        f"{members_words(number)} {verb} on the list now, which is fixed by this press. {_lasts(number, per_hour)}",
        never,
    )


def _lasts(number: int, per_hour: int) -> str:
    hours = -(-number // max(per_hour, 1))
    return (
        "They get it within the hour." if hours <= 1 else f"At {per_hour:,} an hour the last gets it in {hours} hours."
    )
