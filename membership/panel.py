"""Membership's part of My account: what is true today, in a sentence; the dates, and the next step."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from .access import AccessStep
from .models import Application
from .queries import members
from .rules import Standing
from .states import MembershipStatus

SOON_DAYS = 30


@dataclass(frozen=True)
class PanelStep:
    text: str
    step: AccessStep | None = None


def next_step(standing: Standing, application: Application | None) -> PanelStep:
    """What this person would do next about their membership."""
    if application is not None:
        return PanelStep("", AccessStep("See my application", application.get_absolute_url()))
    ask = AccessStep("Tell us that you stay", "/ask/")
    if standing.status == MembershipStatus.GRACE:
        return PanelStep("To stay a member, tell us so. You lose no day by it.", ask)
    if standing.status == MembershipStatus.ACTIVE:
        left = (standing.ends_on - timezone.localdate()).days
        if left <= SOON_DAYS:
            return PanelStep("To stay a member after that, tell us so. You lose no day by it.", ask)
        return PanelStep("", AccessStep("Read the Journal", "/journal/"))
    if standing.status == MembershipStatus.FUTURE:
        return PanelStep("There is nothing to do until then.")
    if standing.status == MembershipStatus.LAPSED:
        return PanelStep(
            "What the Journal published during your terms stays open to you. You are welcome back.",
            AccessStep("Join again", "/membership/join/"),
        )
    return PanelStep("", AccessStep("See the categories", "/membership/join/"))


def membership_sentence(request: HttpRequest) -> str:
    """What is true today, in one sentence; nothing for a person who has never been a member nor applied."""
    standing = members.standing_of(request.user)
    application = members.open_application_of(request.user)
    if standing.status == MembershipStatus.NONE and application is None:
        return ""
    return render_to_string("membership/sentence.html", {"standing": standing, "application": application})


def membership_panel(request: HttpRequest) -> str:
    """The panel; a person who has nothing to do with membership reads one line that invites them."""
    user = request.user
    standing = members.standing_of(user)
    application = members.open_application_of(user)
    membership = members.membership_of(user) if standing.status != MembershipStatus.NONE else None
    context = {
        "standing": standing,
        "membership": membership,
        "application": application,
        "next": next_step(standing, application),
    }
    return render_to_string("membership/panel.html", context, request)
