"""Whose a web or mail domain is: what is kept of one, which belong together, and which tell nothing of anybody."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from .rules import ANYBODYS_DOMAINS

# Where many have a page of their own, so that the host tells nothing of an organization.
SHARED_HOSTS = frozenset((
    "blogspot.com", "business.site", "doximity.com", "facebook.com", "github.io", "godaddysites.com", "google.com",
    "healthgrades.com", "instagram.com", "linkedin.com", "linktr.ee", "m.facebook.com", "sites.google.com",
    "squarespace.com", "twitter.com", "weebly.com", "wixsite.com", "wordpress.com", "x.com", "yelp.com", "youtube.com",
    "zocdoc.com",
))  # fmt: skip
SHARED = ANYBODYS_DOMAINS | SHARED_HOSTS
LONGEST = 253
# Below which countries and states let anybody register a name: co.uk, com.au, ny.us.
SUFFIX_LABELS = frozenset((
    "ac", "co", "com", "edu", "gob", "gouv", "gov", "gv", "id", "info", "ltd", "me", "mil", "ne", "net", "nhs", "nom",
    "or", "org", "plc", "sch",
))  # fmt: skip
STATE_SUFFIXES = frozenset(("cc", "dst", "gen", "k12", "lib", "mus", "state", "tec"))

_is_written_right = URLValidator()


def domain_of(typed: str) -> str:
    """hospital.org, of a domain, a web address or a mail address; empty for what is none of them."""
    text = typed.strip().lower()
    try:
        host = urlsplit(text if "://" in text else f"//{text}").hostname or ""
        host = host.removeprefix("www.").removesuffix(".")
        _is_written_right(f"https://{host}/")
    except (ValueError, ValidationError):
        return ""
    is_named = "." in host and not host.rpartition(".")[2].isdigit()
    return host if is_named and len(host) <= LONGEST else ""


def is_shared(domain: str) -> bool:
    """Whether it tells nothing of an organization: anybody has an address or a page there."""
    return domain in SHARED


def belong_together(one: str, other: str) -> bool:
    """Whether they are the same, or one stands below the other: pain.hospital.org and hospital.org."""
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")


def is_public_suffix(domain: str) -> bool:
    """Whether it belongs to a country or a state, which lets anybody have a name below it: org, co.uk, k12.mn.us."""
    labels = domain.split(".")
    if len(labels) == 1:
        return True
    country = labels[-1]
    if country == "us" and len(labels[-2]) == 2:
        return len(labels) == 2 or (len(labels) == 3 and labels[0] in STATE_SUFFIXES)
    return len(country) == 2 and len(labels) == 2 and labels[0] in SUFFIX_LABELS


def is_anybodys(domain: str) -> bool:
    """Whether an address or a page there tells nothing of an organization: webmail, a shared host, a public suffix."""
    is_below_shared = any(domain.endswith(f".{host}") for host in SHARED)
    return is_shared(domain) or is_below_shared or is_public_suffix(domain)
