"""What stands on the staff's front page while it waits for somebody."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from aapm_site.accounts.people import Visitor
from content.models import Link
from content.queries.scheduled import stuck_changes
from content.states import PageStatus

GRACE = timedelta(minutes=15)  # the clock looks once a minute; a hold or a busy worker takes longer


def broken_links(user: Visitor) -> tuple[str, str, str] | None:
    """How many links readers are warned of, for those who look after them; one query."""
    if not user.has_perm("content.view_link") or not (number := Link.objects.broken().count()):
        return None
    address = f"{reverse('admin:content_link_changelist')}?state=broken"
    if number == 1:
        return "One link on our pages no longer answers.", "Look at it", address
    return f"{number} links on our pages no longer answer.", "Look at them", address


def changes_kept_back(user: Visitor) -> tuple[str, str, str] | None:
    """How many prepared changes did not come at their moment: their page was changed too, or somebody holds them."""
    if not user.has_perm("content.publish_page") or not (number := stuck_changes(timezone.now() - GRACE)):
        return None
    address = f"{reverse('admin:content_page_changelist')}?status__exact={PageStatus.PREPARED}"
    if number == 1:
        return "A prepared change of a page could not be published at its hour.", "Look at it", address
    return f"{number} prepared changes of pages could not be published at their hour.", "Look at them", address
