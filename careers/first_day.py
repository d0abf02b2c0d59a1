"""What the first day needs of the career center: prices that staff have confirmed."""

from typing import Any

from django.urls import reverse

from aapm_site.core.admin.first_day import FirstStep, StepStanding

from .models import Package


def _look(user: Any) -> StepStanding:
    samples = Package.objects.filter(is_sample=True).count()
    url = reverse("admin:careers_package_changelist")
    if samples:
        words = f"Sample prices that are not confirmed: {samples}. Each goes on sale when you confirm it."
        return StepStanding(False, words, "Confirm the prices", f"{url}?is_sample__exact=1")
    if not Package.objects.filter(is_active=True).exists():
        return StepStanding(False, "Nothing is on sale.", "Write the rates", url)
    return StepStanding(True, "What is on sale has a price that you have set.", "Look at them", url)


RATES = FirstStep("rates", "Prices of postings", _look, order=30)
