"""Who leads the Academy and works for it, as search engines are told."""

from collections.abc import Iterable
from typing import Any

from aapm_site.core.association import association_name
from aapm_site.core.seo import absolute
from content.queries.people import BodyOfPeople, PersonInOffice
from content.states import BodyKind


def people_ld(kind: BodyKind, bodies: Iterable[BodyOfPeople]) -> list[dict[str, Any]]:
    """The Academy with its people: those of the staff as employees, the others as members; nothing of invented ones."""
    found = [_person(person, body) for body in bodies for person in body.people if not person.is_sample]
    if not found:
        return []
    role = "employee" if kind == BodyKind.STAFF else "member"
    return [
        {
            "@context": "https://schema.org",
            "@type": "MedicalOrganization",
            "name": association_name(),
            "url": absolute("/"),
            role: found,
        }
    ]


def _person(person: PersonInOffice, body: BodyOfPeople) -> dict[str, Any]:
    known = {
        "name": person.name,
        "honorificSuffix": person.credentials,
        "jobTitle": person.office or body.name,
        "image": absolute(person.portrait.wide) if person.portrait else "",
        "url": absolute(person.writes_at) if person.writes_at else "",
    }
    return {"@type": "Person", **{name: value for name, value in known.items() if value}}
