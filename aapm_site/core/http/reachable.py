"""Which web addresses readers can open: those of hosts that the whole world knows."""

from typing import TypeVar
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from .safe_http import is_public

UNREACHABLE = (
    "Nobody outside your own network can open this address. Give the one that people open at home, such as "
    "https://www.example.org/jobs/."
)
# Names that lead nowhere outside a network, or nowhere at all (RFC 6761, 6762, 8375 and 9476; what routers give).
ENDINGS = frozenset((
    "alt", "corp", "home", "internal", "intranet", "invalid", "lan", "local", "localdomain", "localhost", "onion",
    "private", "test",
))  # fmt: skip
HOME_NETWORK = ".home.arpa"

_is_written_right = URLValidator()

Kept = TypeVar("Kept", bound=forms.Field | None)


def is_within_reach(host: str) -> bool:
    """Whether a host is named as the world's are, or is a machine's public number."""
    host = host.rstrip(".").lower()
    if ":" in host or host.rpartition(".")[2].isdigit():
        return is_public(host)
    named, dot, ending = host.rpartition(".")
    return bool(named and dot) and ending not in ENDINGS and not f".{host}".endswith(HOME_NETWORK)


def check_reachable(address: str) -> None:
    """Raises ValidationError. What is no address at all is refused elsewhere."""
    try:
        _is_written_right(address)
    except ValidationError:
        return
    if not is_within_reach(urlsplit(address).hostname or ""):
        raise ValidationError(UNREACHABLE, code="unreachable")


def with_reachable_address(field: Kept) -> Kept:
    """The field, which takes no address that readers cannot open if it asks for one."""
    if isinstance(field, forms.URLField) and check_reachable not in field.validators:
        field.validators.append(check_reachable)
    return field
