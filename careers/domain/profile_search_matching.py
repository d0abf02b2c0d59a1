"""A profile that employers can find anew is looked for in all saved searches, once, by one statement."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from aapm_site.core.background.due import DueRow

from ..choices import EmployerKind
from ..models import ProfileAppearance
from ..models.blocked import HIDDEN_EMPLOYERS
from ..profile_criteria import FOR_AGENCIES
from ..queries.near import AWAY
from .alert_criteria import ANY

MOST_AT_ONCE = 500
# The search's own place in the distance's three blanks, the places of the profile in its columns.
NEAR = AWAY % ("search.latitude::float8", "search.latitude::float8", "search.longitude::float8")
# As in domain/alert_matching.py the keys are asked as one value, so that the index serves. Whether the organization may
# search at this moment, and what its list shows, is asked when something is told.
FITTING = f"""
    WITH entry AS MATERIALIZED (
        SELECT profile.user_id, entry.available_on, entry.latitudes, entry.longitudes, entry.tags,
            array_to_tsvector(entry.tags) AS facets,
            entry.tags || ARRAY(SELECT 'cell:' || cell FROM unnest(entry.cells) AS cell) || %(any)s::text AS keys
        FROM careers_profileentry AS entry JOIN careers_profile AS profile ON profile.id = entry.profile_id
        WHERE entry.profile_id = %(profile)s
    ),
    hiding AS MATERIALIZED (
        SELECT blocked.employer_id, blocked.domain
        FROM careers_blockedemployer AS blocked WHERE blocked.user_id = (SELECT user_id FROM entry)
    ),
    {HIDDEN_EMPLOYERS}
    SELECT search.id
    FROM entry
    JOIN careers_profilesearch AS search ON search.keys && (SELECT keys FROM entry)
    JOIN careers_employermember AS member ON member.id = search.member_id
    JOIN careers_employer AS employer ON employer.id = member.employer_id
    JOIN mail_subscription AS subscription ON subscription.id = search.subscription_id
    WHERE search.paused_at IS NULL AND subscription.paused_at IS NULL
        AND (employer.kind <> %(agency)s OR entry.tags @> ARRAY[%(for_agencies)s])
        AND (search.facets IS NULL OR entry.facets @@ search.facets)
        AND (search.available_by IS NULL OR entry.available_on <= search.available_by)
        AND (search.miles IS NULL OR entry.tags @> ARRAY['anywhere:' || search.near_state] OR EXISTS (
            SELECT FROM unnest(entry.latitudes, entry.longitudes) AS point (la, lo) WHERE {NEAR} <= search.miles
        ))
        AND NOT EXISTS (SELECT FROM hidden WHERE hidden.employer_id = employer.id)
    ORDER BY search.id
"""  # noqa: S608 - words of our own
FOUND = f"""
    INSERT INTO careers_profilefind (search_id, appearance_id, found_at)
    SELECT found.id, %(appearance)s, %(now)s FROM ({FITTING}) AS found
    ON CONFLICT DO NOTHING
"""  # noqa: S608 - words of our own


def due_appearances(at: datetime) -> Iterator[DueRow]:
    """Profiles that no saved search was asked for since they can be found. One that only changes is not new."""
    new = ProfileAppearance.objects.filter(matched_at=None, left_at=None, appeared_at__lte=at)
    for number, since in new.order_by("appeared_at", "pk").values_list("pk", "appeared_at")[:MOST_AT_ONCE]:
        yield DueRow(str(number), "Look for a new profile in all saved searches", since)


@transaction.atomic
def announce_appearance(key: str) -> None:
    """Note which saved searches look for the profile. Safe to repeat and to race.

    One that has gone again meanwhile is left for when it comes back.
    """
    row = ProfileAppearance.objects.select_for_update(no_key=True).filter(pk=int(key)).first()
    if row is None or row.left_at is not None or row.matched_at is not None:
        return
    row.matched_at = timezone.now()
    row.save(update_fields=["matched_at"])
    find_for(row, row.matched_at)


def fitting_searches(profile: int) -> list[int]:
    """The saved searches that look for what the profile says at this moment, of whoever may find it."""
    with connection.cursor() as cursor:
        cursor.execute(FITTING, _values(profile))
        return [number for (number,) in cursor.fetchall()]


def find_for(appearance: ProfileAppearance, at: datetime) -> int:
    """The statement itself: one row for each saved search that fits, and none that is there already."""
    asked = {**_values(appearance.profile_id), "appearance": appearance.pk, "now": at}
    with connection.cursor() as cursor:
        cursor.execute(FOUND, asked)
        return cursor.rowcount


def _values(profile: int) -> dict[str, Any]:
    return {"profile": profile, "any": ANY, "agency": EmployerKind.AGENCY.value, "for_agencies": FOR_AGENCIES}
