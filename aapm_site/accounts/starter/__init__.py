"""The gazetteer: the towns in which positions lie and people work, from the data file in this folder."""

import csv
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.text import slugify

from aapm_site.core.starter import StarterTable

from ..models import Place

FILE = Path(__file__).parent / "places.csv"


def places() -> Iterator[dict[str, Any]]:
    with FILE.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            yield {
                "name": row["city"],
                "state_code": row["state_code"],
                "state": row["state"],
                "country": row["country"],
                "latitude": Decimal(row["latitude"]),
                "longitude": Decimal(row["longitude"]),
                "slug": slugify(f"{row['city']} {row['state_code'] or row['country']}"),
            }


WHERE = ("name", "state_code", "country")
PLACES = StarterTable("places", "Places", order=10, model=Place, key="slug", unique=(WHERE,), read=places)
