"""Looking at the site as a member sees it: begun with a reason, ended by hand or by the clock, each page noted."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.accounts.people import Visitor
from aapm_site.core.transitions import NotAllowed

from ..models import ViewedPage, Viewing

LASTS = timedelta(minutes=15)
PERMISSION = "membership.view_as_member"


def refusal_to_view(person: User, *, by: Visitor) -> str:
    """Why nobody may look as this person; empty when it is allowed."""
    if person.pk == by.pk:
        return "This is you. Look at the site yourself."
    if person.is_staff or person.is_superuser:
        return "This account belongs to staff. Nobody looks at the site as a colleague."
    return "" if person.is_active else "Nobody signs in to this account, so there is nothing that they see."


@transaction.atomic
def start_viewing(person: User, *, by: User, reason: str) -> Viewing:
    """Begin to look. Other looks of the same colleague end. NotAllowed as `refusal_to_view` says. Locks the viewer."""
    if refusal := refusal_to_view(person, by=by):
        raise NotAllowed(refusal)
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    now = timezone.now()
    Viewing.objects.filter(viewer=by, ended_at=None, ends_at__gt=now).update(ended_at=now)
    return Viewing.objects.create(viewer=by, person=person, reason=reason, begun_at=now, ends_at=now + LASTS)


def end_viewing(pk: int, *, by: Visitor) -> None:
    """End one's own look; one that is over stays as it is."""
    Viewing.objects.filter(pk=pk, viewer_id=by.pk, ended_at=None).update(ended_at=timezone.now())


def current_viewing(pk: int, *, by: Visitor) -> Viewing | None:
    """The look that this session began, while it lasts: of this very colleague, who still may, as somebody as whom one
    may look. One query, and those of the permission.
    """
    running = Viewing.objects.filter(pk=pk, viewer_id=by.pk, ended_at=None, ends_at__gt=timezone.now())
    viewing = running.select_related("person").first()
    if viewing is None or not by.has_perm(PERMISSION) or refusal_to_view(viewing.person, by=by):
        return None
    return viewing


def note_page(viewing: Viewing, method: str, path: str) -> ViewedPage:
    """Before the page is made: nothing is shown that is not noted. The query stays out, which may hold typed words."""
    return ViewedPage.objects.create(viewing=viewing, method=method[:10], path=path.replace("\x00", "")[:500])


def note_answer(page: ViewedPage, status: int) -> None:
    ViewedPage.objects.filter(pk=page.pk).update(answer=status)
