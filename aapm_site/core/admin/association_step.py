"""What the first day needs of the association: how it is reached, which pages, papers and letters say."""

from typing import Any

from django.db.models import Q
from django.urls import reverse

from ..models import Association
from .first_day import FirstStep, StepStanding


def _look(user: Any) -> StepStanding:
    unreached = Q(is_sample=True) | Q(street="") | Q(city="") | Q(email="", telephone="")
    url = reverse("admin:core_association_changelist")
    if Association.objects.exclude(unreached).exists():
        return StepStanding(True, "Every page, paper and letter says who you are and where.", "Look at it", url)
    return StepStanding(
        False,
        "The foot of every page, the contact page, invoices, certificates and search engines need your letter box, and "
        "an e-mail address or a telephone number.",
        "Write the details",
        url,
    )


ASSOCIATION = FirstStep("association", "The association’s details", _look, order=15)
