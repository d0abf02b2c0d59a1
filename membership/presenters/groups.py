"""A group in words: what it says of itself, who leads it, and what this reader can do about it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from aapm_site.accounts.models import User
from aapm_site.core.templatetags.ui import day

from ..models import Group, GroupMember, JoinRule
from ..queries.groups import GroupPlace

HOW = {
    JoinRule.OPEN: "Members join at once, by a press.",
    JoinRule.ASKED: "Members ask, and the chairs of the group decide.",
    JoinRule.APPOINTED: "Its members are appointed by the Academy’s office.",
}
IN_A_LINE = {
    JoinRule.OPEN: "Open to all members",
    JoinRule.ASKED: "The chairs decide who joins",
    JoinRule.APPOINTED: "By appointment",
}
RESTS = "Your groups rest, since your membership does not run at present. With your next term you have them again."


def named(person: User) -> str:
    """A chair as everybody reads it: with the degrees, if they are known."""
    return f"{person.display_name}, {person.degrees}" if person.degrees else person.display_name


@dataclass(frozen=True)
class GroupLine:
    """One group of the list."""

    name: str
    url: str
    summary: str
    how: str
    chairs: str = ""


def lines(groups: Sequence[Group], chairs: dict[int, list[GroupMember]]) -> list[GroupLine]:
    return [
        GroupLine(
            group.name,
            group.get_absolute_url(),
            group.summary,
            IN_A_LINE[JoinRule(group.how_to_join)],
            "; ".join(named(row.membership.user) for row in chairs[group.pk]),
        )
        for group in groups
    ]


@dataclass(frozen=True)
class JoinWords:
    """What stands in the box “Join”: a sentence, and which presses it offers; `url` and `label` where it is a link."""

    text: SafeString | str
    does: str = ""
    url: str = ""
    label: str = ""


def join_words(group: Group, place: GroupPlace, *, is_visitor: bool) -> JoinWords:
    """What this reader can do: `does` is join, ask, take-back, or nothing."""
    if group.closed_at:
        return JoinWords("This group is closed. Its members keep reading its pages.")
    how = HOW[JoinRule(group.how_to_join)]
    if is_visitor:
        url = f"{reverse('account_login')}?{urlencode({'next': group.get_absolute_url()})}"
        return JoinWords(f"{how} If you are one, sign in.", url=url, label="Sign in")
    if not place.is_current:
        return JoinWords(
            f"{how} Your account has no membership that runs at present.",
            url=reverse("membership:mine"),
            label="See my membership",
        )
    if group.how_to_join == JoinRule.APPOINTED:
        return JoinWords(how, url="/ask/", label="Ask about it")
    if place.request is not None:
        asked = format_html("You asked on {}. The chairs answer by mail.", day(place.request.asked_at))
        return JoinWords(asked, does="take-back")
    return JoinWords(how, does="join" if group.joins_at_once else "ask")


@dataclass(frozen=True)
class OwnGroup:
    """One of my groups, on My membership."""

    name: str
    url: str
    since: SafeString
    is_chair: bool


def own_groups(rows: Iterable[GroupMember]) -> list[OwnGroup]:
    return [OwnGroup(row.group.name, row.group.get_absolute_url(), day(row.joined_on), row.is_chair) for row in rows]
