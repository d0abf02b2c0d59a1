"""A sample application that somebody has begun and left, as the timed work and an erasure meet it."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from aapm_site.accounts.models import User

from ..models import ApplicationDraft, Plan

EMAIL = "priya.natarajan@members.example"
TYPED = {
    "first_name": ["Priya"],
    "last_name": ["Natarajan"],
    "workplace": ["Sample Lakes Hospital, department of anesthesiology"],
    "training": ["MD 2024. Second year of residency in anesthesiology."],
}


def load_draft() -> None:
    """Half an application, left five days ago; nothing is mailed."""
    user, _ = User.objects.get_or_create(
        email=EMAIL, defaults={"first_name": "Priya", "last_name": "Natarajan", "password": make_password(None)}
    )
    EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    left_at = timezone.now() - timedelta(days=5)
    ApplicationDraft.objects.get_or_create(
        user=user,
        defaults={
            "plan": Plan.objects.get(slug="resident-or-fellow"),
            "fields": TYPED,
            "begun_at": left_at,
            "changed_at": left_at,
            "linked_at": left_at,
        },
    )
