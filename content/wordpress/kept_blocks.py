"""Blocks that were kept once and shown in many texts, put back into each text with the words that it gave them."""

import json
import re
from collections.abc import Mapping
from typing import Any

DEEPEST = 8  # blocks one inside of another
_shown = re.compile(r"<!--\s*wp:(?:core/)?block\s+(\{(?:(?!-->).){1,20000}\})\s*/?-->", re.DOTALL)
_element = re.compile(r"(<(?:p|h[1-6]|a|li|figcaption)\b[^>]*>)(.*?)(</(?:p|h[1-6]|a|li|figcaption)>)", re.DOTALL)


class KeptBlocks:
    """The kept blocks of an export by their numbers; `notes` hears what is missing."""

    def __init__(self, by_number: Mapping[str, str], notes: list[str]) -> None:
        self.by_number, self.notes = by_number, notes

    def put_into(self, text: str, depth: int = 0) -> str:
        """The text with every kept block in its place, those inside of others too."""
        if depth >= DEEPEST or "wp:" not in text:
            return text
        return _shown.sub(lambda found: self._block(found[1], depth), text)

    def _block(self, written: str, depth: int) -> str:
        try:
            settings = json.loads(written)
        except (ValueError, RecursionError):
            settings = {}
        number = str(settings.get("ref", ""))
        if number not in self.by_number:
            self.notes.append(
                f"the kept block {number or 'without a number'} is not in this export; its text is missing"
            )
            return ""
        own = settings.get("content")
        return self.put_into(self._with_words(self.by_number[number], own if isinstance(own, dict) else {}), depth + 1)

    def _with_words(self, text: str, own: Mapping[str, Any]) -> str:
        """Words of this text's own stand in the place that has their name; without one they stand after the block."""
        for name, values in own.items():
            words = values.get("content") or values.get("text") if isinstance(values, dict) else None
            if not isinstance(words, str) or not words.strip():
                continue
            place = re.search(rf'<!--\s*wp:[^>]*"name":"{re.escape(name)}"(?:(?!-->).)*-->', text, re.DOTALL)
            found = _element.search(text, place.end()) if place else None
            if found:
                text = f"{text[: found.start()]}{found[1]}{words}{found[3]}{text[found.end() :]}"
            else:
                self.notes.append(
                    f"the words “{words[:80]}” of its own have no place in the kept block; they follow it"
                )
                text = f"{text}\n\n<p>{words}</p>\n\n"
        return text
