"""What is written about places besides the gazetteer: the names of staff's own, and what people looked for in vain."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ..models import Place, PlaceName, UnknownPlace
from ..place_text import place_key

LONGEST_TYPED = 120


@transaction.atomic
def keep_names(place: Place) -> None:
    """After staff changed a place: it is found by its name and by each further one that they gave it."""
    locked = Place.objects.select_for_update().get(pk=place.pk)
    for row in locked.names.filter(is_own=True):
        key = place_key(row.name)
        if key != row.key:
            PlaceName.objects.filter(pk=row.pk).update(key=key)
    if locked.number is None:
        PlaceName.objects.get_or_create(place=locked, key=place_key(locked.name), defaults={"name": locked.name})


def note_unknown_places(typed: Iterable[str]) -> None:
    """Count what people typed as a place and nobody knows; in all ways of writing it, it is one row."""
    for text in typed:
        shown = " ".join(text.split())[:LONGEST_TYPED]
        row, is_new = UnknownPlace.objects.get_or_create(key=place_key(shown), defaults={"typed": shown})
        if not is_new:
            UnknownPlace.objects.filter(pk=row.pk).update(times=F("times") + 1, last_at=timezone.now())
