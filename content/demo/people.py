"""The demonstration's board, committees and staff: invented people, each marked as a sample."""

import tomllib
from pathlib import Path
from typing import Any

from aapm_site.core.demo import Say
from content.models import Body, Contributor, Officer

FILE = Path(__file__).with_name("people.toml")


def load(say: Say) -> None:
    """Make each body that is missing, with its people; one that is there stays as staff left it."""
    bodies = tomllib.loads(FILE.read_text(encoding="utf-8"))["bodies"]
    made = sum(_once(place * 10, **row) for place, row in enumerate(bodies, start=1))
    say(f"People: {made} boards, committees and offices made.")


def _once(order: int, *, people: list[dict[str, Any]], **fields: Any) -> bool:
    body, is_new = Body.objects.get_or_create(name=fields["name"], defaults={**fields, "order": order})
    if is_new:
        authors = Contributor.objects.in_bulk([one.get("contributor", "") for one in people], field_name="slug")
        Officer.objects.bulk_create(
            Officer(
                **{**one, "contributor": authors.get(one.get("contributor", ""))},
                body=body,
                order=place * 10,
                is_sample=True,
            )
            for place, one in enumerate(people, start=1)
        )
    return is_new
