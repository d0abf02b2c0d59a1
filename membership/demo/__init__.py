"""The demonstration's categories, members, applications and journal, from the data files in this folder."""

import tomllib
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from ..models import Plan
from . import issues, people

FILES = Path(__file__).parent


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((FILES / name).read_text(encoding="utf-8"))


def load(say: Callable[[str], None]) -> None:
    """Add what is missing; what staff have changed since stays as they left it."""
    plans = sum(_plan(row) for row in read("plans.toml")["plan"])
    members = people.load_members(read("names.toml"))
    people.load_sign_ins()
    people.load_groups(read("groups.toml")["group"])
    applications = sum(people.load_application(row) for row in read("applications.toml")["application"])
    say(f"Membership: {plans} categories, {members} members, {applications} applications added.")
    added = issues.load(FILES / "journal")
    say(f"Journal: {added} articles added.")


def _plan(row: dict[str, Any]) -> bool:
    fields = {name: value for name, value in row.items() if name != "slug"}
    return Plan.objects.get_or_create(slug=row["slug"], defaults={**fields, "dues": Decimal(row["dues"])})[1]
