"""Keys that sign what other sites read: RSA, written in the environment in one line each."""

import base64
import os
import tempfile
from binascii import Error
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from . import env

LEAST_BITS = 2048
ALLOWED = "RSA keys of 2048 bits or more, each a PEM without a password in base64 and in one line, with commas between"


def read_keys(name: str, words: Iterable[str]) -> list[str]:
    """The keys of a variable as PEM, in their order and each once; WrongSetting for what is none."""
    return list(dict.fromkeys(_read(name, word) for word in words))


def _read(name: str, word: str) -> str:
    try:
        pem = base64.b64decode(word, validate=True)
        key = load_pem_private_key(pem, password=None)
    except (Error, ValueError, TypeError, UnsupportedAlgorithm):
        raise env.wrong(name, ALLOWED) from None
    if not isinstance(key, RSAPrivateKey) or key.key_size < LEAST_BITS:
        raise env.wrong(name, ALLOWED)
    return pem.decode()


def kept_key(file: Path) -> str:
    """The key that is kept in `file`, made when the file does not exist yet, readable by its owner only.

    Written aside and linked into place, so that of several first starts one wins and all use the same key.
    """
    try:
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            handle, aside = tempfile.mkstemp(dir=file.parent)
            with os.fdopen(handle, "wb") as new:
                new.write(new_key())
            with suppress(FileExistsError):
                os.link(aside, file)
            Path(aside).unlink()
        return file.read_text()
    except OSError as error:
        raise env.WrongSetting(f"{file} cannot be kept ({error.strerror}): make room, or set VAR_DIR.") from error


def new_key() -> bytes:
    key = generate_private_key(public_exponent=65_537, key_size=LEAST_BITS)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
