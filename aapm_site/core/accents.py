"""Letters without their accents, as people type a name in a hurry."""

import unicodedata


def unaccented(text: str) -> str:
    """The text with each letter as its plain one, and signs as those they stand for (Unicode's NFKD)."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
