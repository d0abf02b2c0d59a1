"""What stands on the staff's front page while it waits for somebody."""

from django.urls import reverse

from aapm_site.accounts.people import Visitor
from content.models import Link


def broken_links(user: Visitor) -> tuple[str, str, str] | None:
    """How many links readers are warned of, for those who look after them; one query."""
    if not user.has_perm("content.view_link") or not (number := Link.objects.broken().count()):
        return None
    address = f"{reverse('admin:content_link_changelist')}?state=broken"
    if number == 1:
        return "One link on our pages no longer answers.", "Look at it", address
    return f"{number} links on our pages no longer answer.", "Look at them", address
