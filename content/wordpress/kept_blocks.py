"""Blocks that were kept once and shown in many texts, put back into each text with the words that it gave them."""

import json
import re
from collections.abc import Mapping
from html import escape
from typing import Any

DEEPEST = 8  # blocks one inside of another
_shown = re.compile(r"<!--\s*wp:(?:core/)?block(?:\s+(\{(?:(?!-->).){1,20000}\}))?\s*/?-->", re.DOTALL)
_named = re.compile(r"<!--\s*wp:[a-z0-9/-]+\s+(\{(?:(?!-->).){1,20000}\})\s*/?-->", re.DOTALL)
_element = re.compile(r"(<(?:p|h[1-6]|a|li|figcaption)\b[^>]*>)(.*?)(</(?:p|h[1-6]|a|li|figcaption)>)", re.DOTALL)


class KeptBlocks:
    """The kept blocks of an export by their numbers; `notes` hears what is missing."""

    def __init__(self, by_number: Mapping[str, str], notes: list[str]) -> None:
        self.by_number, self.notes = by_number, notes

    def put_into(self, text: str, within: tuple[str, ...] = ()) -> str:
        """The text with every kept block in its place, those inside of others too."""
        if len(within) >= DEEPEST or "wp:" not in text:
            return text
        return _shown.sub(lambda found: self._block(found[1] or "", within), text)

    def _block(self, written: str, within: tuple[str, ...]) -> str:
        settings = _settings(written)
        number = str(settings.get("ref", ""))
        if number in within:
            self.notes.append(f"the kept block {number} holds itself; it is shown once")
            return ""
        if number not in self.by_number:
            self.notes.append(
                f"the kept block {number or 'without a number'} is not in this export; its text is missing"
            )
            return ""
        own = settings.get("content")
        text = self._with_words(self.by_number[number], own if isinstance(own, dict) else {})
        return self.put_into(text, (*within, number))

    def _with_words(self, text: str, own: Mapping[str, Any]) -> str:
        """Words of this text's own stand in the place that has their name; without one they stand after the block."""
        for name, values in own.items():
            if not isinstance(values, dict):
                continue
            words = values.get("content") or values.get("text")
            place = next((one for one in _named.finditer(text) if _name_of(one[1]) == name), None)
            if place:
                text = text[: place.end()] + _with_own(text[place.end() :], values)
            elif isinstance(words, str) and words.strip():
                self.notes.append(
                    f"the words “{words[:80]}” of its own have no place in the kept block; they follow it"
                )
                text = f"{text}\n\n<p>{words}</p>\n\n"
        return text


def _settings(written: str) -> Mapping[str, Any]:
    try:
        settings = json.loads(written)
    except (ValueError, RecursionError):
        return {}
    return settings if isinstance(settings, dict) else {}


def _name_of(written: str) -> str:
    metadata = _settings(written).get("metadata")
    return str(metadata.get("name", "")) if isinstance(metadata, dict) else ""


def _with_own(text: str, values: Mapping[str, Any]) -> str:
    """The first element of a block with the words, the address, the picture and the caption that are its own here."""
    end = text.find("<!-- /wp:")
    block, rest = (text, "") if end < 0 else (text[:end], text[end:])
    if isinstance(values.get("id"), int) and isinstance(values.get("url"), str):
        block = re.sub(r"wp-image-\d+", f"wp-image-{values['id']}", block, count=1)
    for name, attribute in (("url", "src" if "<img" in block else "href"), ("alt", "alt")):
        if isinstance(values.get(name), str):
            held = re.search(rf'\b{attribute}="[^"]*"', block)
            said = f'{attribute}="{escape(values[name])}"'
            block = f"{block[: held.start()]}{said}{block[held.end() :]}" if held else block
    words = values.get("content") or values.get("text") or values.get("caption")
    found = _element.search(block)
    if isinstance(words, str) and words.strip() and found:
        block = f"{block[: found.start()]}{found[1]}{words}{found[3]}{block[found.end() :]}"
    return block + rest
