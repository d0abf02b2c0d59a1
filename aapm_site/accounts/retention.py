"""How long what was typed as a place and not found is kept."""

from datetime import datetime

from aapm_site.core.retention import RetentionRule, delete_batch

from .models import UnknownPlace


def _unknown_places(before: datetime) -> int:
    return delete_batch(UnknownPlace.objects.filter(last_at__lt=before))


RULES = (
    RetentionRule(
        "unknown-places",
        "Places that were not found",
        "What was typed and how often, this long after it was typed last. Who typed it is never kept.",
        180,
        7,
        _unknown_places,
    ),
)
