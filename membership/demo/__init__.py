"""The demonstration's categories, members, applications and journal, from the data files in this folder."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from aapm_site.core.starter import load_kind

from ..models import Plan
from ..starter import FINDER, PLANS, rows
from . import directory, drafts, dues, groups, institutions, issues, letters, people, usage

FILES = Path(__file__).parent


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((FILES / name).read_text(encoding="utf-8"))


def load(say: Callable[[str], None]) -> None:
    """Add what is missing; what staff have changed since stays as they left it."""
    plans = load_kind(PLANS, say, lambda kind, entry: {**entry.values, **_open(entry.key)})
    _lead_on()
    load_kind(FINDER, say)
    members = people.load_members(read("names.toml"))
    people.load_sign_ins()
    dues.load_automatic()
    groups.load_groups(read("groups.toml")["group"])
    people.load_leaving()
    groups.load_honors()
    entries = directory.load_directory()
    written = letters.load_letters()
    applications = sum(people.load_application(row) for row in read("applications.toml")["application"])
    brought = read("institutions.toml")
    institutions.load_prices(brought["price"])
    paying = sum(institutions.load_institution(row) for row in brought["institution"])
    say(f"Membership: {paying} institutions with seats added.")
    drafts.load_draft()
    said = f"{members} members, {applications} applications, {written} letters"
    say(f"Membership: {len(plans.added)} categories, {said} added.")
    say(f"Directory: {entries} entries added.")
    added = issues.load(FILES / "journal")
    say(f"Journal: {added} articles added.")
    say(f"Journal: counts of readings of {usage.load_usage()} articles added.")


def _lead_on() -> None:
    """Residents change to the category of physicians by themselves, unless staff lead them elsewhere."""
    physicians = Plan.objects.filter(slug="physician").first()
    Plan.objects.filter(slug="resident-or-fellow", steps_up_to=None).update(steps_up_to=physicians)


def _open(slug: str) -> dict[str, bool]:
    """People apply for all of them but those by invitation, whose dues are nothing to confirm."""
    invited = {row["slug"] for row in rows() if row.get("invited")}
    return {"joinable": slug not in invited, "sample": slug not in invited}
