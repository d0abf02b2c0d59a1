"""What a letter to members may hold: fields in braces, and what each becomes for one member."""

from .reminder_words import FIELD, unknown_fields

LETTER_FIELDS = {
    "name": "the member’s first name",
    "number": "the member number",
    "category": "the category of the last term",
    "ends_on": "the last day of that term",
    "site": "the address of this site",
}
OF_A_TERM = {"category", "ends_on"}


def unknown_letter_fields(text: str) -> list[str]:
    """Words in braces that are no field, and braces that do not close."""
    return unknown_fields(text, LETTER_FIELDS.keys())


def names_a_term(*texts: str) -> bool:
    """Whether somebody without a term would read a gap."""
    return any(found in OF_A_TERM for text in texts for found in FIELD.findall(text))
