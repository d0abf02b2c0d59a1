"""Codes by which a card or a letter is checked: random, without letters that are read for others."""

import secrets

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH = 12  # characters: 60 bits, so that nobody finds one by trying
GROUP = 4
LONGEST_TYPED = 40


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def written(code: str) -> str:
    """As it stands on the card, in groups of four."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def read(typed: str) -> str:
    """The code that somebody typed or scanned, without spaces and hyphens; empty for what cannot be one."""
    code = "".join(char for char in typed[:LONGEST_TYPED].upper() if char not in " -\u2010\u2011\u2013")
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""
