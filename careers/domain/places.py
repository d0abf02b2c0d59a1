"""Places of positions and the gazetteer, when an edition of it was loaded."""

from aapm_site.accounts.models import Place
from aapm_site.accounts.queries.places import find_places, places_called

from ..models import JobLocation

BATCH = 500


def link_locations() -> int:
    """Link the places of positions that have no town of the gazetteer yet; how many found theirs."""
    unlinked = JobLocation.objects.filter(place=None).order_by("pk")
    known = places_called(unlinked.order_by().values_list("city", "state_code").distinct())
    found = []
    for location in unlinked:
        location.place = known.get((location.city, location.state_code)) or _by_zip_code(location)
        if location.place:
            found.append(location)
    JobLocation.objects.bulk_update(found, ["place"], batch_size=BATCH)
    return len(found)


def _by_zip_code(location: JobLocation) -> Place | None:
    """Of two towns with one name the ZIP code tells which it is."""
    places = find_places(location.as_typed).places if location.postal_code else ()
    return places[0] if len(places) == 1 else None
