"""What a profile is called in the addresses of one employer.

Neither its number nor its random id: an employer could count the one, and two employers could compare the other. It is
the number, enciphered with a key of each employer's own, so that the same person is somebody else to each of them and
nobody makes one up. It lasts as long as the site's secret key.
"""

import base64
import binascii

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.utils.crypto import salted_hmac

LENGTH = 22
_BLOCK = 16
_NOUGHT = bytes(8)  # beside the number: what was not enciphered here has something else in its place


def _cipher(employer: int) -> Cipher:
    key = salted_hmac("careers.profile.alias", str(employer), algorithm="sha256").digest()[:_BLOCK]
    # One block, once for each number: there is nothing in which a repetition could be seen.
    return Cipher(algorithms.AES(key), modes.ECB())  # noqa: S305 - see above


def alias_of(profile: int, employer: int) -> str:
    """How this employer's pages call the profile of that number."""
    into = _cipher(employer).encryptor()
    sealed = into.update(_NOUGHT + profile.to_bytes(8)) + into.finalize()
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")


def profile_number(alias: str, employer: int) -> int | None:
    """The number of the profile; None for what is no alias of this employer's pages."""
    if len(alias) != LENGTH:
        return None
    try:
        sealed = base64.urlsafe_b64decode(f"{alias}==")
    except (binascii.Error, ValueError):
        return None
    out = _cipher(employer).decryptor()
    plain = out.update(sealed) + out.finalize()
    if not plain.startswith(_NOUGHT) or alias_of(number := int.from_bytes(plain[8:]), employer) != alias:
        return None
    return number if number < 2**63 else None
