"""Typed readers for the environment: a wrong value stops the start, naming itself and what is allowed.

Only settings.py reads the environment, and only through these. An empty value counts as unset.
"""

import os
import re
import secrets
import tempfile
from collections.abc import Collection
from contextlib import suppress
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off"})
DATABASE_SCHEMES = ("postgresql", "postgres")


class WrongSetting(ImproperlyConfigured):
    """A variable is missing or has a value that is not allowed; the text is one sentence that says what is."""


def wrong(name: str, allowed: str) -> WrongSetting:
    """The error for a variable, with its present value unless that may be a secret."""
    raw = os.environ.get(name, "").strip()
    if not raw:
        return WrongSetting(f"{name} is missing; allowed is {allowed}.")
    shown = "not allowed as it is" if any(word in name for word in ("KEY", "PASSWORD", "SECRET", "URL")) else repr(raw)
    return WrongSetting(f"{name} is {shown}; allowed is {allowed}.")


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool) -> bool:
    raw = text(name).lower()
    if not raw:
        return default
    if raw not in TRUE | FALSE:
        raise wrong(name, "1, true, yes or on; or 0, false, no or off")
    return raw in TRUE


def number(name: str, default: int, *, least: int, most: int) -> int:
    raw = text(name)
    if not raw:
        return default
    if not (raw.isascii() and raw.isdecimal() and least <= int(raw) <= most):
        raise wrong(name, f"a whole number from {least} to {most}")
    return int(raw)


def words(name: str) -> list[str]:
    """A comma-separated list, without empty entries."""
    return [word.strip() for word in text(name).split(",") if word.strip()]


def choice(name: str, default: str, allowed: Collection[str]) -> str:
    """One of a few words; the case does not matter, the spelling of `allowed` is returned."""
    raw = text(name, default).lower()
    for word in allowed:
        if word.lower() == raw:
            return word
    raise wrong(name, f"one of {', '.join(allowed)}")


def folder(name: str, default: Path) -> Path:
    return Path(text(name, str(default))).expanduser().resolve()


def zone(name: str, default: str) -> str:
    raw = text(name, default)
    try:
        ZoneInfo(raw)
    except (KeyError, ValueError, OSError):
        raise wrong(name, "a zone of the tz database, for example America/Chicago") from None
    return raw


def mailbox(name: str, default: str) -> str:
    """An address, with or without a name: `Academy <office@example.org>`."""
    raw = text(name, default)
    local, _, host = parseaddr(raw)[1].rpartition("@")
    if not (local and host) or any(sign in raw for sign in "\r\n"):
        raise wrong(name, "an e-mail address, for example Academy <office@example.org>")
    return raw


def address(name: str) -> str:
    """A plain address without a name; empty when unset."""
    raw = text(name)
    if raw and not re.fullmatch(r"[\w.-]+@[\w-][\w.-]*", raw, re.ASCII):
        raise wrong(name, "a plain e-mail address without a plus sign, for example bounces@example.org")
    return raw


def url(name: str, default: str = "", *, schemes: Collection[str], example: str) -> str:
    """An address that begins with one of the schemes, or the default when unset."""
    raw = text(name, default)
    if raw and not (_split(name, raw, example).scheme in schemes and "://" in raw):
        raise wrong(name, f"an address like {example}")
    return raw


def database(name: str, default: str) -> dict[str, Any]:
    """Django's entry for a PostgreSQL address. Its query goes to the driver (sslmode=verify-full, …)."""
    example = "postgresql://user:secret@host/name"
    raw = text(name, default)
    split = _split(name, raw, example)
    query = dict(parse_qsl(split.query, keep_blank_values=True))
    host = query.pop("host", split.hostname or "")  # a directory, where the server listens on a socket
    database_name = unquote(split.path.lstrip("/"))
    if split.scheme not in DATABASE_SCHEMES or not host or not database_name:
        raise wrong(name, f"an address like {example}")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database_name,
        "USER": unquote(split.username or ""),
        "PASSWORD": unquote(split.password or ""),
        "HOST": host,
        "PORT": str(split.port or ""),
        "OPTIONS": query,
    }


def kept_secret(file: Path) -> str:
    """Return the random text that is kept in `file`, made when the file does not exist yet, readable by its owner only.

    Written aside and linked into place, so that of several first starts one wins and all use the same text.
    """
    try:
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            handle, aside = tempfile.mkstemp(dir=file.parent)
            with os.fdopen(handle, "w") as new:
                new.write(secrets.token_urlsafe(50))
            with suppress(FileExistsError):
                os.link(aside, file)
            Path(aside).unlink()
        return file.read_text()
    except OSError as error:
        raise WrongSetting(f"{file} cannot be kept ({error.strerror}): make room, or set VAR_DIR.") from error


def _split(name: str, raw: str, example: str) -> SplitResult:
    try:
        split = urlsplit(raw)
        split.port  # noqa: B018  -- reading it is what checks it
    except ValueError:
        raise wrong(name, f"an address like {example}") from None
    return split
