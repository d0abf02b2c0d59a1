"""What the first day needs of accounts: colleagues, and a second factor for whoever may do everything."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef
from django.urls import reverse

from aapm_site.core.admin.first_day import FirstStep, StepStanding

from .models import User


def _colleagues(user: Any) -> StepStanding:
    staff = User.objects.filter(is_staff=True, is_active=True)
    url = f"{reverse('admin:accounts_user_changelist')}?is_staff__exact=1"
    if (number := staff.count()) > 1:
        return StepStanding(True, f"{number} people can work here.", "See them", url)
    return StepStanding(
        False,
        "You are alone. Whoever works here needs an account of their own with the roles of their work; a second "
        "administrator lets you back in when you have lost your factor.",
        "Invite a colleague",
        reverse("admin:accounts_user_invite"),
    )


def _second_factor(user: Any) -> StepStanding:
    factor = Authenticator.objects.filter(user=OuterRef("pk")).exclude(type=Authenticator.Type.RECOVERY_CODES)
    codes = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.RECOVERY_CODES)
    everything = User.objects.filter(is_superuser=True, is_active=True)
    without = everything.exclude(Exists(factor)).order_by("email").first()
    url = reverse("mfa_index")
    if without:
        return StepStanding(
            False, f"{without.email} may do everything and has no second factor.", "Set up your own", url
        )
    if everything.exclude(Exists(codes)).exists():
        return StepStanding(False, "Recovery codes are missing, for the day a phone is lost.", "Make your own", url)
    return StepStanding(True, "Whoever may do everything has a second factor and recovery codes.", "Your own", url)


COLLEAGUES = FirstStep("staff", "Colleagues", _colleagues, order=50)
SECOND_FACTOR = FirstStep("second-factor", "Second factor", _second_factor, order=60)
