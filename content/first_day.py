"""What the first day needs of content: a page that somebody here has published."""

from typing import Any

from django.urls import reverse

from aapm_site.core.admin.first_day import FirstStep, StepStanding
from content.models import PageStatusChange
from content.states import PageStatus


def _look(user: Any) -> StepStanding:
    by_staff = PageStatusChange.objects.filter(to_status=PageStatus.PUBLISHED, by__isnull=False)
    first = by_staff.select_related("subject", "by").order_by("at").first()
    if first:
        words = f"{first.by.display_name} published “{first.subject}”."
        return StepStanding(True, words, "See it", first.subject.get_absolute_url())
    return StepStanding(
        False,
        "Publish a page yourself. The drafts that came with the site are a good beginning; a text for patients needs "
        "the name of the clinician who has checked it.",
        "See the drafts",
        f"{reverse('admin:content_page_changelist')}?status__exact={PageStatus.DRAFT}",
    )


FIRST_PAGE = FirstStep("first-page", "The first page", _look, order=70)
