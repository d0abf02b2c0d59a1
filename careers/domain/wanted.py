"""What is wanted of a position, as it is kept: plain values that go into JSON and come back the same."""

import copy
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models

from aapm_site.accounts.models import Place, Specialty

from ..models import Job, JobLocation, JobTerms

SPECIALTIES, PLACES, TERMS = "specialties", "places", "terms"
PARTS = (SPECIALTIES, PLACES, TERMS)


def differences(
    job: Job,
    fields: Mapping[str, Any],
    specialties: Iterable[Specialty],
    places: Iterable[Mapping[str, Any]],
    terms: Mapping[str, Any],
) -> dict[str, Any]:
    """What these say that the job does not say yet."""
    found = {name: kept(value) for name, value in fields.items() if kept(value) != kept(getattr(job, name))}
    now: dict[str, Any] = {
        SPECIALTIES: sorted(job.specialties.values_list("pk", flat=True)),
        PLACES: [_place(row) for row in job.locations.values("city", "state_code", "postal_code", "place_id")],
        TERMS: {name: kept(getattr(job.stated_terms, name)) for name in terms},
    }
    then = {
        SPECIALTIES: sorted(one.pk for one in specialties),
        PLACES: [_place(row) for row in places],
        TERMS: {name: kept(value) for name, value in terms.items()},
    }
    return found | {part: then[part] for part in PARTS if then[part] != now[part]}


def kept(value: Any) -> Any:
    """A value as JSON holds it; amounts that are equal are kept alike."""
    if isinstance(value, Decimal):
        return str(value.quantize(Decimal("0.01")))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, list | tuple):
        return sorted(kept(one) for one in value)
    return value


def _place(row: Mapping[str, Any]) -> dict[str, Any]:
    place = row.get("place")
    return {
        "city": row["city"],
        "state_code": row["state_code"],
        "postal_code": row.get("postal_code", ""),
        "place": place.pk if place else row.get("place_id"),
    }


def fields_of(wanted: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a job among it, by the names under which a row takes kept values."""
    named = {Job._meta.get_field(name): value for name, value in wanted.items() if name not in PARTS}
    return {field.attname: field.to_python(value) for field, value in named.items()}  # type: ignore[union-attr]  # columns of a job


def specialties_of(wanted: Mapping[str, Any]) -> list[Specialty] | None:
    """None where they stay as they are."""
    return list(Specialty.objects.filter(pk__in=wanted[SPECIALTIES])) if SPECIALTIES in wanted else None


def places_of(wanted: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    """As `jobs.set_job_places` takes them; a place that the gazetteer has lost since is one that nobody knows."""
    if PLACES not in wanted:
        return None
    known = Place.objects.in_bulk([row["place"] for row in wanted[PLACES] if row["place"]])
    return [{**row, "place": known.get(row["place"])} for row in wanted[PLACES]]


def terms_of(wanted: Mapping[str, Any]) -> dict[str, Any] | None:
    if TERMS not in wanted:
        return None
    return {name: JobTerms._meta.get_field(name).to_python(value) for name, value in wanted[TERMS].items()}  # type: ignore[union-attr]  # columns


def as_wanted(job: Job, wanted: Mapping[str, Any]) -> Job:
    """A copy of the job that says what is wanted; nothing is saved."""
    then = copy.copy(job)
    then._state = copy.copy(job._state)
    then._state.fields_cache = dict(job._state.fields_cache)
    for name, value in fields_of(wanted).items():
        setattr(then, name, value)
    return then


def locations_of(wanted: Mapping[str, Any]) -> list[JobLocation] | None:
    """The places as rows that are not saved."""
    rows = places_of(wanted)
    return None if rows is None else [JobLocation(**row) for row in rows]
