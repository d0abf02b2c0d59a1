"""What the first day needs of billing: how invoices are paid, which every one copies when it is issued."""

from typing import Any

from django.db.models import Q
from django.urls import reverse

from aapm_site.core.admin.first_day import FirstStep, StepStanding

from .models import Letterhead


def _look(user: Any) -> StepStanding:
    whole = Letterhead.objects.exclude(Q(is_sample=True) | Q(check_to="", bank=""))
    url = reverse("admin:billing_letterhead_changelist")
    if whole.exists():
        return StepStanding(True, "Invoices say how they are paid.", "Look at it", url)
    return StepStanding(
        False,
        "Invoices need to say where checks or transfers go. What stands here is copied to each paper, with the "
        "association's name and address, on the day it is issued.",
        "Write the letterhead",
        url,
    )


LETTERHEAD = FirstStep("letterhead", "Letterhead", _look, order=20)
