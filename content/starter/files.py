"""One file per entry: TOML between two lines of plus signs, then an HTML body."""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from content.states import ROOTS

MARK = "+++"


def read_entries(folders: Iterable[Path]) -> list[dict[str, Any]]:
    """The entries of some folders, from the top of the tree down."""
    found = [read_entry(file) for folder in folders for file in sorted(folder.glob("*.html"))]
    return sorted(found, key=lambda entry: entry["path"].count("/"))


def read_entry(file: Path) -> dict[str, Any]:
    """One entry with its body and its path. The file's name stands in an error."""
    parts = file.read_text(encoding="utf-8").split(f"{MARK}\n", 2)
    if len(parts) != 3:
        raise ValueError(f"{file}: the front matter must stand between two lines of {MARK}.")
    try:
        entry = tomllib.loads(parts[1])
    except tomllib.TOMLDecodeError as wrong:
        raise ValueError(f"{file}: {wrong}") from wrong
    entry.setdefault("kind", "page")
    if entry["kind"] in ROOTS:
        entry["path"] = f"{ROOTS[entry['kind']]}{entry['slug']}/"
    entry["slug"] = entry["path"].strip("/").rsplit("/", 1)[-1]
    entry.setdefault("changed_at", entry["published_at"])
    return {**entry, "body": parts[2].strip()}
