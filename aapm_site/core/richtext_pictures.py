"""The pictures of a text: where each comes from, and what it says to those who do not see it."""

from html.parser import HTMLParser


class Pictures(HTMLParser):
    """Collects the attributes of every <img>."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"img", "image"}:
            self.found.append({name: value or "" for name, value in reversed(attrs)})


def pictures_in(html: str) -> list[dict[str, str]]:
    """The attributes of each picture of a text, in its order."""
    reader = Pictures()
    reader.feed(html)
    reader.close()
    return reader.found


def has_words(picture: dict[str, str]) -> bool:
    """Whether it is described, or marked as decorative."""
    return bool(picture.get("alt", "").strip()) or picture.get("role") == "presentation"


def without_words(html: str) -> list[int]:
    """The numbers of the pictures that say nothing to those who do not see them, counted from one."""
    return [number for number, picture in enumerate(pictures_in(html), start=1) if not has_words(picture)]
