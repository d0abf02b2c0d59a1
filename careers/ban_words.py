"""How the ban list compares: names without their dress, the domains that an address stands below. No database."""

import re
from hashlib import sha256

from aapm_site.core.accents import unaccented

from .web_domains import domain_of

# How a company may sign, which makes no other of it.
LEGAL_FORMS = frozenset(("co", "corp", "corporation", "inc", "incorporated", "llc", "llp", "ltd", "pa", "pc", "pllc"))


def folded_name(name: str) -> str:
    """Small letters without accents and signs, one space between words, no “the” before and no legal form behind."""
    letters = unaccented(name.replace("&", " and ").casefold()).replace(".", "").replace("’", "'")
    words = re.sub(r"[\W_]+", " ", letters.replace("'", "")).split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    while len(words) > 1 and words[-1] in LEGAL_FORMS:
        words = words[:-1]
    return " ".join(words)


def domains_above(typed: str) -> set[str]:
    """The domain of a web or mail address, and each that it stands below; a banned one bans its subdomains."""
    labels = domain_of(typed).split(".")
    return {".".join(labels[at:]) for at in range(len(labels) - 1)}


def hash_of(address: str) -> str:
    """What is kept of a banned address once its person's data are erased. Takes it as normal_email() spells it.

    Without the site's key: with another key every such ban would end without a word.
    """
    return sha256(address.encode()).hexdigest()
