"""The tables beside the pages: who writes, the shelves of the news, the glossary."""

import tomllib
from pathlib import Path
from typing import Any

from django.utils.text import slugify

FOLDER = Path(__file__).parent


def table(name: str, folder: Path = FOLDER) -> list[dict[str, Any]]:
    """The rows of the file of that name."""
    rows: list[dict[str, Any]] = tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))[name]
    return rows


def contributors(folder: Path = FOLDER) -> list[dict[str, Any]]:
    return [{"slug": slugify(row["name"]), **row} for row in table("contributors", folder)]


def categories() -> list[dict[str, Any]]:
    """In the order of the file."""
    return [{"order": place * 10, **row} for place, row in enumerate(table("categories"), start=1)]


def terms() -> list[dict[str, Any]]:
    return [{**row, "aliases": "\n".join(row.get("aliases", []))} for row in table("terms")]


def best_bets() -> list[dict[str, Any]]:
    """Places that are meant by certain words of a search, in the order of the file."""
    return [
        {**row, "order": place * 10, "phrases": "\n".join(row["phrases"])}
        for place, row in enumerate(table("best_bets"), start=1)
    ]


def synonyms() -> list[dict[str, Any]]:
    return [{**row, "phrases": "\n".join(row["phrases"])} for row in table("synonyms")]


def history_years() -> list[dict[str, Any]]:
    """The line of years; of one year in the order of the file."""
    return [{"order": place * 10, **row} for place, row in enumerate(table("history_years"), start=1)]
