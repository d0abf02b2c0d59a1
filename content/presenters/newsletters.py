"""What is said of a newsletter before it is sent."""

from aapm_site.mail.domain.staff_letters import ALONE

NOT_TRACKED = (
    "Nobody is told whether a letter was opened or which link was pressed: the letters hold no pictures and no counted "
    "links. “Stopped” are readers who said so after this letter and before the next one."
)


def readers_words(number: int) -> str:
    return f"{number:,} reader" if number == 1 else f"{number:,} readers"


def send_words(number: int, per_hour: int, *, is_agreed: bool = False) -> tuple[str, ...]:
    """What happens when it is sent to so many."""
    if not number:
        return ("Nobody gets the newsletter today, so it cannot be sent.",)
    after = "From this press on it stands in the archive for everybody. Each letter has a link that stops further ones."
    verb = "gets" if number == 1 else "get"
    if number > ALONE and not is_agreed:
        second = f"It goes to more than {ALONE} readers, so a second person reads it first and agrees."
        return (f"{readers_words(number)} {verb} the newsletter today.", second)
    hours = -(-number // max(per_hour, 1))
    lasts = "The last gets it within the hour." if hours <= 1 else f"The last gets it in {hours} hours."
    return (f"{readers_words(number)} {verb} it; who they are is fixed by this press. {lasts}", after)
