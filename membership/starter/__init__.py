"""The membership categories, from the data file in this folder: sample dues, and nobody joins until staff confirm."""

import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from aapm_site.core.starter import StarterTable

from ..models import Plan
from .finder import StarterFinder

FILE = Path(__file__).parent / "plans.toml"


def rows() -> list[dict[str, Any]]:
    """As the file has them: `invited` says that people are asked to join, and do not apply."""
    found: list[dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))["plan"]
    return found


def plans() -> Iterator[dict[str, Any]]:
    for row in rows():
        said = {name: value for name, value in row.items() if name != "invited"}
        yield {**said, "dues": Decimal(row["dues"]), "sample": True, "joinable": False}


PLANS = StarterTable(
    "plans", "Membership categories", order=40, model=Plan, key="slug", unique=(("name",),), read=plans
)
FINDER = StarterFinder("finder", "Questions of the finder", order=41)
