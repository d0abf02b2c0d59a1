"""Kinds of letters that go to many in portions: a room says what one says, to whom not, and what happens at its end."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from aapm_site.core.registry import Registry

if TYPE_CHECKING:
    from .models import Mailing, MailingRecipient


class Portion(Protocol):
    """What a kind has asked, once, for all readers of a portion."""

    def why_held(self, row: "MailingRecipient") -> str:
        """Why this reader gets none, for a reason of the kind's own; empty where there is none."""

    def context(self, row: "MailingRecipient") -> dict[str, Any]:
        """What the template of the letter reads, for one reader who gets it."""


@dataclass(frozen=True)
class MailingKind:
    """One kind, named as its MailKind and the kind of its readers' subscriptions.

    `portion` asks what the next readers' letters need. `url` is where staff look at the letter. People who have no
    subscription yet get one with `subscription_title`, whose link stops these letters; without a title they get none.
    `reasons` are the kind's own reasons not to write, in words. `done` is told, under the mailing's lock, that the last
    portion is written. `still_for` says of one row, when its letter is about to be sent, whether it is still for them.
    """

    name: str
    template: str
    portion: Callable[["Mailing", Sequence["MailingRecipient"]], Portion]
    url: Callable[["Mailing"], str]
    subscription_title: str = ""
    reasons: Mapping[str, str] = field(default_factory=dict)
    done: Callable[["Mailing"], None] | None = None
    still_for: Callable[["MailingRecipient"], bool] | None = None
    order: int = 100


mailing_kinds: Registry[MailingKind] = Registry()


def mailing_kind(name: str) -> MailingKind:
    """The registered kind; LookupError when there is none."""
    if (found := mailing_kinds.get(name)) is None:
        raise LookupError(f"No room has registered mailings of the kind {name!r}.")
    return found
