"""Profiles that nobody confirms: before six months are over we ask; then they rest until a press brings them back."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.core import signing
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from aapm_site.core.background.due import DueRow
from aapm_site.core.seo import absolute
from aapm_site.mail.domain.queue import queue_email

from ..models import Profile
from ..rules import months_later

MONTHS = 6
NOTICE = timedelta(days=14)  # from the question to the rest
HOUR = time(6)  # of the association's day; there is one on every day
KIND = "profiles"
SALT = "careers.profile"
MOST_AT_ONCE = 500
# Six months are 181 days at least; a day is between the moment and the local day.
SOONEST_QUESTION = timedelta(days=181 - 14 - 1)
SOONEST_REST = NOTICE - timedelta(days=1)


def is_asked(profile: Profile) -> bool:
    """Whether a question of ours waits for an answer; whatever the person has said since is one."""
    return profile.asked_at is not None and profile.asked_at > profile.confirmed_at


def asks_on(profile: Profile) -> date:
    return months_later(timezone.localdate(profile.confirmed_at), MONTHS) - NOTICE


def rests_on(profile: Profile) -> date:
    """The local day on which it rests without a word of the person's. Who was asked late has fourteen days as well."""
    if profile.asked_at is not None and is_asked(profile):
        return timezone.localdate(profile.asked_at) + NOTICE
    return months_later(timezone.localdate(profile.confirmed_at), MONTHS)


def due_rests(at: datetime) -> Iterator[DueRow]:
    """Profiles that employers can find whose people are to be asked, or have left the question unanswered."""
    waits = Q(asked_at__gt=F("confirmed_at"))
    near = (waits & Q(asked_at__lte=at - SOONEST_REST)) | (
        (Q(asked_at=None) | ~waits) & Q(confirmed_at__lte=at - SOONEST_QUESTION)
    )
    for profile in Profile.objects.offered().filter(near).order_by("confirmed_at", "pk")[:MOST_AT_ONCE]:
        asked = is_asked(profile)
        title = f"Let profile {profile.pk} rest" if asked else f"Ask whether profile {profile.pk} is still wanted"
        when = timezone.make_aware(datetime.combine(rests_on(profile) if asked else asks_on(profile), HOUR))
        if when <= at:
            yield DueRow(str(profile.pk), title, when)


@transaction.atomic
def ask_or_rest(key: str) -> None:
    """Ask the person, or let the profile rest. Safe to repeat and to race: it counts what stands under the lock."""
    now = timezone.now()
    profile = Profile.objects.offered().select_for_update(of=("self",)).filter(pk=int(key)).first()
    if profile is None:
        return
    today = timezone.localdate(now)
    if is_asked(profile):
        if today >= rests_on(profile):
            profile.paused_at = now
            profile.save(update_fields=["paused_at"])
            _write(profile, "profile_rests")
    elif today >= asks_on(profile):
        profile.asked_at = now
        profile.save(update_fields=["asked_at"])
        _write(profile, "profile_still_looking")


@transaction.atomic
def confirm_profile(profile: Profile) -> bool:
    """The person still looks: six months begin anew, and a profile that rests comes back.

    The person's own switches stay as they are. False when it has gone meanwhile.
    """
    locked = Profile.objects.select_for_update().filter(pk=profile.pk).first()
    if locked is None:
        return False
    locked.confirmed_at, locked.paused_at = timezone.now(), None
    locked.save(update_fields=["confirmed_at", "paused_at"])
    return True


def confirm_token(profile: Profile) -> str:
    """The proof in a letter. It is good for as long as the profile: it can do nothing but keep it, or bring it back."""
    return signing.dumps(profile.public_id, salt=SALT)


def profile_by_token(signed: str) -> Profile | None:
    """Whose letter it was; None for a forged link, a profile that is gone, and a closed account."""
    try:
        public_id = signing.loads(signed, salt=SALT)
    except signing.BadSignature:
        return None
    return Profile.objects.select_related("user").filter(public_id=public_id, user__is_active=True).first()


def _write(profile: Profile, event: str) -> None:
    context = {
        "confirm_url": absolute(reverse("careers:profile-confirm", args=[confirm_token(profile)])),
        "rests_on": rests_on(profile),
    }
    queue_email(profile.user.email, f"careers/{event}", context, user=profile.user, kind=f"{KIND}.{event}")
