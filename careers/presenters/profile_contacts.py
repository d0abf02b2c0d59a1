"""Requests for contact and kept profiles in words, for the employer and for the person."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from ..contact_states import ContactStatus
from ..models import Employer, Profile, ProfileBookmark, ProfileContact
from ..profile_alias import alias_of
from .profile import plain_headline

TONES = {
    ContactStatus.ASKED: "wait",
    ContactStatus.AGREED: "live",
    ContactStatus.DECLINED: "end",
    ContactStatus.TAKEN_BACK: "end",
    ContactStatus.WITHDRAWN: "end",
}


@dataclass(frozen=True)
class ContactRow:
    """One request: with its tone, and as the employer lists it with the person's name while their yes holds.

    Else with the headline that the list of profiles shows of them; empty for one that is not to be found any more.
    """

    contact: ProfileContact
    tone: str
    alias: str = ""
    name: str = ""
    is_shown: bool = False
    headline: str = ""


def team_contacts(
    contacts: Iterable[ProfileContact], employer: Employer, shown: Collection[int], there: Iterable[Profile]
) -> list[ContactRow]:
    """`shown` are the profiles whose yes can still be read, `there` those that the employer may find."""
    headlines = {one.pk: plain_headline(one) for one in there}
    return [
        ContactRow(
            one,
            TONES[ContactStatus(one.status)],
            alias_of(one.profile_id, employer.pk),
            one.profile.user.signature_name if one.is_agreed and one.profile_id in shown else "",
            one.is_agreed and one.profile_id in shown,
            headlines.get(one.profile_id, ""),
        )
        for one in contacts
    ]


def own_contacts(contacts: Iterable[ProfileContact]) -> list[ContactRow]:
    return [ContactRow(one, TONES[ContactStatus(one.status)]) for one in contacts]


@dataclass(frozen=True)
class BookmarkRow:
    """One kept profile; without a headline it is not to be found any more."""

    bookmark: ProfileBookmark
    alias: str
    headline: str


def bookmark_rows(
    bookmarks: Iterable[ProfileBookmark], there: Iterable[Profile], employer: Employer
) -> list[BookmarkRow]:
    headlines = {one.pk: plain_headline(one) for one in there}
    return [
        BookmarkRow(one, alias_of(one.profile_id, employer.pk), headlines.get(one.profile_id, "")) for one in bookmarks
    ]
