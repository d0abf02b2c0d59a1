"""What is written about places besides the gazetteer: the names of staff's own, and what people looked for in vain."""

from collections.abc import Iterable

from django.db import connection, transaction
from django.utils import timezone

from ..models import Place, PlaceName
from ..place_text import place_key

LONGEST_TYPED = 120
NOTE = """
    INSERT INTO accounts_unknownplace AS known (key, typed, times, first_at, last_at)
    SELECT key, typed, times, at, at
    FROM unnest(%s::text[], %s::text[], %s::integer[]) AS noted (key, typed, times)
    CROSS JOIN (SELECT %s::timestamptz) AS moment (at)
    ORDER BY key
    ON CONFLICT (key) DO UPDATE SET times = known.times + excluded.times, last_at = excluded.last_at
"""


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
    shown: dict[str, list[str]] = {}
    for text in (" ".join(one.split())[:LONGEST_TYPED] for one in typed):
        shown.setdefault(place_key(text), []).append(text)
    if not shown:
        return
    first, times = [texts[0] for texts in shown.values()], [len(texts) for texts in shown.values()]
    with connection.cursor() as cursor:
        cursor.execute(NOTE, [list(shown), first, times, timezone.now()])
