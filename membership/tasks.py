"""What the worker does for membership."""

from aapm_site.core.background.queue import periodic, task

from .domain.letter_portions import settle_letters
from .domain.member_imports import apply_import, check_import

__all__ = ["apply_import", "check_import", "settle_member_letters"]


@periodic("37 * * * *")
@task("membership.settle_letters")
def settle_member_letters(timestamp: int = 0) -> None:
    """Every hour: what became of letters to members is written beside each of them, before the mail forgets it."""
    settle_letters()
