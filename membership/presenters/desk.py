"""What the application desk says of who applies, and of how long it has waited."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html

from ..queries.desk import ApplicantGlance
from ..states import MembershipStatus


def waited(since: datetime, at: datetime | None = None) -> str:
    """How long something has waited, in whole days of the association."""
    days = (timezone.localdate(at) - timezone.localdate(since)).days
    if days < 1:
        return "since today"
    return "since yesterday" if days == 1 else f"for {days} days"


def glance_words(glance: ApplicantGlance) -> list[str]:
    """A sentence for each thing that is worth knowing before one decides."""
    said = [_membership(glance)]
    said += [
        format_html(
            'Applied before: <a href="{}">{}</a>, {}, {}.',
            reverse("admin:membership_application_change", args=[one.pk]),
            one.plan.name,
            date_format(timezone.localtime(one.submitted_at)),
            word.lower(),
        )
        for one, word in glance.earlier
    ]
    said += [
        format_html(
            'A member has the same name: <a href="{}">no. {}</a>. If it is one person, merge the two first.',
            reverse("admin:membership_membership_change", args=[twin.pk]),
            twin.number,
        )
        for twin in glance.twins
    ]
    return said


def _membership(glance: ApplicantGlance) -> str:
    standing = glance.standing
    if glance.number is None:
        return "New to the Academy: never a member before."
    if standing.status == MembershipStatus.LAPSED and standing.ends_on:
        return format_html("Was a member until {}, no. {}.", date_format(standing.ends_on), glance.number)
    return format_html("Membership no. {}: {}.", glance.number, standing.status.label.lower())
