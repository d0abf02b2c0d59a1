"""The secrets of second factors at rest: encrypted, so that a copy of the database opens no account.

Encrypted with the first of FACTOR_KEYS, read with any of them (Fernet, of the library cryptography). A secret from the
time before there were keys is read as it stands. docs/operations.md says how keys are changed.
"""

import hashlib
import os
from base64 import b32encode, urlsafe_b64encode
from functools import cache

import structlog
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

log = structlog.get_logger(__name__)
SEALED = "gAAAA"  # how each Fernet token begins; base32 and hexadecimal secrets have no small g


class NoKeyFits(Exception):  # noqa: N818 - said to the operator as it is
    """A secret was encrypted with a key that FACTOR_KEYS does not name."""


def seal(secret: str) -> str:
    return _box(tuple(settings.FACTOR_KEYS)).encrypt(secret.encode()).decode()


def unseal(kept: str) -> str:
    """Raises NoKeyFits."""
    if not kept.startswith(SEALED):
        return kept
    try:
        return _box(tuple(settings.FACTOR_KEYS)).decrypt(kept).decode()
    except InvalidToken as wrong:
        raise NoKeyFits("FACTOR_KEYS does not name the key that this second factor was encrypted with.") from wrong


def unseal_or_none_fits(kept: str) -> str:
    """The secret; where no key fits, one that nobody knows, so that no code is right, and a line in the log."""
    try:
        return unseal(kept)
    except NoKeyFits as wrong:
        log.error("factor.no_key_fits", error=str(wrong))
        return b32encode(os.urandom(20)).decode()


@cache
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(urlsafe_b64encode(hashlib.sha256(key.encode()).digest())) for key in keys])
