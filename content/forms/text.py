"""What forms ask of a rich text before it is stored."""

import re

from django.core.exceptions import ValidationError

from aapm_site.core.richtext_pictures import has_words, pictures_in
from content.models import Picture

_ours = re.compile(r"^/media/pictures/([A-Za-z0-9_-]{16})-(\d{1,4})\.(?:jpg|png|webp)$")


def described(html: str, *, for_readers: bool = True) -> str:
    """The text itself, when its pictures are the library's own and described; else ValidationError naming each.

    What readers do not read yet may have pictures that nobody has described: publishing asks for the words.
    """
    if problems := rich_text_problems(html, for_readers=for_readers):
        raise ValidationError(problems)
    return html


def rich_text_problems(html: str, *, for_readers: bool = True) -> list[str]:
    """What keeps this text from being stored, in sentences that name each picture; empty when all is well.

    Pictures come from the library, and each says what it shows or is marked as decorative, at the latest when readers
    read it. One query, if there are any.
    """
    found = pictures_in(html)
    if not found:
        return []
    matches = [_ours.match(picture.get("src", "")) for picture in found]
    known = Picture.objects.in_bulk({match[1] for match in matches if match}, field_name="public_id")
    told = []
    for number, (picture, match) in enumerate(zip(found, matches, strict=True), start=1):
        row = known.get(match[1]) if match else None
        told.append(_problem(number, picture, row, is_ours=bool(match), for_readers=for_readers))
    return [problem for problem in told if problem]


def _problem(number: int, picture: dict[str, str], row: Picture | None, *, is_ours: bool, for_readers: bool) -> str:
    source, alt = picture.get("src", ""), picture.get("alt", "").strip()
    name = f"Picture {number}" + (f", “{row or alt[:60]}”," if row or alt else "")
    if source.startswith("/static/"):
        pass
    elif not is_ours:
        where = source.split("?")[0][:80] if source.startswith(("http:", "https:", "//")) else "pasted into the text"
        return f"{name} is not from the library ({where}). Take it out, and add it with the picture button instead."
    elif row is None or row.get_absolute_url() != source:
        return f"{name} is not in the library any more. Take it out, or choose another one."
    if for_readers and not has_words(picture):
        return f"{name} says nothing to those who do not see it. Describe it, or mark it as decorative."
    return ""
