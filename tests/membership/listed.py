"""Members in the directories, for tests."""

from itertools import count
from typing import Any

from allauth.account.models import EmailAddress

from aapm_site.accounts.models import Place, Profession, Specialty, User
from membership.directory_parts import DirectoryPart
from membership.domain import directory
from membership.models import DirectoryEntry

from .factories import make_member, make_user

ALL = tuple(DirectoryPart.values)
YEAR = (-30, 300)
numbers = count(1)


def town(name: str, state: str) -> Place:
    return Place.objects.get(name=name, state_code=state)


def doctor(**fields: Any) -> User:
    """A physician with a confirmed address."""
    fields = {"first_name": "Ines", "degrees": "MD", "last_name": f"Beltrán {next(numbers)}", **fields}
    fields.setdefault("profession", Profession.objects.get(slug="physician"))
    fields.setdefault("specialty", Specialty.objects.get(slug="neurology"))
    made = make_user(**fields)
    EmailAddress.objects.create(user=made, email=made.email, primary=True, verified=True)
    return made


def listed(user: User | None = None, *, terms: tuple[tuple[int, int], ...] = (YEAR,), **words: Any) -> DirectoryEntry:
    """A member who shows everything to everybody, unless the test says otherwise."""
    person = make_member(*terms, user=user or doctor())
    defaults = {
        "practice": "Harbor Pain Center",
        "place": town("Portland", "ME"),
        "languages": ("en", "es"),
        "takes_new_patients": True,
        "takes_referrals": True,
        "telephone": "207-555-0134",
        "website": "https://harbor.example.org/",
        "for_members": True,
        "for_public": True,
        "members_parts": ALL,
        "public_parts": ALL,
    }
    return directory.keep_entry(person, directory.EntryWords(**{**defaults, **words}))
