"""The Career Center's rates, from the data file in this folder: sample prices, not on sale before staff confirm."""

import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from aapm_site.core.starter import StarterTable

from ..models import Package

FILE = Path(__file__).parent / "packages.toml"


def packages() -> Iterator[dict[str, Any]]:
    for row in tomllib.loads(FILE.read_text(encoding="utf-8"))["package"]:
        prices = {name: Decimal(row[name]) for name in ("price", "member_price")}
        yield {**row, **prices, "is_sample": True, "is_active": False}


PACKAGES = StarterTable("packages", "Posting rates", order=30, model=Package, key="slug", read=packages)
