"""What we promise whoever asks, as pages read it."""

from aapm_site.core.cache.remembered import remembered
from content.models import AnswerPromise


@remembered
def promised_days() -> int:
    """Within how many working days a person writes back, asked once for everybody."""
    return AnswerPromise.days()
