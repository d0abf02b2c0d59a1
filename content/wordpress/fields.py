"""Texts that page builders keep in fields beside an empty page: trees of parts, as JSON or as PHP writes them."""

import html
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from content.wordpress import builders
from content.wordpress.wxr import BUILT, CODES, WRITTEN

TITLED = re.compile(r"(^|_)(title|heading|headline|tab_title|item_title)s?$")
SPOKEN = re.compile(r"(^|_)(text|content|editor|html|description|label|caption|quote|name|body|value|answer|question)$")
QUIET = {"name", "id", "parent", "type", "node", "tag", "slug", "nicename", "cid"}
SOURCES = ("url", "src", "photo_src", "full")
DEEPEST = 60
MOST = 20_000  # values of one tree
_php = re.compile(rb"([bid]):([^;]*);|s:(\d+):\"|[aO]:|N;|E:(\d+):\"")


def text_of(meta: Mapping[str, list[str]]) -> str:
    """The text of a page from the field in which its builder keeps it; empty when there is none that can be read."""
    for name in BUILT:
        written = meta.get(name, [""])[0].strip()
        if not written:
            continue
        text = written if name in CODES + WRITTEN else "\n\n".join(_shown(tree_of(written), "", "", 0))
        if text:
            return text
    return ""


def tree_of(written: str) -> Any:
    """What a field holds: JSON, JSON in JSON, or what PHP writes; None for what is neither."""
    try:
        tree = json.loads(written)
        if isinstance(tree, dict) and isinstance(inner := tree.get("tree_json_string"), str):
            tree = json.loads(inner)
    except (ValueError, RecursionError):
        return _from_php(written)
    return tree


def _from_php(written: str) -> Any:
    try:
        value, _ = _value(written.encode(), 0, 0)
    except (ValueError, IndexError, RecursionError):
        return None
    return value


def _value(data: bytes, at: int, depth: int) -> tuple[Any, int]:
    """One value and where it ends; the lengths that PHP writes count bytes."""
    found = _php.match(data, at)
    if found is None or depth > DEEPEST:
        raise ValueError("not what PHP writes")
    if found[1]:
        return found[2].decode(), found.end()
    if found[3] is not None:
        end = found.end() + int(found[3])
        if data[end : end + 2] != b'";':  # counted in another encoding
            end = data.index(b'";', found.end())
        return data[found.end() : end].decode("utf-8", "replace"), end + 2
    if found[0] == b"N;":
        return None, found.end()
    opened = data.index(b"{", at)
    rows: dict[str, Any] = {}
    at = opened + 1
    while data[at : at + 1] != b"}":
        key, at = _value(data, at, depth + 1)
        rows[str(key)], at = _value(data, at, depth + 1)
        if len(rows) > MOST:
            raise ValueError("larger than any page")
    return rows, at + 1


def _shown(tree: Any, name: str, kind: str, depth: int) -> Iterator[str]:
    """Headings, words, pictures and links of a tree, in its order; what is for machines is passed over."""
    if depth > DEEPEST:
        return
    if isinstance(tree, list):
        for one in tree:
            yield from _shown(one, name, kind, depth + 1)
    elif isinstance(tree, Mapping):
        yield from _part(tree, name, kind, depth)
    elif isinstance(tree, str) and tree.strip():
        yield from _words(tree, name, kind)


def _part(tree: Mapping[str, Any], name: str, kind: str, depth: int) -> Iterator[str]:
    named = tree.get("name") if isinstance(tree.get("name"), str) and ("children" in tree or "options" in tree) else ""
    kind = str(tree.get("type") if "settings" in tree and not named else named or tree.get("slug") or kind)
    if isinstance(tree.get("original"), Mapping):  # Oxygen keeps beside the words what they are
        tree = {**tree["original"], **{key: value for key, value in tree.items() if key != "original"}}
    words = next((tree[key] for key in ("ct_content", "text", "label") if isinstance(tree.get(key), str)), "")
    address = _address(tree)
    if words.strip() and address and not re.search(r"<(?:p|div|h\d|ul|ol)\b", words):
        yield builders.link(address, words)
        tree = {key: value for key, value in tree.items() if value != words}
    elif (source := next((tree[key] for key in SOURCES if _is_picture(tree.get(key))), "")) or "image" in kind:
        number = str(tree.get("id", "") or tree.get("attachment_id", "") or tree.get("photo", ""))
        if source or number.isdecimal():
            shown = f"wp-image-{number}" if number.isdecimal() else ""
            alt = html.escape(str(tree.get("alt", "") or ""))
            yield f'<figure><img class="{shown}" src="{html.escape(source)}" alt="{alt}"></figure>'
            return
    level = str(tree.get("tag", ""))
    for key, value in tree.items():
        is_said = key == "name" and not named and isinstance(value, str) and " " in value
        if key in QUIET and not isinstance(value, Mapping | list) and not is_said:
            continue
        yield from _shown(value, str(key), level if re.fullmatch(r"h[1-6]", level) else kind, depth + 1)


def _words(text: str, name: str, kind: str) -> Iterator[str]:
    is_heading = TITLED.search(name) or (
        name in {"text", "ct_content", "heading"} and re.search(r"^h[1-6]$|head", kind) and "<p" not in text
    )
    if is_heading and builders.count_words(text) and not text.startswith(("http", "#", "{")):
        level = kind if re.fullmatch(r"h[1-6]", kind) else "h2"
        yield f"<{level}>{text}</{level}>"
    elif builders.count_words(text) and _is_said(text, name):
        yield text if "<" in text else f"<p>{text}</p>"


def _is_said(text: str, name: str) -> bool:
    """Whether a value is for readers: by its name, else by how it reads."""
    styled = builders.STYLED.search(_tagless(text))
    if SPOKEN.search(name):
        return "<p" in text or not styled
    return not styled and not builders.QUIET.search(name) and builders.count_words(text) > 3


def _tagless(text: str) -> str:
    return re.sub(r"<[^>]*>", " ", text).strip() if "<" in text else text


def _address(tree: Mapping[str, Any]) -> str:
    for key in ("link", "url", "link_url", "linkUrl", "href"):
        value = tree.get(key)
        address = value.get("url") or value.get("href") if isinstance(value, Mapping) else value
        if isinstance(address, str) and re.match(r"(https?:/)?/\S|mailto:|tel:", address) and not _is_picture(address):
            return address
    return ""


def _is_picture(value: Any) -> bool:
    return isinstance(value, str) and bool(
        re.match(r"(https?:/)?/\S+\.(jpe?g|png|gif|webp|avif)(\?\S*)?$", value, re.I)
    )
