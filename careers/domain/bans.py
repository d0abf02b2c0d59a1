"""The ban list: whom it shuts out, and what staff write on it and take off it."""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.accounts.people import Actor
from aapm_site.accounts.rules import normal_email
from aapm_site.core.transitions import NotAllowed, actor

from ..ban_words import folded_name, hash_of
from ..models import BannedEmployer, Employer
from ..models.banned import BannedEmployerQuerySet
from ..web_domains import domain_of, is_anybodys

LISTED = "This is on the ban list already."
LIFTED = "Somebody has lifted it already."


class Banned(NotAllowed):
    """Somebody is on the ban list. The sentence is the same whatever matched, so that nobody can try what does not."""


def refuse_banned(by: Actor, employer: Employer | None = None, *, name: str = "", website: str = "") -> None:
    """Raises Banned where the list names the organization, or the person by an address or by its domain.

    The organization is one that stands, or the name and website that it is to have. Two queries. Staff who change an
    organization decide for themselves, and are not refused; nor is what the site does by itself.
    """
    person = actor(by)
    if person is None:
        return
    if employer is not None:
        name, website = name or employer.name, website or employer.website
    named = BannedEmployer.objects.against(name=name, website=website, addresses=_addresses(person))
    if named.exists() and not person.has_perm("careers.change_employer"):
        raise Banned(
            f"We cannot do this for you online. Please write to {settings.STAFF_EMAIL}; a person reads it, and "
            "tells you how we can go on."
        )


def _addresses(person: User) -> set[str]:
    """All that the person has here, and each without what stands behind a plus sign."""
    stored = {person.email, *EmailAddress.objects.filter(user=person).values_list("email", flat=True)}
    known = {address.lower() for address in stored if address}
    return known | {_without_tag(address) for address in known}


def _without_tag(address: str) -> str:
    local, at, domain = address.rpartition("@")
    return f"{local.partition('+')[0]}{at}{domain}"


def normal_ban(*, name: str = "", domain: str = "", address: str = "") -> dict[str, str]:
    """What of the three is given, as the list keeps it. NotAllowed unless it is exactly one that tells something.

    ValidationError for an address that none can be.
    """
    given = {"name": name.strip(), "domain": domain.strip(), "address": address.strip()}
    if len(filled := [key for key, typed in given.items() if typed]) != 1:
        raise NotAllowed("Please give one of the three: an organization, a domain, or an address.")
    ways = {"name": _normal_name, "domain": _normal_domain, "address": lambda typed: _without_tag(normal_email(typed))}
    return {key: ways[key](given[key]) if key in filled else "" for key in given}


def _normal_name(typed: str) -> str:
    if not (folded := folded_name(typed)):
        raise NotAllowed("Please give the organization’s name in letters.")
    return folded


def _normal_domain(typed: str) -> str:
    domain = domain_of(typed)
    if not domain:
        raise NotAllowed("Please give a domain as in hospital.org.")
    if is_anybodys(domain):
        raise NotAllowed(
            f"Anybody can have an address or a page at {domain}, so this would shut out everybody there. Give the "
            "organization’s name, or one person’s address."
        )
    return domain


def ban_employer(*, name: str = "", domain: str = "", address: str = "", reason: str, by: Actor) -> BannedEmployer:
    """Put an organization on the list. What it has here stays as it is: staff look at that and decide.

    NotAllowed unless exactly one is given, for a domain of anybody's, and for what is listed already.
    """
    given = normal_ban(name=name, domain=domain, address=address)
    refuse_listed(**given)
    try:
        with transaction.atomic():
            return BannedEmployer.objects.create(**given, reason=reason.strip(), added_by=actor(by))
    except IntegrityError as met:
        raise NotAllowed(LISTED) from met


def refuse_listed(*, name: str = "", domain: str = "", address: str = "") -> None:
    """Raises NotAllowed where an entry that holds says the same, in the spelling of normal_ban()."""
    said = Q(name=name, domain=domain, address=address, address_hash="")
    if address:
        said |= Q(address_hash=hash_of(address))
    if BannedEmployer.objects.holding().filter(said).exists():
        raise NotAllowed(LISTED)


def lift_ban(entry: BannedEmployer, *, why: str, by: Actor) -> BannedEmployer:
    """It shuts nobody out any more; the row stays. NotAllowed when it is lifted already."""
    lifted = BannedEmployer.objects.holding().filter(pk=entry.pk)
    if not lifted.update(lifted_at=timezone.now(), lifted_by=actor(by), why_lifted=why.strip()):
        raise NotAllowed(LIFTED)
    return BannedEmployer.objects.get(pk=entry.pk)


def forget_address(person: User) -> None:
    """Of a ban on an erased person's address a hash is kept, so that erasure does not end the ban; of a lifted one
    nothing."""
    rows = bans_of(person)
    rows.exclude(lifted_at=None).delete()
    for row in rows.holding():
        BannedEmployer.objects.filter(pk=row.pk).update(address="", address_hash=hash_of(row.address))


def bans_of(person: User) -> BannedEmployerQuerySet:
    """The entries, old and new, with an address of the person's."""
    return BannedEmployer.objects.filter(address__in=_addresses(person))
