"""What the page behind the link "Stop this mail" says, and what its button does."""

from dataclasses import dataclass

from ..models import Subscription


@dataclass(frozen=True)
class UnsubscribePage:
    """`do` is what the button asks for, `doubt` a question before it; without `do` there is nothing left to press."""

    heading: str
    lede: str
    do: str = ""
    label: str = ""
    doubt: str = ""


def unsubscribe_page(subscription: Subscription, *, resumed: bool) -> UnsubscribePage:
    """The page of a subscription; `resumed` when it has just been taken up again."""
    comes = f"“{subscription.title}” comes to {subscription.address}."
    if subscription.paused_at:
        return UnsubscribePage(
            "You are unsubscribed",
            f"We no longer send “{subscription.title}” to {subscription.address}. Messages about your account still "
            "come.",
            "resume",
            "Send it again",
            "Was this a slip?",
        )
    if resumed:
        return UnsubscribePage("You get this mail again", f"{comes} Every message has a link that stops it.")
    return UnsubscribePage(
        "Stop this mail?", f"{comes} You can stop it here at once, without signing in.", "pause", "Stop this mail"
    )
