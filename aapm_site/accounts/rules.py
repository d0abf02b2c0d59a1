"""Rules about a person's data that need no database."""

import re

from django.core.exceptions import ValidationError

from aapm_site.core.forms import without_control

_record = re.compile(r"^(?:https?://)?(?:www\.)?orcid\.org/", re.IGNORECASE)
_shape = re.compile(r"(?:[0-9]{4}-){3}[0-9]{3}[0-9X]")


def orcid_check_digit(first_fifteen: str) -> str:
    """The sixteenth character of an ORCID iD (ISO 7064, MOD 11-2) for its first fifteen digits."""
    total = 0
    for digit in first_fifteen:
        total = (total + int(digit)) * 2
    rest = (12 - total % 11) % 11
    return "X" if rest == 10 else str(rest)


def written_orcid(typed: str) -> str:
    """The iD as it is kept, of all ways in which people have it: its record’s address, without hyphens, with spaces."""
    bare = re.sub(r"[\s-]", "", _record.sub("", typed.strip()).rstrip("/")).upper()
    return "-".join(bare[at : at + 4] for at in range(0, 16, 4)) if len(bare) == 16 else typed.strip()


def validate_orcid(value: str) -> None:
    """Refuse what is not an ORCID iD: four groups of four, of which the last character checks the others."""
    if not _shape.fullmatch(value):
        raise ValidationError("An ORCID iD looks like 0000-0002-1825-0097.")
    digits = value.replace("-", "")
    if orcid_check_digit(digits[:15]) != digits[15]:
        raise ValidationError("This ORCID iD does not add up; please check it for a slip of the keys.")


def normal_email(address: str) -> str:
    """The one form of an address in which it is stored and looked for: small letters, the domain in ASCII.

    Letters that only look like a to z would let one address pass for another when case is ignored (mıke for mike),
    so they are refused before the @ and spelled out behind it. Raises ValidationError.
    """
    local, at, domain = without_control(address.strip()).rpartition("@")
    if not local.isascii():
        raise ValidationError("Before the @, please use the letters a to z, digits and signs only.")
    try:
        ascii_domain = domain.encode("idna").decode() if not domain.isascii() else domain
    except UnicodeError as refused:
        raise ValidationError("Please check what stands behind the @.") from refused
    return f"{local}{at}{ascii_domain}".lower()
